//! The long table of listings: which pages are here, which are asked for, which are old.
//!
//! The page asks `wanted` after every scroll and feeds the answers to `answered`. Pages far from
//! what is shown are forgotten, so memory stays flat at any number of rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use watches_core::id::ListingId;
use watches_ipc::listing::{ListingFilter, ListingPage, ListingRow, ListingSort};

use crate::state::window::{PAGE, pages};

/// Pages kept around those on screen.
const KEPT: u32 = 8;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub filter: ListingFilter,
    pub sort: ListingSort,
    /// Rises when what is asked for changes: answers to older questions are dropped.
    pub generation: u32,
    /// `None` until the first answer.
    pub total: Option<u32>,
    pages: BTreeMap<u32, Vec<Rc<ListingRow>>>,
    asked: BTreeSet<u32>,
    old: BTreeSet<u32>,
}

impl Table {
    pub fn new(filter: ListingFilter, sort: ListingSort) -> Table {
        Table { filter, sort, ..Table::default() }
    }

    pub fn row(&self, index: u32) -> Option<Rc<ListingRow>> {
        let page = self.pages.get(&(index / PAGE))?;
        page.get((index % PAGE) as usize).cloned()
    }

    /// Where a listing stands among the pages that are here.
    pub fn index_of(&self, id: ListingId) -> Option<u32> {
        self.pages.iter().find_map(|(page, rows)| {
            let place = rows.iter().position(|row| row.id == id)?;
            Some(page * PAGE + place as u32)
        })
    }

    /// Marks and returns the pages to ask for, to show the rows `from..to`.
    pub fn wanted(&mut self, from: u32, to: u32) -> Vec<u32> {
        let shown = pages(from, to);
        let near = shown.start().saturating_sub(KEPT)..=shown.end() + KEPT;
        self.pages.retain(|page, _| near.contains(page));
        let here = |page: &u32| self.pages.contains_key(page) && !self.old.contains(page);
        let missing: Vec<u32> =
            shown.filter(|page| !here(page) && !self.asked.contains(page)).collect();
        self.asked.extend(missing.iter().copied());
        missing
    }

    /// Another filter or order: what is shown stays until its answer comes.
    pub fn ask(&mut self, filter: ListingFilter, sort: ListingSort) {
        self.filter = filter;
        self.sort = sort;
        self.refresh();
    }

    /// The store changed: read again what is shown.
    pub fn refresh(&mut self) {
        self.generation += 1;
        self.asked.clear();
        self.old = self.pages.keys().copied().collect();
    }

    /// Takes an answer in; false when the question is no longer asked.
    pub fn answered(&mut self, generation: u32, page: u32, answer: ListingPage) -> bool {
        if generation != self.generation {
            return false;
        }
        self.total = Some(answer.total);
        self.asked.remove(&page);
        self.old.remove(&page);
        let last = answer.total.saturating_sub(1) / PAGE;
        self.pages.retain(|page, _| *page <= last);
        let before = self.pages.remove(&page).unwrap_or_default();
        self.pages.insert(page, keep_equal(before, answer.rows));
        true
    }

    /// A question failed: it may be asked again.
    pub fn failed(&mut self, generation: u32, page: u32) {
        if generation == self.generation {
            self.asked.remove(&page);
        }
    }

    /// Whether any filter hides listings.
    pub fn is_filtered(&self) -> bool {
        self.filter != ListingFilter::default()
    }
}

/// Rows that did not change keep their allocation, so that the list does not draw them again.
fn keep_equal(before: Vec<Rc<ListingRow>>, fresh: Vec<ListingRow>) -> Vec<Rc<ListingRow>> {
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

    fn answer(total: u32, page: u32) -> ListingPage {
        let rows = (page * PAGE..total.min((page + 1) * PAGE)).map(row).collect();
        ListingPage { total, rows }
    }

    #[test]
    fn a_page_is_asked_for_once_and_then_shown() {
        let mut table = Table::default();
        assert_eq!(table.wanted(0, 20), vec![0]);
        assert_eq!(table.wanted(0, 20), Vec::<u32>::new());
        assert!(table.answered(0, 0, answer(200, 0)));
        assert_eq!(table.wanted(50, 70), vec![1]);
        assert_eq!(table.row(7).map(|found| found.id), Some(row(7).id));
        assert_eq!(table.row(70), None);
        assert_eq!(table.index_of(row(9).id), Some(9));
    }

    #[test]
    fn answers_to_old_questions_are_dropped() {
        let mut table = Table::default();
        table.wanted(0, 20);
        table.ask(ListingFilter::default(), ListingSort::PriceUp);
        assert!(!table.answered(0, 0, answer(200, 0)));
        assert_eq!(table.total, None);
        assert_eq!(table.wanted(0, 20), vec![0]);
    }

    #[test]
    fn a_refresh_keeps_what_is_shown_until_the_answer() {
        let mut table = Table::default();
        table.wanted(0, 20);
        table.answered(0, 0, answer(200, 0));
        let before = table.row(3).expect("page 0 is here");
        table.refresh();
        assert!(table.row(3).is_some());
        assert_eq!(table.wanted(0, 20), vec![0]);
        assert!(table.answered(1, 0, answer(200, 0)));
        assert!(Rc::ptr_eq(&before, &table.row(3).expect("page 0 is here")));
    }

    #[test]
    fn far_pages_are_forgotten() {
        let mut table = Table::default();
        table.wanted(0, 20);
        table.answered(0, 0, answer(100_000, 0));
        table.wanted(50_000, 50_020);
        assert_eq!(table.row(0), None);
    }
}
