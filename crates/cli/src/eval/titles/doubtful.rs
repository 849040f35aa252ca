//! Rows of `title_year_truth` whose label is not the year their title gives.
//!
//! The labels are the years that a market was searched by, some rounded to a decade, and the sellers'
//! titles say another. Each row below was read by a person: its title states another year of make in
//! plain words. Such a row cannot tell a right reading from a wrong one, so it is counted in `year`, as it is
//! labelled, and has no part in `year_without_doubtful_labels`. The numbers are the market's own.

const ROWS: [&str; 17] = [
    "15111996", "14004099", "10987021", "11483186", "10737390", "14250175", "15294761", "15282616",
    "14946467", "14710209", "7787160", "14827268", "15180354", "15303238", "14004096", "15301639",
    "15152939",
];

/// Whether the row's label contradicts its own title.
pub(super) fn year_label_is_doubtful(id: &str) -> bool {
    ROWS.contains(&id)
}
