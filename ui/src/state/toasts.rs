//! The short lines at the foot of the window: what was done, with a way back for ten seconds.

use watches_core::{
    id::{AlertId, ListingId, RuleId, WatchlistId},
    time::Timestamp,
};
use watches_ipc::{alert::AlertMark, source::Source};

/// How long a line stays, and so how long a deed can be undone, in milliseconds.
pub const LIFE_MS: u32 = 10_000;

#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub serial: u32,
    pub text: String,
    pub tone: Tone,
    pub undo: Option<Undo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Done,
    Failed,
}

/// How a deed is taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// Shows the listing again, or hides it again.
    Dismiss(ListingId, bool),
    Delete(WatchlistId),
    Mark(Vec<AlertId>, AlertMark),
    /// Mutes the rule as it was before; `None` lifts the mute.
    Mute(RuleId, Option<Timestamp>),
    /// Adds the dealer again, as it was.
    RemoveDealer(Box<Source>),
    /// Takes back the newest rule of a followed page, or the page if it was new.
    FollowPage(String),
    /// Reads the mail source again, as it was.
    RemoveMail(String),
    /// Shows the message in the quarantine again.
    DeleteMail(String),
}

/// The lines now shown, oldest first; at most three, so that they never cover the page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Toasts {
    pub shown: Vec<Toast>,
    next: u32,
}

impl Toasts {
    pub fn push(&mut self, text: String, tone: Tone, undo: Option<Undo>) {
        self.next += 1;
        self.shown.push(Toast { serial: self.next, text, tone, undo });
        let excess = self.shown.len().saturating_sub(3);
        self.shown.drain(..excess);
    }

    pub fn drop(&mut self, serial: u32) {
        self.shown.retain(|toast| toast.serial != serial);
    }

    /// The newest deed that can be taken back; its line goes away.
    pub fn newest_undo(&self) -> Option<(u32, Undo)> {
        let newest = self.shown.iter().rev().find(|toast| toast.undo.is_some())?;
        newest.undo.clone().map(|undo| (newest.serial, undo))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_lines_stand_and_the_newest_deed_is_undone_first() {
        let mut toasts = Toasts::default();
        let undo = |n| Some(Undo::Mute(RuleId(uuid(n)), None));
        for n in 1..=4 {
            toasts.push(format!("line {n}"), Tone::Done, undo(n));
        }
        toasts.push("failed".to_owned(), Tone::Failed, None);
        assert_eq!(toasts.shown.len(), 3);
        let (serial, taken) = toasts.newest_undo().expect("two deeds are left");
        assert_eq!(Some(taken), undo(4));
        toasts.drop(serial);
        assert_eq!(toasts.newest_undo().map(|(_, undo)| Some(undo)), Some(undo(3)));
    }

    fn uuid(n: u32) -> uuid::Uuid {
        uuid::Uuid::from_u128(u128::from(n))
    }
}
