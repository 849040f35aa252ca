//! The lines of a data file: its text in, rows of columns out, each knowing its place for an error.
//!
//! Called by `catalogue` for every file of `catalogue/`. Empty lines and `#` comments are no rows;
//! a column that is empty is missing; every fault names the file and the line.

use super::vocabulary::UnknownTerm;

/// Why a data file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("{file}, line {line}: column {column} is missing")]
    Column { file: &'static str, line: usize, column: usize },
    #[error("{file}, line {line}: `{name}` stands in no earlier file")]
    Name { file: &'static str, line: usize, name: String },
    #[error("{file}, line {line}")]
    Term {
        file: &'static str,
        line: usize,
        #[source]
        source: UnknownTerm,
    },
}

/// One line of a data file.
pub(super) struct Row<'a> {
    file: &'static str,
    line: usize,
    columns: Vec<&'a str>,
}

/// Every line that is neither empty nor a comment.
pub(super) fn rows<'a>(file: &'static str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(move |(at, line)| Row { file, line: at + 1, columns: line.split('\t').collect() })
}

impl<'a> Row<'a> {
    pub(super) fn get(&self, column: usize) -> Result<&'a str, CatalogueError> {
        let missing = CatalogueError::Column { file: self.file, line: self.line, column };
        self.columns.get(column).copied().filter(|text| !text.is_empty()).ok_or(missing)
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
        self.get(column)?.parse().map_err(|source| self.refused(source))
    }

    pub(super) fn refused(&self, source: UnknownTerm) -> CatalogueError {
        CatalogueError::Term { file: self.file, line: self.line, source }
    }

    /// The fault of a name that no earlier file has.
    pub(super) fn unknown(&self, name: &str) -> CatalogueError {
        CatalogueError::Name { file: self.file, line: self.line, name: name.to_owned() }
    }
}
