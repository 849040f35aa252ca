//! Alert rules: the grammar of product rule 5.3, read, checked and evaluated.
//!
//! `parse` turns a person's text into a typed [`Rule`] or points at the mistake; `evaluate` says what the
//! rule makes of one listing and why; `limit` and `replay` serve the chart and the back-test. Pure: the
//! moment, rates, market and what was alerted before are parameters. `docs/rules.md` is the person's page.

mod action;
mod amounts;
pub mod baseline;
pub mod circumstances;
mod comparison;
mod cursor;
pub mod evaluate;
pub mod fields;
mod lexer;
pub mod limit;
pub mod mistake;
mod parser;
pub mod pattern;
mod print;
pub mod replay;
pub mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod text_test;
pub mod view;
pub mod vocabulary;

pub use self::{
    circumstances::{ActiveRule, Circumstances, LastAlert, MarketPrice, RuleMemory},
    evaluate::{Evaluation, evaluate},
    fields::Field,
    limit::price_limit,
    mistake::{Mistake, RuleError},
    parser::parse,
    replay::{Replay, ReplayedAlert, replay},
    rule::Rule,
};
