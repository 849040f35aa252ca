//! Invented sellers and where they live. Nobody real.

/// A place to ship from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub city: &'static str,
    pub country: &'static str,
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    pub currency: &'static str,
    /// Units of that currency for 1,000 euros: the market's own fixed rate.
    pub per_thousand_euros: i64,
}

const fn place(
    city: &'static str,
    country: &'static str,
    code: &'static str,
    currency: &'static str,
    per_thousand_euros: i64,
) -> Place {
    Place { city, country, code, currency, per_thousand_euros }
}

pub const PLACES: &[Place] = &[
    place("Hamburg", "Germany", "DE", "EUR", 1000),
    place("Munich", "Germany", "DE", "EUR", 1000),
    place("Leipzig", "Germany", "DE", "EUR", 1000),
    place("Vienna", "Austria", "AT", "EUR", 1000),
    place("Milan", "Italy", "IT", "EUR", 1000),
    place("Lyon", "France", "FR", "EUR", 1000),
    place("Rotterdam", "Netherlands", "NL", "EUR", 1000),
    place("Valencia", "Spain", "ES", "EUR", 1000),
    place("Geneva", "Switzerland", "CH", "CHF", 940),
    place("London", "United Kingdom", "GB", "GBP", 860),
    place("Leeds", "United Kingdom", "GB", "GBP", 860),
    place("New York", "United States", "US", "USD", 1090),
    place("Austin", "United States", "US", "USD", 1090),
    place("Portland", "United States", "US", "USD", 1090),
    place("Tokyo", "Japan", "JP", "JPY", 164_000),
    place("Hong Kong", "Hong Kong", "HK", "HKD", 8500),
];

pub const TRADERS: &[&str] = &[
    "Meridian Clockworks",
    "Lumen & Bezel",
    "The Quiet Escapement",
    "Harbour Time Co.",
    "Atelier Nordwind",
    "Second Hand Stories",
    "Balance Wheel Trading",
    "Old Mill Horology",
    "Kranz & Krone",
    "Blue Steel Hands",
    "Pallet Fork Exchange",
    "Casa del Bisel",
];

pub const NAMES: &[&str] = &[
    "steel_and_lume",
    "quartzless77",
    "lugs2lugs",
    "vintage.veranda",
    "mainspring_mo",
    "crown_turner",
    "tick.tock.theo",
    "pusher_paul",
    "deepdial",
    "sundaydress_watch",
    "gilt_trip",
    "the_lume_room",
    "nato_nina",
    "dome_crystal",
    "patina_pete",
    "bezel_bea",
    "ghost_insert",
    "tropical_tom",
];
