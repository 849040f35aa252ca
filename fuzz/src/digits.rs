//! Do an amount's digits stand in a text? The promise behind "never a wrong price".

use watches_core::money::Money;

/// Whether the amount can have been read there: its digits, without leading and trailing zeros, in a row,
/// whatever grouping or tags stand between them. Texts that spell digits otherwise are not judged.
pub fn stand_on(text: &str, price: Money) -> bool {
    let spelt_otherwise = ["&", "\\u", "\\U", "%"].iter().any(|mark| text.contains(mark))
        || text.chars().any(|letter| !letter.is_ascii_digit() && letter.is_numeric())
        || has_exponent(text);
    let plain = price.to_decimal().replace('.', "");
    let wanted = plain.trim_matches('0');
    if spelt_otherwise || wanted.is_empty() {
        return true;
    }
    // A half is rounded up: the last digit may be one more than what stands there.
    let down = price.minor.saturating_sub(1);
    let rounded = Money::new(down, price.currency).to_decimal().replace('.', "");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    [digits, digits_outside_tags(text)]
        .iter()
        .any(|digits| digits.contains(wanted) || digits.contains(rounded.trim_matches('0')))
}

/// `18<b title="4444">665</b>` is shown as 18665.
fn digits_outside_tags(text: &str) -> String {
    let outside = text.split('<').enumerate().filter_map(|(nth, part)| match nth {
        0 => Some(part),
        _ => part.split_once('>').map(|(_, after)| after),
    });
    outside.flat_map(|part| part.chars().filter(char::is_ascii_digit)).collect()
}

/// `9e3` is nine thousand in JSON.
fn has_exponent(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && (pair[1] == b'e' || pair[1] == b'E'))
}
