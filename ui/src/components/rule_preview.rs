//! What a rule would do now: how many match, how many alerts a week, the first few; and, under the
//! rule, where it cannot be read.

use watches_ipc::{
    listing::ListingRow,
    watchlist::{RulePreview, RuleProblem},
};
use yew::prelude::*;

use crate::{
    components::{icon::Icon, photo::Photo, price::Price},
    format,
    router::{Page, Route},
    t,
};

/// Rows shown; the count says the rest.
const SHOWN: usize = 4;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub preview: RulePreview,
    /// False until the first answer.
    pub known: bool,
}

#[component]
pub fn Preview(props: &Props) -> Html {
    let preview = &props.preview;
    if !props.known || preview.problem.is_some() {
        return html! { <div class="preview preview-idle" role="group" aria-label={t!("preview")}><p class={classes!("muted", (!props.known).then_some("loading"))}>{ if props.known { t!("preview-unreadable") } else { t!("loading") } }</p></div> };
    }
    html! {
        <div class="preview" role="group" aria-label={t!("preview")}>
            <p class="preview-count" role="status"><strong>{ format::number(f64::from(preview.matching)) }</strong>{ t!("preview-matching", considered = preview.considered) }</p>
            <p class="muted">{ per_week(preview.per_week) }
                if preview.undecided > 0 { { " · " }{ t!("preview-undecided", count = preview.undecided) } }</p>
            <ul>{ for preview.rows.iter().take(SHOWN).map(line) }</ul>
        </div>
    }
}

fn per_week(alerts: f64) -> String {
    if alerts < 0.05 {
        return t!("preview-quiet");
    }
    t!(
        "preview-per-week",
        count = if alerts < 10.0 { (alerts * 10.0).round() / 10.0 } else { alerts.round() }
    )
}

fn line(row: &ListingRow) -> Html {
    html! {
        <li><a href={Route::with(Page::Listings, row.id).hash()}><Photo address={row.photo.clone()} /><span class="cut">{ row.name.clone() }</span><Price money={row.landed.or(row.price)} /></a></li>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProblemProps {
    pub text: String,
    pub problem: RuleProblem,
}

/// The rule up to where reading stopped, then the rest marked, then why.
#[component]
pub fn Problem(props: &ProblemProps) -> Html {
    let (before, rest) = split(&props.text, props.problem.at);
    html! {
        <div class="problem" role="alert">
            <p class="problem-place"><span>{ before.to_owned() }</span><mark>{ if rest.is_empty() { "␣".to_owned() } else { rest.to_owned() } }</mark></p>
            <p><Icon name="triangle-alert" />{ props.problem.message.clone() }</p>
        </div>
    }
}

/// At a byte, moved back to where a letter begins.
fn split(text: &str, at: usize) -> (&str, &str) {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_a_letter_is_moved_to_its_beginning() {
        assert_eq!(split("€ 5", 1), ("", "€ 5"));
        assert_eq!(split("price 5", 6), ("price ", "5"));
        assert_eq!(split("ab", 9), ("ab", ""));
    }
}
