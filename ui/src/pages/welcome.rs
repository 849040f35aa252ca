//! The first run, on one page: what is wanted, where to look, up to what price, what matches now.

use watches_core::money::{Currency, Money};
use watches_ipc::{
    source::{ChangeSource, ListSources, Source, SourceKind},
    watchlist::{IdentifyWanted, PreviewRule, RuleDraft, SaveWatchlist, Wanted},
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Choice, Field},
        photo::Mark,
        rule_preview::Preview,
        status_line,
    },
    pages::settings::{countries, currencies, store},
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_answer, use_shell},
    state::draft::{limit_text, with_limit},
    t,
};

/// What is typed first, for those who only want to look.
const EXAMPLES: [&str; 3] = ["126610LN", "Omega Speedmaster", "Tudor Black Bay 58"];

#[component]
pub fn WelcomePage() -> Html {
    let shell = use_shell();
    let (words, limit) = (use_state(String::new), use_state(String::new));
    // Markets whose switch was turned here; the demo starts with the real ones off.
    let turned = use_state(Vec::<String>::new);
    let currency = shell.settings.as_ref().map_or(Currency::EUR, |settings| settings.currency);
    let asked = Some(words.trim().to_owned()).filter(|text| text.chars().count() > 1);
    let wanted = use_answer(asked.clone().map(|text| IdentifyWanted { text, currency }), 0)
        .value
        .filter(|_| asked.is_some());
    let sources = use_answer(Some(ListSources {}), shell.seen.sources).value.unwrap_or_default();
    let rule = wanted.as_ref().map(|wanted| rule(wanted, &limit, currency));
    let preview = use_answer(
        rule.clone().map(|text| PreviewRule { text, watchlist: None }),
        shell.seen.listings,
    )
    .value;
    let searched: Vec<Source> =
        sources.iter().filter(|source| is_market(source)).cloned().collect();
    let toggle = {
        let turned = turned.clone();
        Callback::from(move |key: String| turned.set(toggled(&turned, key)))
    };
    let done = {
        let (shell, wanted, rule, turned, searched) =
            (shell.clone(), wanted.clone(), rule.clone(), turned.clone(), searched.clone());
        Callback::from(move |()| {
            if let (Some(wanted), Some(rule)) = (&wanted, &rule) {
                start(&shell, wanted, rule, &searched, &turned)
            }
        })
    };
    let skip = {
        let shell = shell.clone();
        move |_| leave(&shell, Page::Watchlist)
    };
    let (typed, priced) = (words.setter(), limit.setter());
    html! {
        <div class="welcome scroll">
            <div class="welcome-page">
                <p class="brand"><Mark /><span>{ t!("brand") }</span></p>
                <h1><label for="wanted">{ t!("welcome-question") }</label></h1>
                <Field id="wanted" class="wanted" quiet={true} label={t!("welcome-question")} placeholder={t!("welcome-hint")} value={(*words).clone()} on_input={Callback::from(move |text| typed.set(text))} />
                { match &wanted {
                    None => examples(&words),
                    Some(wanted) => understood(wanted, &words),
                } }
                <div class="welcome-step">
                    <h2>{ t!("welcome-markets") }</h2>
                    <div class="chips">{ for searched.iter().map(|source| market(source, wants(source, &turned), &toggle)) }</div>
                    if searched.iter().any(|source| source.demo) { <p class="muted">{ t!("welcome-demo") }</p> }
                </div>
                <div class="welcome-step">
                    <h2>{ t!("welcome-limit") }</h2>
                    <div class="inline-form">
                        <Field quiet={true} class="value-amount" label={t!("welcome-limit-amount")} placeholder={t!("welcome-limit-none")} value={(*limit).clone()} on_input={Callback::from(move |text| priced.set(text))} />
                        <Choice label={t!("setting-currency")} value={currency.code()} options={currencies()} on_choose={set_currency(&shell)} />
                        <span class="muted">{ t!("welcome-delivered") }</span>
                        <Choice label={t!("setting-country")} value={shell.settings.as_ref().map(|settings| settings.country.clone()).unwrap_or_default()} options={countries()} on_choose={set_country(&shell)} />
                    </div>
                </div>
                if let Some(preview) = preview.filter(|preview| preview.considered > 0) {
                    <div class="welcome-step"><h2>{ t!("welcome-now") }</h2><Preview preview={(*preview).clone()} known={true} /></div>
                }
                <div class="actions">
                    <ActionButton icon="check" class="primary big" label={t!("welcome-done")} disabled={wanted.is_none()} on_click={done} />
                    <button type="button" class="link" onclick={skip}>{ t!("welcome-skip") }</button>
                </div>
            </div>
        </div>
    }
}

fn wants(source: &Source, turned: &[String]) -> bool {
    source.enabled != turned.contains(&source.key)
}

fn toggled(turned: &[String], key: String) -> Vec<String> {
    let mut next = turned.to_vec();
    match next.iter().position(|known| *known == key) {
        Some(place) => drop(next.remove(place)),
        None => next.push(key),
    }
    next
}

fn rule(wanted: &Wanted, limit: &str, currency: Currency) -> String {
    match amount(limit, currency) {
        Some(money) => with_limit(&wanted.suggested_rule, &limit_text(money)),
        None => wanted.suggested_rule.clone(),
    }
}

/// `11.000`, `11,000` and `11 000` are eleven thousand: a limit has no cents.
fn amount(text: &str, currency: Currency) -> Option<Money> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Money::whole(digits.parse().ok().filter(|units| *units > 0)?, currency)
}

fn examples(words: &UseStateHandle<String>) -> Html {
    html! {
        <p class="welcome-examples"><span class="muted">{ t!("welcome-try") }</span>
            { for EXAMPLES.iter().map(|example| { let words = words.clone(); html! {
                <button type="button" class="chip" onclick={move |_| words.set((*example).to_owned())}>{ *example }</button>
            } }) }
        </p>
    }
}

/// The watch the app understood, and the others it may be.
fn understood(wanted: &Wanted, words: &UseStateHandle<String>) -> Html {
    html! {
        <div class="understood" role="status">
            <span class="muted">{ t!("understood") }</span><span class="name">{ wanted.name.clone() }</span>
            if !wanted.suggestions.is_empty() {
                <span class="chips">{ for wanted.suggestions.iter().take(4).map(|other| { let (words, other) = (words.clone(), other.clone()); html! {
                    <button type="button" class="chip" onclick={let said = other.clone(); move |_| words.set(said.clone())}>{ other }</button>
                } }) }</span>
            }
        </div>
    }
}

fn market(source: &Source, on: bool, toggle: &Callback<String>) -> Html {
    let (toggle, key) = (toggle.clone(), source.key.clone());
    html! {
        <button type="button" class="chip" aria-pressed={on.to_string()} onclick={move |_| toggle.emit(key.clone())}>
            { source.name.clone() }if source.demo { <span class="badge">{ t!("source-demo") }</span> }
        </button>
    }
}

fn set_currency(shell: &ShellHandle) -> Callback<AttrValue> {
    let shell = shell.clone();
    Callback::from(move |code: AttrValue| {
        if let Ok(currency) = code.parse() {
            store(&shell, |settings| settings.currency = currency)
        }
    })
}

fn set_country(shell: &ShellHandle) -> Callback<AttrValue> {
    let shell = shell.clone();
    Callback::from(move |code: AttrValue| {
        store(&shell, |settings| settings.country = code.to_string())
    })
}

/// Saves the watchlist, turns markets on or off as chosen, looks at once, and shows what it finds.
fn start(shell: &ShellHandle, wanted: &Wanted, rule: &str, markets: &[Source], turned: &[String]) {
    for source in markets {
        let enabled = wants(source, turned);
        if source.enabled != enabled {
            shell::perform(
                shell,
                ChangeSource {
                    key: source.key.clone(),
                    enabled: Some(enabled),
                    daily_budget: None,
                },
                |()| {},
            );
        }
    }
    let list = SaveWatchlist {
        name: wanted.name.clone(),
        query: wanted.query.clone(),
        rules: vec![RuleDraft { id: None, text: rule.to_owned(), enabled: true }],
        ..SaveWatchlist::default()
    };
    let then = shell.clone();
    shell::perform(shell, list, move |_| {
        leave(&then, Page::Listings);
        status_line::poll_now(&then);
    });
}

fn leave(shell: &ShellHandle, page: Page) {
    store(shell, |settings| settings.welcomed = true);
    router::go(&Route::to(page));
}

/// A source with a search: files and mail come by themselves.
fn is_market(source: &Source) -> bool {
    matches!(source.kind, SourceKind::Market | SourceKind::Dealer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_however_they_are_grouped() {
        for text in ["11000", "11.000", "11,000", "11 000", "€ 11’000"] {
            assert_eq!(
                amount(text, Currency::EUR),
                Some(Money::new(1_100_000, Currency::EUR)),
                "{text}"
            );
        }
        assert_eq!(amount("", Currency::EUR), None);
        assert_eq!(amount("0", Currency::EUR), None);
    }
}
