//! What polling does now, in one quiet line: progress with cancel, pause with resume, or the next.

use watches_ipc::polling::{CancelPoll, PausePolling, PollNow, PollProgress};
use yew::prelude::*;

use crate::{
    components::controls::{IconButton, Menu},
    format,
    shell::{self, ShellHandle, use_shell},
    t,
};

#[component]
pub fn StatusLine() -> Html {
    let shell = use_shell();
    let status = &shell.status;
    // Read aloud only between polls: progress would interrupt at every page.
    let paused = status.paused_until.filter(|until| *until > format::now());
    html! {
        <div class="status">
            if let Some(progress) = &status.polling { { running(&shell, progress) } }
            else if let Some(until) = paused {
                <span class="status-words" role="status">{ t!("status-paused", time = format::time_of_day(until)) }</span>
                <IconButton icon="play" label={t!("resume")} on_click={pause(&shell, None)} />
            } else {
                <span class="status-words" role="status">{ resting(&shell) }</span>
                <IconButton icon="refresh-cw" label={t!("poll-now")} on_click={poll(&shell)} />
                <Menu icon="pause" label={t!("pause")} small={true} options={pauses()} on_choose={choose_pause(&shell)} />
            }
        </div>
    }
}

fn running(shell: &ShellHandle, progress: &PollProgress) -> Html {
    let cancel = {
        let shell = shell.clone();
        Callback::from(move |()| shell::perform(&shell, CancelPoll {}, |()| {}))
    };
    html! {
        <>
            <span class="status-words">
                { t!("status-polling", source = progress.source_name.clone(), done = progress.done, total = progress.total) }
                <progress value={progress.done.to_string()} max={progress.total.max(1).to_string()} aria-label={t!("poll-progress")} />
            </span>
            <IconButton icon="x" label={t!("cancel-poll")} on_click={cancel} />
        </>
    }
}

fn resting(shell: &ShellHandle) -> String {
    match (shell.status.next_poll, shell.status.last_poll) {
        (Some(next), _) if shell.status.watchlists > 0 => {
            t!("status-next", when = format::relative(next, format::now()))
        }
        (_, Some(last)) => t!("status-last", when = format::relative(last, format::now())),
        (_, None) => t!("status-never"),
    }
}

/// Polls everything; the report becomes one line.
pub fn poll(shell: &ShellHandle) -> Callback<()> {
    let shell = shell.clone();
    Callback::from(move |()| poll_now(&shell))
}

pub fn poll_now(shell: &ShellHandle) {
    let said = shell.clone();
    shell::perform(shell, PollNow::default(), move |report| {
        let text = if report.cancelled {
            t!("poll-cancelled", new = report.new)
        } else if let Some(problem) = report.problems.first() {
            t!("poll-problem", listings = report.listings, problem = problem.clone())
        } else {
            t!("poll-report", listings = report.listings, new = report.new, alerts = report.alerts)
        };
        shell::say(&said, text, None);
    });
}

fn pause(shell: &ShellHandle, minutes: Option<u32>) -> Callback<()> {
    let shell = shell.clone();
    Callback::from(move |()| pause_for(&shell, minutes))
}

pub fn pause_for(shell: &ShellHandle, minutes: Option<u32>) {
    shell::perform(shell, PausePolling { minutes }, |()| {});
}

fn pauses() -> Vec<(AttrValue, AttrValue)> {
    [("60", t!("pause-hour")), ("240", t!("pause-four-hours")), ("1440", t!("pause-day"))]
        .into_iter()
        .map(|(minutes, words)| (minutes.into(), words.into()))
        .collect()
}

fn choose_pause(shell: &ShellHandle) -> Callback<AttrValue> {
    let shell = shell.clone();
    Callback::from(move |minutes: AttrValue| pause_for(&shell, minutes.parse().ok()))
}
