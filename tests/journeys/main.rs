//! Journeys through the real programs; one file per flow.

mod kill;
mod listing;
mod offline;
mod pages;
mod session;
