//! Which rows of a long list are on screen: scroll place in, row numbers and pages out.
//!
//! Rows have one height. A slot keeps its place in the document and is given another row when the
//! list scrolls: row `r` stands in slot `r % slots`.

/// Rows fetched by one command.
pub const PAGE: u32 = 60;
/// Rows drawn beyond each edge, so that a fast wheel shows no hole.
const MARGIN: u32 = 4;
/// Taller elements than this are cut off by some engines; longer lists scroll in proportion.
const TALLEST: f64 = 12_000_000.0;

/// A list of `total` rows of `row_height` seen through `height` pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    pub total: u32,
    pub row_height: f64,
    pub height: f64,
    pub scroll: f64,
}

impl View {
    /// The height of the scrolled element.
    pub fn canvas(&self) -> f64 {
        self.natural().min(TALLEST)
    }

    fn natural(&self) -> f64 {
        f64::from(self.total) * self.row_height
    }

    /// Where the element is scrolled to. A list that became short is so before its element says it.
    fn place(&self) -> f64 {
        self.scroll.clamp(0.0, (self.canvas() - self.height).max(0.0))
    }

    /// Where the list would be scrolled to if its element were as tall as its rows.
    fn natural_scroll(&self) -> f64 {
        let (natural, canvas) = (self.natural(), self.canvas());
        let travel = canvas - self.height;
        if natural <= canvas || travel <= 0.0 {
            return self.place();
        }
        self.place() / travel * (natural - self.height)
    }

    /// First row and the one after the last, margins included.
    pub fn rows(&self) -> (u32, u32) {
        let top = (self.natural_scroll() / self.row_height) as u32;
        let first = top.saturating_sub(MARGIN).min(self.total);
        (first, (first + self.slots()).min(self.total))
    }

    /// How many rows are drawn at most; depends on the height alone, so slots are never remade.
    pub fn slots(&self) -> u32 {
        (self.height / self.row_height).ceil() as u32 + 1 + 2 * MARGIN
    }

    /// Distance of row `row` from the top of the scrolled element.
    pub fn top_of(&self, row: u32) -> f64 {
        let offset = f64::from(row) * self.row_height - self.natural_scroll();
        self.place() + offset
    }

    /// The scroll place at which `row` is wholly visible; `None` when it already is.
    pub fn scroll_to(&self, row: u32) -> Option<f64> {
        let (natural, canvas) = (self.natural(), self.canvas());
        let top = f64::from(row) * self.row_height;
        let now = self.natural_scroll();
        let wanted = if top < now {
            top
        } else if top + self.row_height > now + self.height {
            top + self.row_height - self.height
        } else {
            return None;
        };
        Some(if natural > canvas {
            wanted / (natural - self.height) * (canvas - self.height)
        } else {
            wanted
        })
    }
}

/// The pages that hold the rows `from..to`.
pub fn pages(from: u32, to: u32) -> std::ops::RangeInclusive<u32> {
    from / PAGE..=to.saturating_sub(1).max(from) / PAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(total: u32, scroll: f64) -> View {
        View { total, row_height: 60.0, height: 600.0, scroll }
    }

    #[track_caller]
    fn check(total: u32, scroll: f64, rows: (u32, u32)) {
        assert_eq!(view(total, scroll).rows(), rows, "{total} rows at {scroll}");
    }

    #[test]
    fn rows_follow_the_scroll_place() {
        check(0, 0.0, (0, 0));
        check(5, 0.0, (0, 5));
        check(1_000, 0.0, (0, 19));
        check(1_000, 6_000.0, (96, 115));
        check(1_000, 59_400.0, (986, 1_000));
        check(1_000, -30.0, (0, 19));
        check(1, 400.0, (0, 1));
        assert_eq!(view(1, 400.0).top_of(0), 0.0, "the one hit of a search typed far down");
    }

    #[test]
    fn a_million_rows_reach_their_last_one() {
        let list = view(1_000_000, 0.0);
        let bottom = View { scroll: list.canvas() - list.height, ..list };
        assert_eq!(bottom.rows().1, 1_000_000);
        let last = bottom.top_of(999_999) + bottom.row_height;
        assert!((last - bottom.canvas()).abs() < 0.5, "{last}");
    }

    #[test]
    fn a_row_out_of_sight_is_brought_to_the_nearest_edge() {
        let list = view(1_000, 6_000.0);
        assert_eq!(list.scroll_to(105), None);
        assert_eq!(list.scroll_to(99), Some(5_940.0));
        assert_eq!(list.scroll_to(110), Some(6_060.0));
    }

    #[test]
    fn pages_cover_the_rows() {
        assert_eq!(pages(0, 19), 0..=0);
        assert_eq!(pages(50, 70), 0..=1);
        assert_eq!(pages(120, 120), 2..=2);
    }
}
