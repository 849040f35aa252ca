//! A watchlist being edited: opened from what is stored, changed, compared, saved.

use watches_core::money::Money;
use watches_ipc::watchlist::{RuleDraft, SaveWatchlist, Wanted, Watchlist};

use crate::state::rule::{Condition, RuleChips};

/// What the editor holds, and what it was opened with.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub now: SaveWatchlist,
    opened: SaveWatchlist,
}

/// One change in the editor.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    Name(String),
    Query(String),
    ToggleSource(String),
    Interval(Option<u32>),
    Pause,
    AddRule(String),
    RuleText(usize, String),
    ToggleRule(usize),
    RemoveRule(usize),
    /// Fills name, query and first rule from what the app understood, where they are empty.
    Understood(Wanted),
    /// Takes back every edit.
    Revert,
    /// What is stored changed elsewhere.
    Reopened(Box<SaveWatchlist>),
    /// The app stored it: this is what later edits are compared with.
    Saved(Box<Watchlist>),
}

impl Draft {
    pub fn empty() -> Draft {
        Draft { now: SaveWatchlist::default(), opened: SaveWatchlist::default() }
    }

    pub fn open(list: &Watchlist) -> Draft {
        let rules = list.rules.iter().map(|rule| RuleDraft {
            id: Some(rule.id),
            text: rule.text.clone(),
            enabled: rule.enabled,
        });
        let opened = SaveWatchlist {
            id: Some(list.id),
            name: list.name.clone(),
            query: list.query.clone(),
            sources: list.sources.clone(),
            rules: rules.collect(),
            interval_minutes: list.interval_minutes,
            paused: list.paused,
        };
        Draft { now: opened.clone(), opened }
    }

    pub fn is_changed(&self) -> bool {
        self.now != self.opened
    }

    /// A name and something to ask the markets for.
    pub fn can_save(&self) -> bool {
        self.is_changed() && !self.now.name.trim().is_empty() && !self.now.query.trim().is_empty()
    }

    pub fn apply(&self, edit: Edit) -> Draft {
        let mut next = self.clone();
        let now = &mut next.now;
        match edit {
            Edit::Name(name) => now.name = name,
            Edit::Query(query) => now.query = query,
            Edit::ToggleSource(key) => match now.sources.iter().position(|known| *known == key) {
                Some(place) => drop(now.sources.remove(place)),
                None => now.sources.push(key),
            },
            Edit::Interval(minutes) => now.interval_minutes = minutes,
            Edit::Pause => now.paused = !now.paused,
            Edit::AddRule(text) => now.rules.push(RuleDraft { id: None, text, enabled: true }),
            Edit::RuleText(place, text) => {
                if let Some(rule) = now.rules.get_mut(place) {
                    rule.text = text;
                }
            }
            Edit::ToggleRule(place) => {
                if let Some(rule) = now.rules.get_mut(place) {
                    rule.enabled = !rule.enabled;
                }
            }
            Edit::RemoveRule(place) if place < now.rules.len() => drop(now.rules.remove(place)),
            Edit::RemoveRule(_) => {}
            Edit::Understood(wanted) => understood(now, wanted),
            Edit::Revert => next.now = next.opened.clone(),
            Edit::Reopened(stored) => {
                if !self.is_changed() {
                    next.now = (*stored).clone();
                }
                next.opened = *stored;
            }
            Edit::Saved(list) => next = Draft::open(&list),
        }
        next
    }
}

fn understood(now: &mut SaveWatchlist, wanted: Wanted) {
    if now.name.trim().is_empty() {
        now.name = wanted.name;
    }
    if now.query.trim().is_empty() {
        now.query = wanted.query;
    }
    if now.rules.is_empty() {
        now.rules.push(RuleDraft { id: None, text: wanted.suggested_rule, enabled: true });
    }
}

/// `when ref = "1" then toast` with `and landed <= 11000 EUR` before its `then`.
pub fn with_limit(rule: &str, limit: &str) -> String {
    match rule.rsplit_once(" then ") {
        Some((when, then)) => format!("{when} and landed <= {limit} then {then}"),
        None => rule.to_owned(),
    }
}

/// The rule with its first upper price limit set to `limit`; `None` when chips cannot read it.
pub fn move_limit(rule: &str, limit: Money) -> Option<String> {
    let mut chips = RuleChips::read(rule)?;
    let is_limit = |part: &&mut Condition| {
        matches!(part.field.as_str(), "landed" | "price")
            && matches!(part.operator.as_str(), "<" | "<=")
    };
    let place = chips.conditions.iter_mut().find(is_limit)?;
    place.value = limit_text(limit);
    Some(chips.to_text())
}

/// An amount as a rule writes it: `11000 EUR`, cents only where there are some.
pub fn limit_text(limit: Money) -> String {
    let text = limit.to_decimal();
    format!("{} {}", text.strip_suffix(".00").unwrap_or(&text), limit.currency)
}

#[cfg(test)]
mod tests {
    use watches_core::money::Currency;

    use super::*;

    #[test]
    fn an_edit_taken_back_is_no_change() {
        let draft = Draft::empty().apply(Edit::ToggleSource("ebay".to_owned()));
        assert!(draft.is_changed());
        assert!(!draft.apply(Edit::ToggleSource("ebay".to_owned())).is_changed());
        assert!(!draft.apply(Edit::Revert).is_changed());
    }

    #[test]
    fn understanding_fills_only_what_is_empty() {
        let wanted = Wanted {
            name: "Rolex Submariner Date 126610LN".to_owned(),
            query: "rolex 126610ln".to_owned(),
            suggested_rule: "when ref = \"126610LN\" then toast".to_owned(),
            ..Wanted::default()
        };
        let named = Draft::empty().apply(Edit::Name("Mine".to_owned()));
        let filled = named.apply(Edit::Understood(wanted));
        assert_eq!(filled.now.name, "Mine");
        assert_eq!(filled.now.rules.len(), 1);
        assert!(filled.can_save());
    }

    #[test]
    fn a_limit_stands_before_what_is_done() {
        let limited = with_limit("when ref = \"1\" then toast", "11000 EUR");
        assert_eq!(limited, "when ref = \"1\" and landed <= 11000 EUR then toast");
    }

    #[test]
    fn a_dragged_limit_replaces_the_first_one() {
        let rule = "when brand = \"Omega\" and landed <= 8500 EUR then toast";
        let moved = move_limit(rule, Money::new(900_000, Currency::EUR));
        assert_eq!(
            moved.as_deref(),
            Some("when brand = \"Omega\" and landed <= 9000 EUR then toast")
        );
        assert_eq!(move_limit("when year > 2000 then toast", Money::new(1, Currency::EUR)), None);
        assert_eq!(limit_text(Money::new(1_250, Currency::EUR)), "12.50 EUR");
        assert_eq!(limit_text(Money::new(1_250, Currency::JPY)), "1250 JPY");
    }
}
