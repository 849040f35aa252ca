//! Why a listing matched or did not: each rule's verdict with its comparisons.

use watches_core::listing::matching::{Outcome, TraceLine};
use watches_ipc::listing::VerdictView;
use yew::prelude::*;

use crate::{components::icon::Icon, t};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub verdicts: Vec<VerdictView>,
}

#[component]
pub fn Verdicts(props: &Props) -> Html {
    if props.verdicts.is_empty() {
        return html! { <p class="muted">{ t!("verdict-no-rules") }</p> };
    }
    html! { <div class="verdicts">{ for props.verdicts.iter().map(verdict) }</div> }
}

fn verdict(view: &VerdictView) -> Html {
    let outcome = view.verdict.outcome;
    html! {
        <details class="open-up" open={outcome == Outcome::Match}>
            <summary>
                <span class="verdict-name"><Sign {outcome} />{ view.watchlist_name.clone() }</span>
                <span class="muted">{ outcome_word(outcome) }</span>
            </summary>
            <Trace lines={view.verdict.trace.clone()} />
        </details>
    }
}

#[derive(Properties, PartialEq)]
pub struct TraceProps {
    pub lines: Vec<TraceLine>,
}

/// The comparisons, one a line: sign, as written, what the listing has.
#[component]
pub fn Trace(props: &TraceProps) -> Html {
    html! {
        <ul class="trace">
            { for props.lines.iter().map(|line| html! {
                <li>
                    <Sign outcome={line.outcome} />
                    <code>{ line.text.clone() }</code>
                    <span class="muted cut">{ line.actual.clone().unwrap_or_else(|| t!("trace-unknown")) }</span>
                </li>
            }) }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct SignProps {
    outcome: Outcome,
}

#[component]
fn Sign(props: &SignProps) -> Html {
    let (icon, class) = match props.outcome {
        Outcome::Match => ("circle-check", "yes"),
        Outcome::NoMatch => ("circle-x", "no"),
        Outcome::Undecided => ("circle-dashed", "undecided"),
    };
    html! {
        <span class={classes!("sign", class)} role="img" aria-label={outcome_word(props.outcome)}><Icon name={icon} /></span>
    }
}

pub fn outcome_word(outcome: Outcome) -> String {
    match outcome {
        Outcome::Match => t!("outcome-match"),
        Outcome::NoMatch => t!("outcome-no-match"),
        Outcome::Undecided => t!("outcome-undecided"),
    }
}
