//! The price chart's geometry: observations in, points of a stepped line out.
//!
//! A price holds until it is seen changed, so the line is stepped. Nothing is drawn through a
//! stretch in which nobody looked: the line ends there and a hatched gap stands instead.
//!
//! Drawn as our own SVG rather than by a charting library: a listing has at most some hundred
//! points, and gaps, steps, a dragged limit, keyboard and screen reader would all be our own code
//! on top of a canvas; SVG also takes its colours from the tokens, light and dark.

pub mod dates;

use watches_core::{
    listing::{
        extracted::SaleState,
        price::{Observation, ObservationKind},
    },
    money::Money,
    time::{Span, Timestamp},
};

/// The drawing's size in its own units; the style sheet scales it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub width: f64,
    pub height: f64,
    /// Room for the labels of the price axis, at the left.
    pub left: f64,
    /// Room for the dates, at the foot.
    pub foot: f64,
    /// Room at the top and the right, so that markers are not cut.
    pub edge: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub frame: Frame,
    /// One `d` attribute per unbroken stretch.
    pub lines: Vec<String>,
    /// Left edge and width of each stretch in which nobody looked.
    pub gaps: Vec<(f64, f64)>,
    pub points: Vec<Point>,
    /// Prices of the axis with their height, cheapest first.
    pub prices: Vec<(Money, f64)>,
    /// Moments of the time axis with their place; `dates::Names` says how they are written.
    pub dates: Vec<(Timestamp, f64)>,
    pub limit: Option<f64>,
    from: Timestamp,
    to: Timestamp,
    low: f64,
    high: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
    pub at: Timestamp,
    pub price: Money,
    pub event: PointEvent,
}

/// What an observation was, beside what stood before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointEvent {
    FirstSeen,
    Unchanged,
    Cut,
    Raised,
    Relisted,
    Sold,
}

impl Chart {
    /// `None` when no observation has a price.
    pub fn draw(
        history: &[Observation],
        unobserved: &[(Timestamp, Timestamp)],
        limit: Option<Money>,
        now: Timestamp,
        frame: Frame,
    ) -> Option<Chart> {
        let priced: Vec<(&Observation, Money)> =
            history.iter().filter_map(|seen| seen.price.map(|price| (seen, price))).collect();
        let currency = priced.last()?.1.currency;
        let priced: Vec<_> =
            priced.into_iter().filter(|(_, price)| price.currency == currency).collect();
        let limit = limit.filter(|limit| limit.currency == currency);
        let first = priced.first()?.0.at;
        let ended = priced.last().filter(|(seen, _)| seen.state == SaleState::Sold);
        let to = ended.map_or(now, |(seen, _)| seen.at).max(first);
        // A young history stands at the right of an hour; nothing is ever drawn past now.
        let from = first.min(to - Span::hours(1));
        let amounts =
            priced.iter().map(|(_, price)| price.minor).chain(limit.map(|limit| limit.minor));
        let (low, high) = bounds(amounts)?;
        let mut chart = Chart {
            frame,
            lines: Vec::new(),
            gaps: Vec::new(),
            points: Vec::new(),
            prices: Vec::new(),
            dates: Vec::new(),
            limit: None,
            from,
            to,
            low,
            high,
        };
        chart.limit = limit.map(|limit| chart.y(limit.minor as f64));
        chart.prices = ticks(low, high)
            .into_iter()
            .map(|minor| (Money::new(minor, currency), chart.y(minor as f64)))
            .collect();
        chart.dates = chart.date_ticks();
        chart.place(&priced);
        let clipped = unobserved.iter().map(|(start, end)| (*start.max(&from), *end.min(&to)));
        let gaps: Vec<_> = clipped.filter(|(start, end)| start < end).collect();
        chart.gaps = gaps.iter().map(|(a, b)| (chart.x(*a), chart.x(*b) - chart.x(*a))).collect();
        chart.lines = chart.stretches(&gaps);
        Some(chart)
    }

    /// The point in force at `x`: the last one seen at or before it.
    pub fn at(&self, x: f64) -> Option<&Point> {
        self.points.iter().rev().find(|point| point.x <= x + 0.5).or_else(|| self.points.first())
    }

    /// The price in minor units at height `y`, rounded to a number people would choose.
    pub fn amount(&self, y: f64) -> i64 {
        let share = (self.bottom() - y) / (self.bottom() - self.frame.edge);
        let raw = self.low + share.clamp(0.0, 1.0) * (self.high - self.low);
        let step = nice_step((self.high - self.low) / 60.0);
        ((raw / step).round() * step) as i64
    }

    pub fn right(&self) -> f64 {
        self.frame.width - self.frame.edge
    }

    pub fn bottom(&self) -> f64 {
        self.frame.height - self.frame.foot
    }

    fn x(&self, at: Timestamp) -> f64 {
        let share = (at - self.from).0 as f64 / (self.to - self.from).0 as f64;
        self.frame.left + share * (self.right() - self.frame.left)
    }

    fn y(&self, minor: f64) -> f64 {
        let share = (minor - self.low) / (self.high - self.low);
        self.bottom() - share * (self.bottom() - self.frame.edge)
    }

    fn place(&mut self, priced: &[(&Observation, Money)]) {
        for (place, (seen, price)) in priced.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| priced.get(before));
            let event = event(before.copied(), seen, *price);
            self.points.push(Point {
                x: self.x(seen.at),
                y: self.y(price.minor as f64),
                at: seen.at,
                price: *price,
                event,
            });
        }
    }

    /// The stepped line, broken at every gap.
    fn stretches(&self, gaps: &[(Timestamp, Timestamp)]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut start = self.from;
        for (gap_start, gap_end) in gaps {
            lines.push(self.stretch(start, *gap_start));
            start = *gap_end;
        }
        lines.push(self.stretch(start, self.to));
        lines.retain(|line| !line.is_empty());
        lines
    }

    fn stretch(&self, start: Timestamp, end: Timestamp) -> String {
        if start >= end {
            return String::new();
        }
        let before = self.points.iter().rev().find(|point| point.at <= start);
        let inside = self.points.iter().filter(|point| point.at > start && point.at <= end);
        let mut line = String::new();
        if let Some(point) = before {
            line = format!("M{:.1} {:.1}", self.x(start), point.y);
        }
        for point in inside {
            let place = if line.is_empty() {
                format!("M{:.1} {:.1}", point.x, point.y)
            } else {
                format!("H{:.1}V{:.1}", point.x, point.y)
            };
            line.push_str(&place);
        }
        if line.is_empty() { line } else { format!("{line}H{:.1}", self.x(end)) }
    }

    fn date_ticks(&self) -> Vec<(Timestamp, f64)> {
        let room = self.right() - self.frame.left;
        let moments = dates::moments(self.from, self.to, room);
        moments.into_iter().map(|at| (at, self.x(at))).collect()
    }
}

fn event(before: Option<(&Observation, Money)>, seen: &Observation, price: Money) -> PointEvent {
    let Some((earlier, was)) = before else { return PointEvent::FirstSeen };
    let gone = |state| matches!(state, SaleState::Sold | SaleState::Ended);
    match (seen.state, seen.kind) {
        (SaleState::Sold, _) | (_, ObservationKind::Sold) => PointEvent::Sold,
        _ if gone(earlier.state) && !gone(seen.state) => PointEvent::Relisted,
        _ if price.minor < was.minor => PointEvent::Cut,
        _ if price.minor > was.minor => PointEvent::Raised,
        _ => PointEvent::Unchanged,
    }
}

/// Lowest and highest with air around them; a flat price gets 5 % on each side.
fn bounds(amounts: impl Iterator<Item = i64>) -> Option<(f64, f64)> {
    let (low, high) = amounts.fold(None, |range: Option<(i64, i64)>, amount| {
        Some(range.map_or((amount, amount), |(low, high)| (low.min(amount), high.max(amount))))
    })?;
    let air = ((high - low) as f64 * 0.15).max(high.unsigned_abs() as f64 * 0.02).max(1.0);
    Some((low as f64 - air, high as f64 + air))
}

/// Three or four round amounts between two.
fn ticks(low: f64, high: f64) -> Vec<i64> {
    let step = nice_step((high - low) / 3.5);
    let first = (low / step).ceil() as i64;
    (first..)
        .map(|n| n as f64 * step)
        .take_while(|amount| *amount <= high)
        .take(6)
        .map(|amount| amount as i64)
        .collect()
}

/// 1, 2 or 5 times a power of ten, at least `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.max(1.0).log10().floor());
    let share = rough / power;
    let factor = if share <= 1.0 {
        1.0
    } else if share <= 2.0 {
        2.0
    } else if share <= 5.0 {
        5.0
    } else {
        10.0
    };
    factor * power
}

/// A row's sparkline: the `d` of a stepped line in a box of `width` by `height`; empty below two prices.
pub fn spark(prices: &[i64], width: f64, height: f64) -> String {
    let (Some(low), Some(high)) = (prices.iter().min(), prices.iter().max()) else {
        return String::new();
    };
    if prices.len() < 2 {
        return String::new();
    }
    let range = (high - low).max(1) as f64;
    let y = |price: i64| {
        if high == low { height / 2.0 } else { height - (price - low) as f64 / range * height }
    };
    let step = width / prices.len() as f64;
    let mut line = String::new();
    for (place, price) in prices.iter().enumerate() {
        let x = place as f64 * step;
        let piece = if place == 0 {
            format!("M0 {:.1}", y(*price))
        } else {
            format!("H{x:.1}V{:.1}", y(*price))
        };
        line.push_str(&piece);
    }
    format!("{line}H{width:.1}")
}

#[cfg(test)]
mod tests {
    use watches_core::money::Currency;

    use super::*;

    const FRAME: Frame = Frame { width: 110.0, height: 120.0, left: 0.0, foot: 10.0, edge: 10.0 };
    const DAY: i64 = 86_400_000_000;

    fn seen(day: i64, minor: i64, state: SaleState) -> Observation {
        let price = Some(Money::new(minor, Currency::EUR));
        Observation {
            at: Timestamp(day * DAY),
            kind: ObservationKind::Ask,
            price,
            shipping: None,
            state,
            previous_look: None,
        }
    }

    fn draw(history: &[Observation], gaps: &[(i64, i64)]) -> Option<Chart> {
        let gaps: Vec<_> =
            gaps.iter().map(|(a, b)| (Timestamp(a * DAY), Timestamp(b * DAY))).collect();
        Chart::draw(history, &gaps, None, Timestamp(10 * DAY), FRAME)
    }

    #[test]
    fn a_price_holds_until_it_is_seen_changed() {
        let active = SaleState::Active;
        let chart = draw(&[seen(0, 1_000, active), seen(5, 900, active)], &[]).expect("two prices");
        assert_eq!(chart.lines.len(), 1);
        assert_eq!(chart.lines[0].matches('V').count(), 1, "{}", chart.lines[0]);
        assert!(chart.lines[0].ends_with("H100.0"), "{}", chart.lines[0]);
        assert_eq!(chart.points[1].event, PointEvent::Cut);
        assert_eq!(chart.at(30.0).map(|point| point.price.minor), Some(1_000));
        assert_eq!(chart.at(60.0).map(|point| point.price.minor), Some(900));
    }

    #[test]
    fn nothing_is_drawn_through_a_gap() {
        let active = SaleState::Active;
        let chart =
            draw(&[seen(0, 1_000, active), seen(5, 900, active)], &[(2, 4)]).expect("prices");
        assert_eq!(chart.gaps, vec![(20.0, 20.0)]);
        assert_eq!(chart.lines.len(), 2);
        assert!(chart.lines[0].ends_with("H20.0"));
        assert!(chart.lines[1].starts_with("M40.0"));
    }

    #[test]
    fn sold_ends_the_line_and_nothing_priced_draws_nothing() {
        let chart = draw(&[seen(0, 1_000, SaleState::Active), seen(4, 950, SaleState::Sold)], &[]);
        let last = chart.expect("prices").points[1].clone();
        assert_eq!((last.event, last.x), (PointEvent::Sold, 100.0));
        let unpriced = Observation { price: None, ..seen(0, 0, SaleState::Active) };
        assert_eq!(draw(&[unpriced], &[]), None);
    }

    #[test]
    fn a_young_price_is_drawn_up_to_now_and_no_further() {
        let minutes = |count: i64| Timestamp(count * 60_000_000);
        let first = Observation { at: minutes(30), ..seen(0, 1_000, SaleState::Active) };
        let chart = Chart::draw(&[first], &[], None, minutes(60), FRAME).expect("a price");
        assert_eq!(chart.points[0].x, 50.0);
        assert_eq!(chart.lines.len(), 1);
        assert!(chart.lines[0].starts_with("M50.0 ") && chart.lines[0].ends_with("H100.0"));
    }

    #[test]
    fn axis_amounts_are_round() {
        assert_eq!(ticks(880_000.0, 1_020_000.0), vec![900_000, 950_000, 1_000_000]);
        let one = Chart::draw(
            &[seen(0, 1_000_000, SaleState::Active)],
            &[],
            None,
            Timestamp(0) + Span::days(1),
            FRAME,
        )
        .expect("one price");
        assert_eq!(one.amount(one.points[0].y), 1_000_000);
    }

    #[test]
    fn a_spark_needs_two_prices() {
        assert_eq!(spark(&[5], 10.0, 10.0), "");
        assert_eq!(spark(&[5, 3], 10.0, 10.0), "M0 0.0H5.0V10.0H10.0");
    }
}
