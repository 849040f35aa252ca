//! What a rule is, once read: a condition, how long it must hold, and what to do.
//!
//! Made only by `alert::parser`, so every value has the type its field wants. Printing gives the one
//! canonical text, and reading that text gives an equal rule.

use crate::{
    alert::{fields::Field, pattern::Pattern},
    condition::Condition,
    listing::{
        extracted::SaleKind,
        notice::{Channel, Urgency},
    },
    money::Money,
    set::{SetName, SetPart},
    time::Span,
};

/// A rule with the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub text: String,
    pub condition: Expr,
    pub hold: Option<Hold>,
    pub action: Action,
}

/// `for 2d`: the condition must have held this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    pub length: Span,
    /// Its bytes in the rule's text.
    pub span: (usize, usize),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Joined by `and`; two or more, none of them an `All`.
    All(Vec<Expr>),
    /// Joined by `or`; two or more, none of them an `Any`.
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Test(Comparison),
}

/// One comparison and the bytes of the rule's text it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub span: (usize, usize),
    pub test: Test,
}

/// A comparison by the type of its field.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Money { measure: Measure, order: Order, limit: Money },
    Number { field: NumberField, order: Order, value: Decimal },
    EndsIn { order: Order, within: Span },
    Condition { order: Order, value: Condition },
    Risk { order: Order, value: Risk },
    Verdict { equality: Equality, value: Verdict },
    Kind { equality: Equality, value: SaleKind },
    SetName { equality: Equality, value: SetName },
    SetPart { holding: Holding, value: SetWord },
    Text { field: TextField, test: TextTest },
    Move { measure: Measure, direction: Direction, by: Step, base: Base },
    Extreme { measure: Measure, extreme: Extreme, over: Span },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Price,
    Landed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equality {
    Is,
    IsNot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    Has,
    Lacks,
}

/// A number in millionths, so that rules compare exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    Year,
    DiameterMm,
    SellerRating,
    DaysOnMarket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    Reference,
    ReferenceFamily,
    Brand,
    Material,
    Seller,
    Country,
    Source,
    Title,
    Description,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TextTest {
    Is(String),
    IsNot(String),
    Has(String),
    Lacks(String),
    Matches(Pattern),
}

/// What `set has` can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetWord {
    Box,
    Papers,
    FullSet,
    Part(SetPart),
}

/// How a price stands against comparable sales. Given by the valuation; undecided until there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Great,
    Good,
    Fair,
    High,
    Overpriced,
}

/// How doubtful a listing is. Given by the risk score; undecided until there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    Low,
    Medium,
    High,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Drops,
    Rises,
    Changes,
}

/// How far a price must move: a share of the base in parts per million, or an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Share(i64),
    Amount(Money),
}

/// What a move is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    FirstSeen,
    /// The price this rule last alerted; the first seen one before any alert.
    LastAlert,
    /// The highest price of this listing over the span, the present one included.
    High(Span),
    /// The market median: asks for the same reference over the span.
    Median(Span),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    Low,
    High,
}

/// What follows `then`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// At least one, none twice, in the order written.
    pub channels: Vec<Channel>,
    pub urgency: Urgency,
    /// The least time between two alerts on one listing.
    pub cooldown: Option<Span>,
    /// How far the price must move past the last alerted one, in parts per million.
    pub rearm_ppm: Option<i64>,
}

impl Expr {
    /// Every comparison, from left to right.
    pub fn tests(&self) -> Vec<&Comparison> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Comparison>) {
        match self {
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().for_each(|part| part.collect(found));
            }
            Expr::Not(inner) => inner.collect(found),
            Expr::Test(comparison) => found.push(comparison),
        }
    }
}

impl Order {
    pub fn holds<T: Ord>(self, left: T, right: T) -> bool {
        match self {
            Order::Equal => left == right,
            Order::NotEqual => left != right,
            Order::Less => left < right,
            Order::AtMost => left <= right,
            Order::Greater => left > right,
            Order::AtLeast => left >= right,
        }
    }
}

impl Equality {
    pub fn holds(self, equal: bool) -> bool {
        match self {
            Equality::Is => equal,
            Equality::IsNot => !equal,
        }
    }
}

impl Measure {
    pub fn field(self) -> Field {
        match self {
            Measure::Price => Field::Price,
            Measure::Landed => Field::Landed,
        }
    }
}

impl NumberField {
    pub fn field(self) -> Field {
        match self {
            NumberField::Year => Field::Year,
            NumberField::DiameterMm => Field::Diameter,
            NumberField::SellerRating => Field::SellerRating,
            NumberField::DaysOnMarket => Field::DaysOnMarket,
        }
    }
}

impl TextField {
    pub fn field(self) -> Field {
        match self {
            TextField::Reference => Field::Ref,
            TextField::ReferenceFamily => Field::RefFamily,
            TextField::Brand => Field::Brand,
            TextField::Material => Field::Material,
            TextField::Seller => Field::Seller,
            TextField::Country => Field::Country,
            TextField::Source => Field::Source,
            TextField::Title => Field::Title,
            TextField::Description => Field::Description,
        }
    }
}
