//! Numbers in price texts: where they stand, and which of their separators is the decimal one.
//!
//! Linear in the text; digits beyond 18 make a number unreadable, never wrong.

use super::Amount;

/// A number in a text, by bytes, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub start: usize,
    pub end: usize,
    pub amount: Amount,
}

/// One group of digits and the separator before it.
#[derive(Debug, Clone, Copy)]
struct Group {
    separator: Option<char>,
    start: usize,
    end: usize,
    digits: usize,
}

/// The first number that starts at or after `from`.
pub(super) fn next_number(text: &str, from: usize) -> Option<Number> {
    let mut from = from;
    loop {
        let first = text.get(from..)?.char_indices().find(|(_, letter)| digit(*letter).is_some());
        let at = from + first?.0;
        let (number, end) = read(text, at);
        let percent = text[end..].trim_start().starts_with('%');
        match number {
            Some(number) if !percent => return Some(number),
            _ => from = end,
        }
    }
}

/// The value of a decimal digit: ASCII, full-width, Arabic or Persian.
fn digit(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => Some(u32::from(letter) - u32::from('0')),
        '０'..='９' => Some(u32::from(letter) - u32::from('０')),
        '٠'..='٩' => Some(u32::from(letter) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(letter) - u32::from('۰')),
        _ => None,
    }
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\t')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '´' | '`' | '٬')
}

/// `.` or `,`, whichever way it is written.
fn is_point(letter: char) -> bool {
    matches!(letter, '.' | ',' | '．' | '，' | '٫')
}

/// Reads the number whose first digit is at `at`; also where it ends.
fn read(text: &str, at: usize) -> (Option<Number>, usize) {
    let mut groups = Groups::default();
    let lead = leading_point(text, at);
    let mut end = groups.push(text, lead.map(|(_, point)| point), at);
    while let Some((separator, start)) = next_group(text, end, &groups) {
        end = groups.push(text, Some(separator), start);
    }
    let start = lead.map_or(at, |(start, _)| start);
    let amount = if groups.is_date() { None } else { groups.amount(text) };
    (amount.map(|amount| Number { start, end, amount }), end)
}

/// A point directly before the first digit, as in `.75`.
fn leading_point(text: &str, at: usize) -> Option<(usize, char)> {
    let point = text[..at].chars().next_back().filter(|letter| matches!(letter, '.' | ','))?;
    let start = at - point.len_utf8();
    let before = text[..start].chars().next_back();
    // `Rs.750` and `S/.750` are signs that end in a point.
    before.is_none_or(|letter| !is_sign_letter(letter)).then_some((start, point))
}

fn is_sign_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter == '/'
}

/// The separator at `end` and the start of the group after it, if the number goes on.
fn next_group(text: &str, end: usize, groups: &Groups) -> Option<(char, usize)> {
    let mut letters = text[end..].char_indices();
    let (_, separator) = letters.next()?;
    let (offset, next) = letters.next()?;
    let start = end + offset;
    if is_point(separator) {
        if digit(next).is_some() {
            return Some((separator, start));
        }
        // `1.837, 32` and `36. 24`: a gap before exactly two digits.
        let (gap, after) = letters.next()?;
        let two =
            is_space(next) && digit(after).is_some() && run_of_digits(&text[end + gap..]) == 2;
        return two.then_some((separator, end + gap));
    }
    let three = digit(next).is_some() && run_of_digits(&text[start..]) == 3;
    let grouping = is_apostrophe(separator) || (is_space(separator) && groups.may_go_on_by_space());
    (three && grouping).then_some((if is_space(separator) { ' ' } else { '\'' }, start))
}

fn run_of_digits(text: &str) -> usize {
    text.chars().take_while(|letter| digit(*letter).is_some()).take(19).count()
}

/// At most eight groups: enough for any price, and bounded.
#[derive(Debug, Default)]
struct Groups {
    list: [Option<Group>; 8],
    count: usize,
    overflow: bool,
}

impl Groups {
    /// Takes the digits from `start` on; returns where they end.
    fn push(&mut self, text: &str, separator: Option<char>, start: usize) -> usize {
        let mut end = start;
        let mut digits = 0;
        for letter in text[start..].chars().take_while(|letter| digit(*letter).is_some()) {
            end += letter.len_utf8();
            digits += 1;
        }
        match self.list.get_mut(self.count) {
            Some(slot) => *slot = Some(Group { separator, start, end, digits }),
            None => self.overflow = true,
        }
        self.count += 1;
        end
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = &Group> {
        self.list.iter().flatten()
    }

    fn may_go_on_by_space(&self) -> bool {
        let points = self.all().any(|group| group.separator.is_some_and(is_point));
        !points && self.all().next().is_some_and(|first| first.digits <= 3)
    }

    /// `15.08.2017`: two, two and four digits with points between.
    fn is_date(&self) -> bool {
        let digits: [usize; 3] = match self.list {
            [Some(day), Some(month), Some(year), None, ..] => {
                [day.digits, month.digits, year.digits]
            }
            _ => return false,
        };
        let points = self.all().skip(1).all(|group| group.separator == Some('.'));
        points && digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4
    }

    fn amount(&self, text: &str) -> Option<Amount> {
        if self.overflow {
            return None;
        }
        let scale_groups = usize::from(self.last_is_fraction(text));
        let mut units = 0_u64;
        let mut scale = 0_u8;
        for (index, group) in self.all().enumerate() {
            let fraction = index + scale_groups == self.count;
            for letter in text[group.start..group.end].chars() {
                units = units.checked_mul(10)?.checked_add(u64::from(digit(letter)?))?;
                scale += u8::from(fraction);
            }
        }
        Amount::new(units, scale)
    }

    /// Whether the last separator is the decimal one.
    fn last_is_fraction(&self, text: &str) -> bool {
        let Some(last) = self.all().next_back() else { return false };
        let Some(point) = last.separator.filter(|separator| is_point(*separator)) else {
            return false;
        };
        if self.count == 1 {
            return true;
        }
        if last.digits != 3 {
            return true;
        }
        // Three digits after the only kind of separator: thousands, if the rest is grouped so.
        let middle = || self.all().skip(1).take(self.count.saturating_sub(2));
        let other_before =
            middle().any(|group| group.separator.is_some_and(|other| other != point));
        let grouped = middle().all(|group| group.digits == 3);
        other_before
            || !grouped
            || !self.all().next().is_some_and(|first| leads_thousands(text, first))
    }
}

/// One to three digits, and not a lone nought: `0.335` is a fraction.
fn leads_thousands(text: &str, first: &Group) -> bool {
    first.digits <= 3 && &text[first.start..first.end] != "0"
}
