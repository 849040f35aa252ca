//! `watches identify`: titles in, brand, family, reference, year, condition and set out.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use watches_app::own_catalogue;
use watches_core::{
    condition::Condition,
    looks::Looks,
    reference::{Catalogue, identify, surest},
    set::{SetName, SetPart, SetParts},
};

use crate::{output, output::Exit};

/// Say which watch each title offers, one title a line.
#[derive(Debug, Args)]
pub struct Identify {
    /// Own rows beside the bundled catalogue: a file named after its table, such as references.tsv.
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,
}

/// One line of output; `None` where the title does not say.
#[derive(Debug, Serialize)]
pub struct Reading {
    pub brand: Option<String>,
    pub family: Option<String>,
    pub reference: Option<String>,
    /// Also known where only the base was given: `126610`.
    pub reference_base: Option<String>,
    pub year: Option<u16>,
    pub condition: Option<Condition>,
    #[serde(rename = "box")]
    pub has_box: Option<bool>,
    pub papers: Option<bool>,
    pub set: Option<SetName>,
    /// What exactly comes with it.
    pub parts: Vec<SetPart>,
    #[serde(flatten)]
    pub looks: Looks,
    pub is_watch: bool,
    pub confidence: f64,
    pub identified_by: Vec<&'static str>,
    /// The clue that `confidence` rests on, for scoring.
    #[serde(skip)]
    pub surest: &'static str,
}

impl Identify {
    /// An empty line gets a reading in which nothing is known, so that lines stay paired.
    pub fn run(self) -> anyhow::Result<Exit> {
        let catalogue = own_catalogue::load(&self.catalogue)?;
        output::each_input_line(|title| output::line(&read_title(title, catalogue)))?;
        Ok(Exit::Done)
    }
}

/// All that a title says.
pub fn read_title(title: &str, catalogue: &Catalogue) -> Reading {
    let watch = identify(title, None, catalogue);
    let set = SetParts::read(title, catalogue);
    Reading {
        condition: Condition::from_title(title, catalogue),
        has_box: set.has_box,
        papers: set.has_papers,
        set: set.name(),
        parts: set.parts,
        looks: Looks::read(title, catalogue),
        surest: surest(&watch.clues).map_or("nothing", |clue| clue.text()),
        identified_by: watch.clues.iter().map(|clue| clue.text()).collect(),
        brand: watch.brand,
        family: watch.family,
        reference: watch.reference,
        reference_base: watch.reference_base,
        year: watch.year,
        is_watch: watch.is_watch,
        confidence: watch.confidence,
    }
}
