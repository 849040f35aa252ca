//! The few words of Marketplace that no structure says: conditions, sold, pending, shipping.

use watches_core::listing::extracted::SaleState;

/// The market's values for a condition, and how they are shown in some languages.
const CONDITIONS: &[(&str, &[&str])] = &[
    ("new", &["New", "Neu", "Neuf", "Nuovo", "Nuevo", "Nieuw", "Novo", "新品"]),
    (
        "used_like_new",
        &[
            "Used - Like New",
            "Used – like new",
            "Gebraucht – Wie neu",
            "Gebraucht - wie neu",
            "Occasion - Comme neuf",
            "Usato - Come nuovo",
            "Usado - Como nuevo",
            "Gebruikt - Zo goed als nieuw",
            "Usado - Como novo",
        ],
    ),
    (
        "used_good",
        &[
            "Used - Good",
            "Used – good",
            "Gebraucht – Gut",
            "Gebraucht - gut",
            "Occasion - Bon état",
            "Usato - Buono",
            "Usado - Buen estado",
            "Gebruikt - Goed",
            "Usado - Bom estado",
        ],
    ),
    (
        "used_fair",
        &[
            "Used - Fair",
            "Used – fair",
            "Gebraucht – In Ordnung",
            "Gebraucht - akzeptabel",
            "Occasion - Assez bon état",
            "Usato - Accettabile",
            "Usado - Aceptable",
            "Gebruikt - Redelijk",
            "Usado - Razoável",
        ],
    ),
];

/// Badges before a price or a title.
const STATES: &[(SaleState, &[&str])] = &[
    (SaleState::Sold, &["sold", "verkauft", "vendu", "venduto", "vendido", "verkocht"]),
    (
        SaleState::Reserved,
        &[
            "pending",
            "ausstehend",
            "reserviert",
            "en attente",
            "in sospeso",
            "pendiente",
            "in behandeling",
        ],
    ),
];

/// Whether an attribute's value is a condition: `used_good`.
pub(super) fn is_condition(value: &str) -> bool {
    CONDITIONS.iter().any(|(known, _)| *known == value)
}

/// The market's value of a condition as it is shown.
pub(super) fn condition_value(label: &str) -> Option<&'static str> {
    let found = CONDITIONS.iter().find(|(_, labels)| labels.contains(&label));
    found.map(|(value, _)| *value)
}

/// A badge that says the item is gone or promised: `Sold`, `Pending`.
pub(super) fn state(line: &str) -> Option<SaleState> {
    let small = line.trim_matches([' ', '·', '•']).to_lowercase();
    let found = STATES.iter().find(|(_, words)| words.contains(&small.as_str()));
    found.map(|(state, _)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_badges_are_known() {
        assert!(is_condition("used_good") && !is_condition("manual"));
        assert_eq!(condition_value("Used - Good"), Some("used_good"));
        assert_eq!(condition_value("Good condition overall"), None);
        assert_eq!(state("Sold ·"), Some(SaleState::Sold));
        assert_eq!(state("Sold by a dealer"), None);
    }
}
