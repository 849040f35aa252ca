//! A long table: which pages are here, which are asked for, which are old.
//!
//! The page asks `wanted` after every scroll and feeds the answers to `answered`. Pages far from
//! what is shown are forgotten, so memory stays flat at any number of rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use watches_core::id::{AlertId, ListingId};
use watches_ipc::{
    Command,
    alert::{AlertFilter, AlertPage, AlertRow, ListAlerts},
    listing::{ListListings, ListingFilter, ListingPage, ListingRow, ListingSort},
};

use crate::state::window::{PAGE, pages};

/// Pages kept around those on screen.
const KEPT: u32 = 8;
/// Rows beyond those on screen that are asked for with them, so that a reader meets no empty row.
const AHEAD: u32 = 24;

/// What a table shows: how one page of it is asked for, and what the answer holds.
pub trait Question: Clone + PartialEq + 'static {
    type Row: Clone + PartialEq + 'static;
    type Id: PartialEq;
    type Ask: Command + 'static;

    fn ask(&self, offset: u32, limit: u32) -> Self::Ask;
    /// How many rows there are in all, and those of the page.
    fn read(reply: <Self::Ask as Command>::Reply) -> (u32, Vec<Self::Row>);
    fn id(row: &Self::Row) -> Self::Id;
}

/// Listings under a filter, in an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listings {
    pub filter: ListingFilter,
    pub sort: ListingSort,
}

impl Question for Listings {
    type Row = ListingRow;
    type Id = ListingId;
    type Ask = ListListings;

    fn ask(&self, offset: u32, limit: u32) -> ListListings {
        ListListings { filter: self.filter.clone(), sort: self.sort, offset, limit }
    }

    fn read(reply: ListingPage) -> (u32, Vec<ListingRow>) {
        (reply.total, reply.rows)
    }

    fn id(row: &ListingRow) -> ListingId {
        row.id
    }
}

impl Question for AlertFilter {
    type Row = AlertRow;
    type Id = AlertId;
    type Ask = ListAlerts;

    fn ask(&self, offset: u32, limit: u32) -> ListAlerts {
        ListAlerts { filter: *self, offset, limit }
    }

    fn read(reply: AlertPage) -> (u32, Vec<AlertRow>) {
        (reply.total, reply.rows)
    }

    fn id(row: &AlertRow) -> AlertId {
        row.id
    }
}

#[derive(Clone, PartialEq)]
pub struct Table<Q: Question> {
    pub question: Q,
    /// Rises when what is asked for changes: answers to older questions are dropped.
    pub generation: u32,
    /// `None` until the first answer.
    pub total: Option<u32>,
    pages: BTreeMap<u32, Vec<Rc<Q::Row>>>,
    asked: BTreeSet<u32>,
    old: BTreeSet<u32>,
}

impl<Q: Question> Table<Q> {
    pub fn new(question: Q) -> Table<Q> {
        Table {
            question,
            generation: 0,
            total: None,
            pages: BTreeMap::new(),
            asked: BTreeSet::new(),
            old: BTreeSet::new(),
        }
    }

    pub fn row(&self, index: u32) -> Option<Rc<Q::Row>> {
        let page = self.pages.get(&(index / PAGE))?;
        page.get((index % PAGE) as usize).cloned()
    }

    /// Where a row stands among the pages that are here.
    pub fn index_of(&self, id: &Q::Id) -> Option<u32> {
        self.pages.iter().find_map(|(page, rows)| {
            let place = rows.iter().position(|row| Q::id(row) == *id)?;
            Some(page * PAGE + place as u32)
        })
    }

    /// Marks and returns the pages to ask for, to show the rows `from..to`.
    pub fn wanted(&mut self, from: u32, to: u32) -> Vec<u32> {
        let end = self.total.map_or(to, |total| (to + AHEAD).min(total).max(to));
        let shown = pages(from.saturating_sub(AHEAD), end);
        let near = shown.start().saturating_sub(KEPT)..=shown.end() + KEPT;
        self.pages.retain(|page, _| near.contains(page));
        let here = |page: &u32| self.pages.contains_key(page) && !self.old.contains(page);
        let missing: Vec<u32> =
            shown.filter(|page| !here(page) && !self.asked.contains(page)).collect();
        self.asked.extend(missing.iter().copied());
        missing
    }

    /// Another filter or order: what is shown stays until its answer comes.
    pub fn ask(&mut self, question: Q) {
        self.question = question;
        self.refresh();
    }

    /// The store changed: read again what is shown.
    pub fn refresh(&mut self) {
        self.generation += 1;
        self.asked.clear();
        self.old = self.pages.keys().copied().collect();
    }

    /// Takes an answer in; false when the question is no longer asked.
    pub fn answered(&mut self, generation: u32, page: u32, total: u32, rows: Vec<Q::Row>) -> bool {
        if generation != self.generation {
            return false;
        }
        self.total = Some(total);
        self.asked.remove(&page);
        self.old.remove(&page);
        let last = total.saturating_sub(1) / PAGE;
        self.pages.retain(|page, _| *page <= last);
        let before = self.pages.remove(&page).unwrap_or_default();
        self.pages.insert(page, keep_equal(before, rows));
        true
    }

    /// A question failed: it may be asked again.
    pub fn failed(&mut self, generation: u32, page: u32) {
        if generation == self.generation {
            self.asked.remove(&page);
        }
    }

    /// Nothing is asked for and what is here is new: a row that is not found is not there.
    pub fn is_settled(&self) -> bool {
        self.total.is_some() && self.asked.is_empty() && self.old.is_empty()
    }
}

/// Rows that did not change keep their allocation, so that the list does not draw them again.
fn keep_equal<R: PartialEq>(before: Vec<Rc<R>>, fresh: Vec<R>) -> Vec<Rc<R>> {
    let mut before = before.into_iter();
    fresh
        .into_iter()
        .map(|row| before.next().filter(|old| **old == row).unwrap_or_else(|| Rc::new(row)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::row;

    fn fresh() -> Table<Listings> {
        Table::new(Listings::default())
    }

    fn rows(total: u32, page: u32) -> Vec<ListingRow> {
        (page * PAGE..total.min((page + 1) * PAGE)).map(row).collect()
    }

    #[test]
    fn a_page_is_asked_for_once_and_then_shown() {
        let mut table = fresh();
        assert_eq!(table.wanted(0, 20), vec![0]);
        assert_eq!(table.wanted(0, 20), Vec::<u32>::new());
        assert!(table.answered(0, 0, 200, rows(200, 0)));
        assert_eq!(table.wanted(20, 40), vec![1], "what a reader comes to next");
        assert_eq!(table.wanted(50, 70), Vec::<u32>::new());
        assert_eq!(table.wanted(180, 200), vec![2, 3], "nothing beyond the last row");
        assert_eq!(table.row(7).map(|found| found.id), Some(row(7).id));
        assert!(table.row(70).is_none() && !table.is_settled());
        assert_eq!(table.index_of(&row(9).id), Some(9));
    }

    #[test]
    fn answers_to_old_questions_are_dropped() {
        let mut table = fresh();
        table.wanted(0, 20);
        table.ask(Listings { sort: ListingSort::PriceUp, ..Listings::default() });
        assert!(!table.answered(0, 0, 200, rows(200, 0)));
        assert_eq!(table.total, None);
        assert_eq!(table.wanted(0, 20), vec![0]);
    }

    #[test]
    fn a_refresh_keeps_what_is_shown_until_the_answer() {
        let mut table = fresh();
        table.wanted(0, 20);
        table.answered(0, 0, 200, rows(200, 0));
        let before = table.row(3).expect("page 0 is here");
        table.refresh();
        assert!(table.row(3).is_some());
        assert_eq!(table.wanted(0, 20), vec![0]);
        assert!(table.answered(1, 0, 200, rows(200, 0)));
        assert!(Rc::ptr_eq(&before, &table.row(3).expect("page 0 is here")));
    }

    #[test]
    fn far_pages_are_forgotten() {
        let mut table = fresh();
        table.wanted(0, 20);
        table.answered(0, 0, 100_000, rows(100_000, 0));
        assert!(table.is_settled());
        table.wanted(50_000, 50_020);
        assert_eq!(table.row(0), None);
    }
}
