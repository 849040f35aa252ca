//! The command palette: every page, watchlist, and command by its name; anything else is searched.

use watches_ipc::watchlist::{CompleteRuleValue, ListWatchlists};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{dialog::Dialog, icon::Icon, sidebar, status_line},
    pages::{read_page, settings},
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_answer, use_shell},
    state::{
        palette::{self, Entry, Target},
        shell::{Action, Overlay},
    },
    t,
};

#[component]
pub fn Palette() -> Html {
    let shell = use_shell();
    let query = use_state(String::new);
    let chosen = use_state(|| 0_usize);
    let lists = use_answer(Some(ListWatchlists {}), 0);
    let known = use_answer(
        (query.trim().len() > 1).then(|| CompleteRuleValue {
            field: "ref".to_owned(),
            prefix: query.trim().to_owned(),
        }),
        0,
    );
    let mut entries = fixed(&shell);
    entries.extend(lists.value.iter().flat_map(|lists| lists.iter()).map(|list| Entry {
        label: list.name.clone(),
        detail: t!("palette-watchlist"),
        icon: "binoculars",
        target: Target::Go(Route::with(Page::Watchlist, list.id)),
    }));
    let mut found = palette::find(&entries, &query);
    found.extend(
        known
            .value
            .iter()
            .flat_map(|words| words.iter())
            .take(5)
            .map(|word| search(word, t!("palette-reference"))),
    );
    if !query.trim().is_empty() {
        found.push(search(query.trim(), t!("palette-search")));
    }
    let oninput = {
        let (query, chosen) = (query.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
                chosen.set(0);
            }
        })
    };
    let onkeydown = {
        let (shell, found, chosen) = (shell.clone(), found.clone(), chosen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = found.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => chosen.set((*chosen + 1).min(last)),
                "ArrowUp" => chosen.set(chosen.saturating_sub(1)),
                "Enter" => {
                    if let Some(entry) = found.get(*chosen) {
                        run(&shell, &entry.target)
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <Dialog label={t!("palette-title")} class="palette">
            <div class="palette-field"><Icon name="command" />
                <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label={t!("palette-title")}
                    aria-activedescendant={format!("palette-{}", *chosen)} placeholder={t!("palette-placeholder")}
                    autocomplete="off" spellcheck="false" value={(*query).clone()} {oninput} {onkeydown} />
            </div>
            <ul id="palette-list" role="listbox" aria-label={t!("palette-title")}>
                { for found.iter().enumerate().map(|(place, entry)| line(&shell, place, entry, *chosen == place)) }
            </ul>
        </Dialog>
    }
}

fn line(shell: &ShellHandle, place: usize, entry: &Entry, chosen: bool) -> Html {
    let (shell, target) = (shell.clone(), entry.target.clone());
    html! {
        <li role="option" id={format!("palette-{place}")} aria-selected={chosen.to_string()} onclick={move |_| run(&shell, &target)}>
            <Icon name={entry.icon} /><span class="cut">{ entry.label.clone() }</span><span class="muted">{ entry.detail.clone() }</span>
        </li>
    }
}

fn search(words: &str, detail: String) -> Entry {
    Entry {
        label: words.to_owned(),
        detail,
        icon: "search",
        target: Target::Find(words.to_owned()),
    }
}

fn fixed(shell: &ShellHandle) -> Vec<Entry> {
    let page = |page: Page| Entry {
        label: t!(page.title()),
        detail: t!("palette-page"),
        icon: sidebar::icon(page),
        target: Target::Go(shell.memory.route_to(page)),
    };
    let command = |label: String, icon: &'static str, target: Target| Entry {
        label,
        detail: t!("palette-command"),
        icon,
        target,
    };
    let pause = if shell.status.paused_until.is_some() {
        command(t!("resume"), "play", Target::Resume)
    } else {
        command(t!("pause-hour-command"), "pause", Target::PauseHour)
    };
    let commands = [
        command(t!("new-watchlist"), "plus", Target::NewWatchlist),
        command(t!("palette-read-page"), "globe", Target::ReadPage),
        command(t!("poll-now"), "refresh-cw", Target::PollNow),
        pause,
        command(t!("undo-last"), "undo-2", Target::Undo),
        command(t!("switch-appearance"), "eye", Target::Theme),
        command(t!("keys-title"), "keyboard", Target::Keys),
    ];
    Page::LISTED.into_iter().map(page).chain(commands).collect()
}

fn run(shell: &ShellHandle, target: &Target) {
    shell.dispatch(Action::Show(None));
    match target {
        Target::Go(route) => router::go(route),
        Target::Find(words) => shell::find_listings(shell, words.clone()),
        Target::PollNow => status_line::poll_now(shell),
        Target::PauseHour => status_line::pause_for(shell, Some(60)),
        Target::Resume => status_line::pause_for(shell, None),
        Target::ReadPage => read_page::go(""),
        Target::NewWatchlist => router::go(&Route::with(Page::Watchlist, "new")),
        Target::Undo => shell::undo_newest(shell),
        Target::Keys => shell.dispatch(Action::Show(Some(Overlay::Keys))),
        Target::Theme => switch_appearance(shell),
    }
}

fn switch_appearance(shell: &ShellHandle) {
    use watches_ipc::settings::Appearance;
    settings::store(shell, |settings| {
        settings.appearance = match settings.appearance {
            Appearance::System | Appearance::Light => Appearance::Dark,
            Appearance::Dark => Appearance::Light,
        };
    });
}
