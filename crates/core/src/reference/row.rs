//! The lines of a data file: its text in, rows of columns out, each knowing its place for an error.
//!
//! Called by `load` for every file of `catalogue/`. Empty lines and `#` comments are no rows; a column
//! that is empty is missing; every fault names the file, the line and the column.

use super::vocabulary::UnknownTerm;

/// Why a data file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("{file}, line {line}, column {column}: nothing stands there")]
    Column { file: String, line: usize, column: usize },
    #[error("{file}, line {line}, column {column}: `{name}` stands in no earlier file")]
    Name { file: String, line: usize, column: usize, name: String },
    #[error("{file}, line {line}, column {column}: {term}")]
    Term { file: String, line: usize, column: usize, term: UnknownTerm },
    #[error("{file} is named after no table; a name ends with one of {tables}")]
    Table { file: String, tables: String },
}

/// One line of a data file.
pub(super) struct Row<'a> {
    file: &'a str,
    line: usize,
    columns: Vec<&'a str>,
}

/// Every line that is neither empty nor a comment.
pub(super) fn rows<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(move |(at, line)| Row { file, line: at + 1, columns: line.split('\t').collect() })
}

impl<'a> Row<'a> {
    pub(super) fn get(&self, column: usize) -> Result<&'a str, CatalogueError> {
        self.optional(column).ok_or_else(|| CatalogueError::Column {
            file: self.file.to_owned(),
            line: self.line,
            column: column + 1,
        })
    }

    pub(super) fn optional(&self, column: usize) -> Option<&'a str> {
        self.columns.get(column).copied().filter(|text| !text.is_empty())
    }

    pub(super) fn aliases(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.optional(column).unwrap_or_default().split(';').filter(|alias| !alias.is_empty())
    }

    pub(super) fn term<T: std::str::FromStr<Err = UnknownTerm>>(
        &self,
        column: usize,
    ) -> Result<T, CatalogueError> {
        self.get(column)?.parse().map_err(|source| self.refused(column, source))
    }

    /// A year, if the column holds anything.
    pub(super) fn year(&self, column: usize) -> Result<Option<u16>, CatalogueError> {
        let Some(text) = self.optional(column) else { return Ok(None) };
        let year = text.parse().ok().filter(|year| (1700..=2100).contains(year));
        year.map(Some).ok_or_else(|| self.unreadable(column, text, "year"))
    }

    /// A share from 0 to 1.
    pub(super) fn share(&self, column: usize) -> Result<f64, CatalogueError> {
        let text = self.get(column)?;
        let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
        share.ok_or_else(|| self.unreadable(column, text, "number from 0 to 1"))
    }

    pub(super) fn refused(&self, column: usize, term: UnknownTerm) -> CatalogueError {
        let file = self.file.to_owned();
        CatalogueError::Term { file, line: self.line, column: column + 1, term }
    }

    /// The fault of a text that is not what its column holds.
    pub(super) fn unreadable(&self, column: usize, text: &str, of: &'static str) -> CatalogueError {
        self.refused(column, UnknownTerm { word: text.to_owned(), of })
    }

    /// The fault of a name that no earlier file has.
    pub(super) fn unknown(&self, column: usize, name: &str) -> CatalogueError {
        let (file, name) = (self.file.to_owned(), name.to_owned());
        CatalogueError::Name { file, line: self.line, column: column + 1, name }
    }
}
