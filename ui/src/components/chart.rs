//! The price chart: a stepped line, hatched gaps where nobody looked, markers, a limit that can be
//! dragged, and a cross-hair with the exact value and date. Keys: left and right move the cross-hair.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use watches_core::{listing::price::Observation, money::Money, time::Timestamp};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    components::price::Price,
    format,
    state::chart::{Chart, Frame, Point, PointEvent, dates::Names},
    t,
};

const HEIGHT: f64 = 208.0;
/// The room at the left that most price labels find enough.
const LEAST_LEFT: f64 = 64.0;
/// Between a label and its line.
const GAP: f64 = 8.0;
/// A wide letter of `.chart-label`.
const LETTER: f64 = 7.0;
const NAMES: Names =
    Names { day: format::short_date, hour: format::time_of_day, both: format::day_and_time };

#[derive(Properties, PartialEq)]
pub struct Props {
    pub history: Rc<Vec<Observation>>,
    pub unobserved: Rc<Vec<(Timestamp, Timestamp)>>,
    #[prop_or_default]
    pub limit: Option<Money>,
    /// Told the new limit when its line was dragged; without it the line is fixed.
    #[prop_or_default]
    pub on_limit: Option<Callback<Money>>,
}

#[component]
pub fn PriceChart(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    let cross = use_state(|| None::<usize>);
    let dragged = use_state(|| None::<i64>);
    let limit = match (*dragged, props.limit) {
        (Some(minor), Some(limit)) => Some(Money { minor, ..limit }),
        (_, limit) => limit,
    };
    let draw = |left: f64| {
        let frame = Frame { width, height: HEIGHT, left, foot: 24.0, edge: 12.0 };
        Chart::draw(&props.history, &props.unobserved, limit, format::now(), frame)
    };
    // The labels are known when it is drawn; long ones have it drawn again beside more room.
    let drawn = draw(LEAST_LEFT).and_then(|chart| match room_of_labels(&chart) {
        room if room > LEAST_LEFT => draw(room),
        _ => Some(chart),
    });
    let Some(chart) = drawn.map(Rc::new) else {
        return html! { <p class="muted" ref={node}>{ t!("chart-none") }</p> };
    };
    let frame = chart.frame;
    let at = *cross;
    let point = at.and_then(|place| chart.points.get(place)).cloned();
    let pointer = pointer(&node, &chart, &cross, &dragged);
    let release = release(&dragged, props);
    let onkeydown = keyboard(chart.points.len(), &cross);
    let grab = {
        let (dragged, limit) = (dragged.clone(), props.limit);
        props.on_limit.is_some().then(|| {
            Callback::from(move |event: PointerEvent| {
                event.prevent_default();
                dragged.set(limit.map(|limit| limit.minor));
            })
        })
    };
    let leave = {
        let cross = cross.clone();
        Callback::from(move |_: PointerEvent| cross.set(None))
    };
    html! {
        <figure class="chart" ref={node}>
            <figcaption class="chart-caption">{ caption(&chart, point.as_ref()) }</figcaption>
            <svg viewBox={format!("0 0 {width} {HEIGHT}")} height={HEIGHT.to_string()} width="100%" tabindex="0" role="img"
                aria-label={spoken(&chart)} {onkeydown} onpointermove={pointer} onpointerup={release}
                onpointerleave={leave}>
                <Hatch />
                { for chart.gaps.iter().map(|(x, wide)| html! {
                    <rect class="chart-gap" x={x.to_string()} y={frame.edge.to_string()} width={wide.to_string()}
                        height={(chart.bottom() - frame.edge).to_string()}><title>{ t!("chart-gap") }</title></rect>
                }) }
                { axes(&chart) }
                { for chart.lines.iter().map(|line| html! { <path class="chart-line" d={line.clone()} /> }) }
                { limit_line(&chart, limit, grab) }
                { for chart.points.iter().filter(|point| point.event != PointEvent::Unchanged).map(marker) }
                if let Some(point) = point {
                    <line class="chart-cross" x1={point.x.to_string()} x2={point.x.to_string()}
                        y1={frame.edge.to_string()} y2={chart.bottom().to_string()} />
                    <circle class="chart-here" cx={point.x.to_string()} cy={point.y.to_string()} r="4" />
                }
            </svg>
        </figure>
    }
}

/// The drawing's width follows its place, so that text and strokes are never scaled.
#[hook]
fn use_width(node: &NodeRef) -> f64 {
    let width = use_state(|| 520.0);
    let (setter, node, known) = (width.setter(), node.clone(), *width);
    use_effect(move || {
        let measured = node.cast::<Element>().map(|element| f64::from(element.client_width()));
        if let Some(measured) = measured.filter(|measured| *measured > 80.0 && *measured != known) {
            setter.set(measured);
        }
    });
    *width
}

fn pointer(
    node: &NodeRef,
    chart: &Rc<Chart>,
    cross: &UseStateHandle<Option<usize>>,
    dragged: &UseStateHandle<Option<i64>>,
) -> Callback<PointerEvent> {
    let (node, chart, cross, dragged) =
        (node.clone(), chart.clone(), cross.clone(), dragged.clone());
    Callback::from(move |event: PointerEvent| {
        let svg = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(place) =
            svg.or_else(|| node.cast::<Element>()).map(|svg| svg.get_bounding_client_rect())
        else {
            return;
        };
        let (x, y) =
            (f64::from(event.client_x()) - place.left(), f64::from(event.client_y()) - place.top());
        if dragged.is_some() {
            dragged.set(Some(chart.amount(y)));
            return;
        }
        let under = chart.at(x).and_then(|hit| chart.points.iter().position(|point| point == hit));
        cross.set(under);
    })
}

fn release(dragged: &UseStateHandle<Option<i64>>, props: &Props) -> Callback<PointerEvent> {
    let (dragged, told, limit) = (dragged.clone(), props.on_limit.clone(), props.limit);
    Callback::from(move |_| {
        if let (Some(minor), Some(told), Some(limit)) = (*dragged, &told, limit) {
            told.emit(Money { minor, ..limit });
        }
        dragged.set(None);
    })
}

fn keyboard(points: usize, cross: &UseStateHandle<Option<usize>>) -> Callback<KeyboardEvent> {
    let cross = cross.clone();
    Callback::from(move |event: KeyboardEvent| {
        let last = points.saturating_sub(1);
        let next = match (event.key().as_str(), *cross) {
            ("ArrowLeft", None) | ("ArrowRight", None) => last,
            ("ArrowLeft", Some(place)) => place.saturating_sub(1),
            ("ArrowRight", Some(place)) => (place + 1).min(last),
            _ => return,
        };
        event.prevent_default();
        cross.set(Some(next));
    })
}

/// The value under the cross-hair; without one, the newest.
fn caption(chart: &Chart, point: Option<&Point>) -> Html {
    let Some(shown) = point.or_else(|| chart.points.last()) else { return html! {} };
    html! {
        <>
            <Price money={shown.price} />
            <span class="muted">{ event_word(shown.event) }{" · "}{ format::medium_date(shown.at) }</span>
        </>
    }
}

fn event_word(event: PointEvent) -> String {
    match event {
        PointEvent::FirstSeen => t!("chart-first-seen"),
        PointEvent::Unchanged => t!("chart-seen"),
        PointEvent::Cut => t!("chart-cut"),
        PointEvent::Raised => t!("chart-raised"),
        PointEvent::Relisted => t!("chart-relisted"),
        PointEvent::Sold => t!("chart-sold"),
    }
}

fn spoken(chart: &Chart) -> String {
    let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) else {
        return String::new();
    };
    t!(
        "chart-spoken",
        from = format::price_text(first.price),
        first = format::medium_date(first.at),
        to = format::price_text(last.price),
        last = format::medium_date(last.at),
        gaps = chart.gaps.len() as u32
    )
}

#[component]
fn Hatch() -> Html {
    html! {
        <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line class="chart-hatch" x1="0" y1="0" x2="0" y2="6" />
            </pattern>
        </defs>
    }
}

/// What the longest label of the price axis takes, in pixels.
fn room_of_labels(chart: &Chart) -> f64 {
    let letters = |(price, _): &(Money, f64)| format::price_text(*price).chars().count();
    let longest = chart.prices.iter().map(letters).max().unwrap_or(0);
    longest as f64 * LETTER + 2.0 * GAP
}

fn axes(chart: &Chart) -> Html {
    let right = chart.right().to_string();
    let last = chart.dates.len().saturating_sub(1);
    let moments: Vec<Timestamp> = chart.dates.iter().map(|(at, _)| *at).collect();
    let names = NAMES.of(&moments);
    html! {
        <>
            { for chart.prices.iter().map(|(price, y)| html! {
                <>
                    <line class="chart-rule" x1={chart.frame.left.to_string()} x2={right.clone()} y1={y.to_string()} y2={y.to_string()} />
                    <text class="chart-label" x={(chart.frame.left - GAP).to_string()} y={(y + 4.0).to_string()} text-anchor="end">{ format::price_text(*price) }</text>
                </>
            }) }
            { for chart.dates.iter().zip(names).enumerate().map(|(place, ((_, x), name))| html! {
                <text class="chart-label" x={x.to_string()} y={(chart.frame.height - 4.0).to_string()}
                    text-anchor={if place == 0 { "start" } else if place == last { "end" } else { "middle" }}>{ name }</text>
            }) }
        </>
    }
}

fn limit_line(chart: &Chart, limit: Option<Money>, grab: Option<Callback<PointerEvent>>) -> Html {
    let (Some(y), Some(limit)) = (chart.limit, limit) else { return html! {} };
    let (left, right) = (chart.frame.left.to_string(), chart.right().to_string());
    let price = format::price_text(limit);
    let (x, anchor, label) = limit_label(chart, y);
    html! {
        <g class={classes!("chart-limit", grab.is_some().then_some("chart-limit-free"))} onpointerdown={grab}>
            <line class="chart-limit-hit" x1={left.clone()} x2={right.clone()} y1={y.to_string()} y2={y.to_string()} />
            <line class="chart-limit-line" x1={left} x2={right.clone()} y1={y.to_string()} y2={y.to_string()} />
            <text class="chart-limit-label" x={x.to_string()} y={label.to_string()} text-anchor={anchor}>{ t!("chart-limit", price = price) }</text>
        </g>
    }
}

/// Where the limit's words stand: at the end of the line that is farther from the price, on the
/// side where the price does not run.
fn limit_label(chart: &Chart, y: f64) -> (f64, &'static str, f64) {
    let far = |point: Option<&Point>| point.map_or(0.0, |point| y - point.y);
    let (first, last) = (far(chart.points.first()), far(chart.points.last()));
    let (x, anchor, distance) = if first.abs() > last.abs() {
        (chart.frame.left + 4.0, "start", first)
    } else {
        (chart.right(), "end", last)
    };
    (x, anchor, if distance > 0.0 { y + 15.0 } else { y - 6.0 })
}

fn marker(point: &Point) -> Html {
    let (x, y) = (point.x, point.y);
    let title = format!(
        "{} · {} · {}",
        event_word(point.event),
        format::price_text(point.price),
        format::medium_date(point.at)
    );
    let shape = match point.event {
        PointEvent::Cut => {
            html! { <path class="chart-mark fall" d={format!("M{} {}h9l-4.5 6z", x - 4.5, y - 2.0)} /> }
        }
        PointEvent::Raised => {
            html! { <path class="chart-mark rise" d={format!("M{} {}h9l-4.5 -6z", x - 4.5, y + 2.0)} /> }
        }
        PointEvent::Sold => {
            html! { <rect class="chart-mark sold" x={(x - 3.5).to_string()} y={(y - 3.5).to_string()} width="7" height="7" /> }
        }
        PointEvent::FirstSeen | PointEvent::Relisted | PointEvent::Unchanged => {
            html! { <circle class="chart-mark first" cx={x.to_string()} cy={y.to_string()} r="3.5" /> }
        }
    };
    html! { <g>{ shape }<title>{ title }</title></g> }
}
