//! Alert rules: the grammar of product rule 5.3, read, checked and evaluated.

mod action;
mod amounts;
mod comparison;
mod cursor;
pub mod fields;
mod lexer;
pub mod mistake;
mod parser;
pub mod pattern;
mod print;
pub mod rule;
pub mod vocabulary;

pub use self::{
    fields::Field,
    mistake::{Mistake, RuleError},
    parser::parse,
    rule::Rule,
};
