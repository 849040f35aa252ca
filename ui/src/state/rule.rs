//! An alert rule as chips: text in, conditions out, and back to the same text.
//!
//! The text is the truth and the app's parser its judge; chips are a view of it. A rule that chips
//! cannot show (brackets, `and` beside `or`, `for`) stays text: `read` says `None`, nothing is lost.

pub mod fields;
mod words;

use words::Word;

#[derive(Debug, Clone, PartialEq)]
pub struct RuleChips {
    pub joiner: Joiner,
    pub conditions: Vec<Condition>,
    pub act: Act,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Joiner {
    #[default]
    And,
    Or,
}

/// One chip: `landed <= 11000 EUR`, `price drops by 5% vs last_alert`, `price is_new_low over 90d`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    pub negated: bool,
    pub field: String,
    /// As written: `<=`, `has`, `drops`, `is_new_low`.
    pub operator: String,
    /// Words without their quotes: `126610`, `11000 EUR`, `5%`, `90d`.
    pub value: String,
    /// Only for `drops`, `rises`, `changes`: what it is held against, `first_seen`.
    pub base: String,
    /// Whether the value is written in quotes.
    pub quoted: bool,
}

/// What is done: `toast,digest urgency high cooldown 24h`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    pub channels: Vec<String>,
    /// Everything after the channels, in the order written: `("urgency", "high")`.
    pub options: Vec<(String, String)>,
}

impl Act {
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Sets, or removes with an empty value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.options.retain(|(key, _)| key != name || !value.is_empty());
        match self.options.iter_mut().find(|(key, _)| key == name) {
            Some(option) => value.clone_into(&mut option.1),
            None if value.is_empty() => {}
            None => self.options.push((name.to_owned(), value.to_owned())),
        }
    }

    pub fn toggle(&mut self, channel: &str) {
        match self.channels.iter().position(|known| known == channel) {
            Some(place) => drop(self.channels.remove(place)),
            None => self.channels.push(channel.to_owned()),
        }
    }
}

impl RuleChips {
    /// `None` when the rule is richer than chips, or not a rule yet.
    pub fn read(text: &str) -> Option<RuleChips> {
        let words = words::split(text)?;
        let when = words.first().is_some_and(|word| word.is("when"));
        let then = words.iter().position(|word| word.is("then"))?;
        let inner = words.get(1..then).filter(|inner| when && !inner.is_empty())?;
        let (joiner, parts) = split_joined(inner)?;
        let conditions = parts.into_iter().map(condition).collect::<Option<Vec<_>>>()?;
        Some(RuleChips { joiner, conditions, act: act(words.get(then + 1..)?)? })
    }

    pub fn to_text(&self) -> String {
        let joiner = match self.joiner {
            Joiner::And => " and ",
            Joiner::Or => " or ",
        };
        let conditions: Vec<String> = self.conditions.iter().map(Condition::to_text).collect();
        let options = self.act.options.iter().map(|(key, value)| format!(" {key} {value}"));
        let channels = self.act.channels.join(",");
        format!("when {} then {channels}{}", conditions.join(joiner), options.collect::<String>())
    }
}

impl Condition {
    pub fn to_text(&self) -> String {
        let not = if self.negated { "not " } else { "" };
        let value = if self.quoted { words::quote(&self.value) } else { self.value.clone() };
        let Condition { field, operator, base, .. } = self;
        match operator.as_str() {
            "drops" | "rises" | "changes" => {
                format!("{not}{field} {operator} by {value} vs {base}")
            }
            "is_new_low" | "is_new_high" => format!("{not}{field} {operator} over {value}"),
            _ => format!("{not}{field} {operator} {value}"),
        }
    }
}

fn split_joined(words: &[Word]) -> Option<(Joiner, Vec<&[Word]>)> {
    let by = |name: &'static str| words.split(move |word: &Word| word.is(name)).collect::<Vec<_>>();
    let (ands, ors) = (by("and"), by("or"));
    let rich = words.iter().any(|word| word.is("(") || word.is(")") || word.is("for"));
    match (ands.len(), ors.len()) {
        _ if rich => None,
        (_, 1) => Some((Joiner::And, ands)),
        (1, _) => Some((Joiner::Or, ors)),
        (_, _) => None,
    }
}

fn condition(words: &[Word]) -> Option<Condition> {
    let negated = words.first()?.is("not");
    let words = if negated { words.get(1..)? } else { words };
    let (field, operator, rest) = (words.first()?, words.get(1)?, words.get(2..)?);
    if field.quoted || operator.quoted {
        return None;
    }
    let (value, base) = match operator.text.as_str() {
        "drops" | "rises" | "changes" => {
            let versus = rest.iter().position(|word| word.is("vs"))?;
            let by = rest.first().is_some_and(|word| word.is("by"));
            (rest.get(1..versus).filter(|_| by)?, words::join(rest.get(versus + 1..)?))
        }
        "is_new_low" | "is_new_high" => (
            rest.get(1..).filter(|_| rest.first().is_some_and(|word| word.is("over")))?,
            String::new(),
        ),
        _ => (rest, String::new()),
    };
    let quoted = value.first()?.quoted;
    if quoted && value.len() != 1 {
        return None;
    }
    let (field, operator) = (field.text.clone(), operator.text.clone());
    Some(Condition { negated, field, operator, value: words::join(value), base, quoted })
}

fn act(words: &[Word]) -> Option<Act> {
    let channel = |word: &Word| fields::CHANNELS.contains(&word.text.as_str());
    let listed = words.iter().take_while(|word| channel(word) || word.is(",")).count();
    let channels =
        words.get(..listed)?.iter().filter(|word| !word.is(",")).map(|word| word.text.clone());
    let pairs = words.get(listed..)?.chunks(2).map(|pair| match pair {
        [key, value] => Some((key.text.clone(), value.text.clone())),
        _ => None,
    });
    Some(Act { channels: channels.collect(), options: pairs.collect::<Option<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, conditions: usize) {
        let chips = RuleChips::read(text).unwrap_or_else(|| panic!("chips for {text}"));
        assert_eq!(chips.conditions.len(), conditions, "{text}");
        assert_eq!(chips.to_text(), text);
    }

    #[test]
    fn flat_rules_survive_the_round_trip() {
        check(
            "when ref_family = \"16610\" and set has \"papers\" and landed <= 8500 EUR then toast,email urgency high",
            3,
        );
        check("when price drops by 5% vs last_alert then digest cooldown 24h", 1);
        check("when price drops by 200 EUR vs high(30d) then toast", 1);
        check("when landed is_new_low over 90d or brand = \"Omega\" then toast", 2);
        check(
            "when kind = auction and ends_in < 15m and verdict = great then toast urgency critical",
            3,
        );
        check("when not title matches \"(?i)homage|mod\" then toast", 1);
        check("when seller = \"say \\\"hi\\\" and bye\" then toast", 1);
    }

    #[test]
    fn richer_rules_stay_text() {
        for text in [
            "when seller = \"x\" and not (title matches \"mod\") then toast",
            "when price < 5 EUR and year > 2000 or year < 1990 then toast",
            "when price < 5 EUR for 2h then toast",
            "when price <",
            "when title has \"open",
            "",
        ] {
            assert_eq!(RuleChips::read(text), None, "{text}");
        }
    }

    #[test]
    fn options_are_set_and_removed() {
        let mut act = Act::default();
        act.toggle("toast");
        act.set("urgency", "high");
        act.set("urgency", "low");
        assert_eq!(act.option("urgency"), Some("low"));
        act.set("urgency", "");
        assert_eq!((act.channels.len(), act.options.len()), (1, 0));
    }
}
