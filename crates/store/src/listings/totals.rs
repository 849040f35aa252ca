//! How many listings a filter holds, remembered until the next commit: scrolling asks again and again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::Filter;

/// Filters remembered at a time.
const MOST: usize = 64;

/// Totals of one generation of the store.
#[derive(Debug, Default)]
pub(crate) struct Totals(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    generation: u64,
    totals: HashMap<Filter, u32>,
}

impl Totals {
    pub(crate) fn get(&self, generation: u64, filter: &Filter) -> Option<u32> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (known.generation == generation).then(|| known.totals.get(filter).copied()).flatten()
    }

    /// `generation` is the one seen before the count began: a commit in between makes it stale.
    pub(crate) fn put(&self, generation: u64, filter: &Filter, total: u32) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation || known.totals.len() >= MOST {
            known.totals.clear();
            known.generation = generation;
        }
        known.totals.insert(filter.clone(), total);
    }
}
