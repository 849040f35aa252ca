//! Rows as cells: how every table writes its rows with a digest, and reads them back only if it fits.
//!
//! A table file turns its type into `Vec<Cell>` in the order of its columns and back through [`Cells`].

use sqlx::{Row, TypeInfo, ValueRef, sqlite::SqliteRow};
use watches_core::{
    money::{Currency, Money},
    time::Timestamp,
};

use crate::{StoreError, digest::Seal};

/// One value of a row, as SQLite keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
}

impl From<i64> for Cell {
    fn from(value: i64) -> Cell {
        Cell::Int(value)
    }
}
impl From<u32> for Cell {
    fn from(value: u32) -> Cell {
        Cell::Int(i64::from(value))
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Cell {
        Cell::Int(i64::from(value))
    }
}
impl From<Timestamp> for Cell {
    fn from(value: Timestamp) -> Cell {
        Cell::Int(value.0)
    }
}
impl From<f64> for Cell {
    fn from(value: f64) -> Cell {
        Cell::Real(value)
    }
}
impl From<&str> for Cell {
    fn from(value: &str) -> Cell {
        Cell::Text(value.to_owned())
    }
}
impl From<&String> for Cell {
    fn from(value: &String) -> Cell {
        Cell::Text(value.clone())
    }
}
impl From<String> for Cell {
    fn from(value: String) -> Cell {
        Cell::Text(value)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

/// An amount as its two columns: minor units and currency, both null when unknown.
pub(crate) fn money_cells(money: Option<Money>) -> [Cell; 2] {
    match money {
        Some(money) => [Cell::Int(money.minor), Cell::Text(money.currency.code().to_owned())],
        None => [Cell::Null, Cell::Null],
    }
}

/// A row being read, cell after cell, its digest already found right.
pub(crate) struct Cells {
    table: &'static str,
    cells: std::vec::IntoIter<Cell>,
}

impl Cells {
    /// Takes a row whose last column is its digest; refuses it when the digest does not fit.
    pub(crate) fn open(
        table: &'static str,
        seal: &Seal,
        row: &SqliteRow,
    ) -> Result<Cells, StoreError> {
        let mut cells = Vec::with_capacity(row.len());
        for index in 0..row.len() {
            cells.push(cell(table, row, index)?);
        }
        let digest = cells.pop();
        if digest != Some(Cell::Int(seal.digest(table, &cells))) {
            return Err(StoreError::Damaged { table, what: "its digest does not fit" });
        }
        Ok(Cells { table, cells: cells.into_iter() })
    }

    fn wrong(&self, what: &'static str) -> StoreError {
        StoreError::Damaged { table: self.table, what }
    }

    fn next(&mut self) -> Result<Cell, StoreError> {
        self.cells.next().ok_or_else(|| self.wrong("it has too few columns"))
    }

    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Int(value) => Ok(Some(value)),
            Cell::Real(_) | Cell::Text(_) => Err(self.wrong("a number is none")),
        }
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        self.opt_int()?.ok_or_else(|| self.wrong("a number is missing"))
    }

    /// A whole number that must fit the wanted type.
    pub(crate) fn number<T: TryFrom<i64>>(&mut self) -> Result<T, StoreError> {
        T::try_from(self.int()?).map_err(|_| self.wrong("a number is out of range"))
    }

    pub(crate) fn opt_number<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, StoreError> {
        match self.opt_int()?.map(T::try_from) {
            None => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(_)) => Err(self.wrong("a number is out of range")),
        }
    }

    pub(crate) fn real(&mut self) -> Result<f64, StoreError> {
        match self.next()? {
            Cell::Real(value) => Ok(value),
            Cell::Int(_) | Cell::Null | Cell::Text(_) => Err(self.wrong("a share is none")),
        }
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StoreError> {
        match self.int()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.wrong("a flag is neither 0 nor 1")),
        }
    }

    pub(crate) fn at(&mut self) -> Result<Timestamp, StoreError> {
        self.int().map(Timestamp)
    }

    pub(crate) fn opt_at(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.opt_int()?.map(Timestamp))
    }

    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Text(value) => Ok(Some(value)),
            Cell::Int(_) | Cell::Real(_) => Err(self.wrong("a text is none")),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        self.opt_text()?.ok_or_else(|| self.wrong("a text is missing"))
    }

    /// A text that must be one of a type's words: an id, a state.
    pub(crate) fn word<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let text = self.text()?;
        read(&text).ok_or_else(|| self.wrong("a word is none of those allowed"))
    }

    pub(crate) fn opt_word<T>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        match self.opt_text()? {
            None => Ok(None),
            Some(text) => match read(&text) {
                Some(value) => Ok(Some(value)),
                None => Err(self.wrong("a word is none of those allowed")),
            },
        }
    }

    pub(crate) fn id<T: std::str::FromStr>(&mut self) -> Result<T, StoreError> {
        self.word(|text| text.parse().ok())
    }

    pub(crate) fn money(&mut self) -> Result<Option<Money>, StoreError> {
        let minor = self.opt_int()?;
        let currency = self.opt_word(|code| code.parse::<Currency>().ok())?;
        match (minor, currency) {
            (Some(minor), Some(currency)) => Ok(Some(Money::new(minor, currency))),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => Err(self.wrong("an amount is half there")),
        }
    }

    /// A JSON document.
    pub(crate) fn document<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        self.opt_document()?.ok_or_else(|| self.wrong("a document is missing"))
    }

    pub(crate) fn opt_document<T: serde::de::DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, StoreError> {
        let Some(text) = self.opt_text()? else { return Ok(None) };
        let table = self.table;
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|source| StoreError::Document { table, source })
    }
}

/// The JSON text of a document for a cell.
pub(crate) fn document_cell<T: serde::Serialize>(
    table: &'static str,
    value: &T,
) -> Result<Cell, StoreError> {
    let text = serde_json::to_string(value);
    text.map(Cell::Text).map_err(|source| StoreError::Document { table, source })
}

/// The cell of a column, in the type SQLite kept it in.
fn cell(table: &'static str, row: &SqliteRow, index: usize) -> Result<Cell, StoreError> {
    let wrong = |_| StoreError::Damaged { table, what: "a value could not be decoded" };
    let raw = row.try_get_raw(index).map_err(wrong)?;
    if raw.is_null() {
        return Ok(Cell::Null);
    }
    let kind = raw.type_info().into_owned();
    match kind.name() {
        "INTEGER" => row.try_get_unchecked::<i64, _>(index).map(Cell::Int).map_err(wrong),
        "REAL" => row.try_get_unchecked::<f64, _>(index).map(Cell::Real).map_err(wrong),
        "TEXT" => row.try_get_unchecked::<String, _>(index).map(Cell::Text).map_err(wrong),
        _ => Err(StoreError::Damaged { table, what: "a value is of a type no column has" }),
    }
}
