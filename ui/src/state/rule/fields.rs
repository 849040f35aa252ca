//! The fields a rule may name, with the operators and the kind of value each takes.
//!
//! Follows the grammar of product rule 5.3; `core::alert` is the judge, this only offers.

/// What stands at the right of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// An amount and a currency: `11000 EUR`.
    Money,
    /// Words in quotes, completed from what was seen.
    Text,
    Number,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// `15m`, `24h`, `90d`.
    Span,
    /// Percent or money: `5%`, `200 EUR`.
    Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// The message that names it to people.
    pub label: &'static str,
    pub kind: ValueKind,
}

const fn field(name: &'static str, label: &'static str, kind: ValueKind) -> Field {
    Field { name, label, kind }
}

pub const FIELDS: [Field; 21] = [
    field("landed", "field-landed", ValueKind::Money),
    field("price", "field-price", ValueKind::Money),
    field("ref", "field-ref", ValueKind::Text),
    field("ref_family", "field-ref-family", ValueKind::Text),
    field("brand", "field-brand", ValueKind::Text),
    field("year", "field-year", ValueKind::Number),
    field("condition", "field-condition", ValueKind::Choice(&CONDITIONS)),
    field("set", "field-set", ValueKind::Text),
    field("kind", "field-kind", ValueKind::Choice(&["fixed", "auction"])),
    field("ends_in", "field-ends-in", ValueKind::Span),
    field("seller", "field-seller", ValueKind::Text),
    field("seller_rating", "field-seller-rating", ValueKind::Number),
    field("country", "field-country", ValueKind::Text),
    field("source", "field-source", ValueKind::Text),
    field("title", "field-title", ValueKind::Text),
    field("description", "field-description", ValueKind::Text),
    field("diameter", "field-diameter", ValueKind::Number),
    field("material", "field-material", ValueKind::Text),
    field("days_on_market", "field-days-on-market", ValueKind::Number),
    field("verdict", "field-verdict", ValueKind::Choice(&VERDICTS)),
    field("risk", "field-risk", ValueKind::Choice(&["low", "medium", "high"])),
];

const CONDITIONS: [&str; 7] = ["new", "unworn", "very_good", "good", "fair", "poor", "incomplete"];

const VERDICTS: [&str; 5] = ["great", "good", "fair", "high", "overpriced"];

pub const CHANNELS: [&str; 6] = ["toast", "digest", "email", "sms", "webhook", "push"];
pub const URGENCIES: [&str; 4] = ["low", "normal", "high", "critical"];
pub const BASES: [(&str, &str); 4] = [
    ("first_seen", "base-first-seen"),
    ("last_alert", "base-last-alert"),
    ("high(90d)", "base-high"),
    ("median(90d)", "base-median"),
];

/// The operators of a field as `(written, message)`.
pub fn operators(kind: ValueKind) -> &'static [(&'static str, &'static str)] {
    const ORDER: [(&str, &str); 6] = [
        ("<=", "op-at-most"),
        (">=", "op-at-least"),
        ("<", "op-less"),
        (">", "op-more"),
        ("=", "op-is"),
        ("!=", "op-is-not"),
    ];
    const MONEY: [(&str, &str); 11] = [
        ("<=", "op-at-most"),
        (">=", "op-at-least"),
        ("<", "op-less"),
        (">", "op-more"),
        ("=", "op-is"),
        ("!=", "op-is-not"),
        ("drops", "op-drops"),
        ("rises", "op-rises"),
        ("changes", "op-changes"),
        ("is_new_low", "op-new-low"),
        ("is_new_high", "op-new-high"),
    ];
    const TEXT: [(&str, &str); 5] = [
        ("=", "op-is"),
        ("!=", "op-is-not"),
        ("has", "op-has"),
        ("lacks", "op-lacks"),
        ("matches", "op-matches"),
    ];
    match kind {
        ValueKind::Money => &MONEY,
        ValueKind::Text => &TEXT,
        ValueKind::Number | ValueKind::Choice(_) | ValueKind::Span | ValueKind::Step => &ORDER,
    }
}

/// What the value of `field operator …` is; unknown fields take words.
pub fn value_kind(name: &str, operator: &str) -> ValueKind {
    match operator {
        "drops" | "rises" | "changes" => ValueKind::Step,
        "is_new_low" | "is_new_high" => ValueKind::Span,
        _ => FIELDS
            .iter()
            .find(|field| field.name == name)
            .map_or(ValueKind::Text, |field| field.kind),
    }
}

/// A value that a fresh chip of this kind starts with.
pub fn start_value(kind: ValueKind, currency: &str) -> String {
    match kind {
        ValueKind::Money => format!("10000 {currency}"),
        ValueKind::Text => String::new(),
        ValueKind::Number => "1".to_owned(),
        ValueKind::Choice(words) => words.first().copied().unwrap_or_default().to_owned(),
        ValueKind::Span => "24h".to_owned(),
        ValueKind::Step => "5%".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_decides_the_value() {
        assert_eq!(value_kind("price", "<="), ValueKind::Money);
        assert_eq!(value_kind("price", "drops"), ValueKind::Step);
        assert_eq!(value_kind("landed", "is_new_low"), ValueKind::Span);
        assert_eq!(value_kind("unknown", "="), ValueKind::Text);
    }
}
