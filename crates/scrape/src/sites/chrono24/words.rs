//! The few words of Chrono24's languages that structure cannot replace.

use url::Url;

use crate::html;

/// Condition labels in small letters with Chrono24's own number (product rule 5.4).
const CONDITIONS: &[(u16, &[&str])] = &[
    (
        101,
        &[
            "new",
            "neu",
            "neuf",
            "nuovo",
            "nuevo",
            "nieuw",
            "nowy",
            "novo",
            "ny",
            "新品",
            "全新",
            "новые",
            "yeni",
        ],
    ),
    (
        1301,
        &[
            "unworn",
            "like new & unworn",
            "ungetragen",
            "wie neu & ungetragen",
            "non porté",
            "mai indossato",
            "sin usar",
            "ongedragen",
            "nienoszony",
            "não usado",
            "未使用",
        ],
    ),
    (
        1302,
        &[
            "very good",
            "sehr gut",
            "très bon",
            "molto buono",
            "muy bueno",
            "zeer goed",
            "bardzo dobry",
            "muito bom",
            "mycket bra",
            "meget god",
            "とても良い",
            "极佳",
            "отличное",
        ],
    ),
    (1306, &["good", "gut", "bon", "buono", "bueno", "goed", "dobry", "bom", "bra", "god", "良い"]),
    (
        1303,
        &[
            "fair",
            "befriedigend",
            "ausreichend",
            "satisfaisant",
            "discreto",
            "aceptable",
            "redelijk",
            "zadowalający",
            "razoável",
        ],
    ),
    (
        1305,
        &[
            "incomplete",
            "mangelhaft",
            "unvollständig",
            "incomplet",
            "incompleto",
            "onvolledig",
            "niekompletny",
        ],
    ),
];

/// Chrono24's number of a condition label.
pub(super) fn condition_code(label: &str) -> Option<String> {
    let small = label.trim().to_lowercase();
    let found = CONDITIONS.iter().find(|(_, labels)| labels.contains(&small.as_str()));
    found.map(|(code, _)| format!("c24:{code}"))
}

/// The condition among the facts of a page's description: `…; Condition Very good; Year 2004; …`.
pub(super) fn condition_in_facts(description: &str) -> Option<String> {
    let facts = description.split(';').map(str::trim);
    let mut labels = facts.filter_map(|fact| {
        let (_, label) = fact.split_once(' ')?;
        condition_code(label).map(|_| label.to_owned())
    });
    labels.next()
}

/// Whether a line without a number says that shipping costs nothing.
pub(super) fn is_free_shipping(line: &str) -> bool {
    const FREE: [&str; 14] = [
        "free",
        "gratis",
        "kostenlos",
        "gratuit",
        "inkl",
        "incl",
        "inbegrepen",
        "offert",
        "compris",
        "darmow",
        "бесплат",
        "送料無料",
        "免费",
        "免費",
    ];
    let small = line.to_lowercase();
    FREE.iter().any(|word| small.contains(word))
}

/// The town and country in `This dealer is from Hamburg, Germany.`; `country` ends the sentence.
pub(super) fn place<'a>(sentence: &'a str, country: &str) -> Option<&'a str> {
    const BEFORE: [&str; 22] = [
        " kommt aus ",
        " is from ",
        " comes from ",
        " is located in ",
        " vient de ",
        " est basé à ",
        " proviene da ",
        " viene da ",
        " si trova a ",
        " es de ",
        " procede de ",
        " komt uit ",
        " pochodzi z ",
        " jest z ",
        " é de ",
        " vem de ",
        " kommer från ",
        " kommer fra ",
        " er fra ",
        " är från ",
        " on maasta ",
        " из ",
    ];
    let sentence = sentence.trim().trim_end_matches(['.', '。']).trim_end();
    let starts = BEFORE.iter().filter_map(|words| Some(sentence.find(words)? + words.len()));
    let place = sentence.get(starts.min()?..)?.trim();
    (country.is_empty() || place.ends_with(country)).then_some(place)
}

/// The market's host for a saved page that no longer says where it comes from.
pub(super) fn host_by_language(text: &str) -> Option<Url> {
    const HOSTS: [(&str, &str); 22] = [
        ("de", "de"),
        ("fr", "fr"),
        ("it", "it"),
        ("es", "es"),
        ("nl", "nl"),
        ("pl", "pl"),
        ("pt", "pt"),
        ("sv", "se"),
        ("da", "dk"),
        ("nb", "no"),
        ("no", "no"),
        ("fi", "fi"),
        ("ja", "jp"),
        ("zh", "cn"),
        ("ko", "kr"),
        ("ru", "com"),
        ("tr", "com.tr"),
        ("hu", "hu"),
        ("cs", "cz"),
        ("ro", "ro"),
        ("el", "gr"),
        ("en", "com"),
    ];
    /// The words beside a price without shipping, one per language.
    const SHIPPING: [(&str, &str); 8] = [
        ("Versand", "de"),
        ("Livraison", "fr"),
        ("livraison", "fr"),
        ("spedizione", "it"),
        ("gastos de envío", "es"),
        ("verzendkosten", "nl"),
        ("wysyłk", "pl"),
        ("frakt", "se"),
    ];
    let language = html::head(text).language.unwrap_or_default();
    let short = language.split(['-', '_']).next().unwrap_or_default();
    let by_language = HOSTS.iter().find(|(known, _)| *known == short);
    let start = &text[..text.floor_char_boundary(64 * 1024)];
    let by_words = || SHIPPING.iter().find(|(words, _)| start.contains(words));
    let ending = by_language.or_else(by_words).map_or("com", |(_, ending)| ending);
    Url::parse(&format!("https://www.chrono24.{ending}/")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_end_their_sentence() {
        let german = "Dieser Händler kommt aus Frankfurt am Main, Deutschland.";
        assert_eq!(place(german, "Deutschland"), Some("Frankfurt am Main, Deutschland"));
        assert_eq!(place("This dealer is from Tokyo, Japan", "Japan"), Some("Tokyo, Japan"));
        assert_eq!(place("Professional dealer", ""), None);
    }

    #[test]
    fn a_condition_is_found_among_the_facts() {
        let english = "Rolex Listing: $10,307 Rolex 16610; Steel; Condition Very good; Year 2004";
        assert_eq!(condition_in_facts(english).as_deref(), Some("Very good"));
        assert_eq!(
            condition_in_facts("Stahl; Zustand Sehr gut; Jahr 2018").as_deref(),
            Some("Sehr gut")
        );
        assert_eq!(condition_code("Ungetragen").as_deref(), Some("c24:1301"));
    }
}
