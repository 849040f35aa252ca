//! Settings: each change is stored at once; nothing here has a Save button.

use watches_core::money::Currency;
use watches_ipc::settings::{Appearance, QuietHours, SaveSettings, Settings};
use yew::prelude::*;

use crate::{
    app::dress,
    components::{
        controls::{Choice, Field, Segments, Switch},
        detail_parts::Section,
    },
    format,
    pages::{
        backups::DataSection,
        watchlist_editor::{INTERVALS, interval_words},
    },
    shell::{self, ShellHandle, use_shell},
    state::shell::Action,
    t,
};

/// Destinations of landed costs; rates exist for these, others are estimated without duty.
pub const COUNTRIES: [&str; 26] = [
    "AT", "AU", "BE", "CA", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "HK", "IE", "IT", "JP",
    "KR", "LU", "NL", "NO", "NZ", "PL", "PT", "SE", "SG", "US",
];

/// Megabytes of kept pages to choose from.
const KEPT_PAGES: [u32; 5] = [0, 64, 256, 1_000, 4_000];

#[component]
pub fn SettingsPage() -> Html {
    let shell = use_shell();
    let Some(settings) = shell.settings.clone() else { return html! {} };
    html! {
        <div class="sheet scroll">
            <h1>{ t!("page-settings") }</h1>
            <Section rank={2} title={t!("settings-money")}><MoneyPart settings={settings.clone()} /></Section>
            <Section rank={2} title={t!("settings-checking")}><CheckingPart settings={settings.clone()} /></Section>
            <Section rank={2} title={t!("settings-quiet")}><QuietPart settings={settings.clone()} /></Section>
            <Section rank={2} title={t!("settings-look")}><LookPart settings={settings.clone()} /></Section>
            <Section rank={2} title={t!("settings-system")}><SystemPart settings={settings.clone()} /></Section>
            <Section rank={2} title={t!("settings-data")}><KeptPagesPart {settings} /><DataSection /></Section>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    settings: Settings,
}

/// Stores a change.
pub fn store(shell: &ShellHandle, change: impl FnOnce(&mut Settings)) {
    let Some(mut settings) = shell.settings.clone() else { return };
    change(&mut settings);
    dress(settings.appearance);
    shell.dispatch(Action::SettingsRead(settings.clone()));
    shell::perform(shell, SaveSettings { settings }, |()| {});
}

fn on<T: 'static>(shell: &ShellHandle, change: fn(&mut Settings, T)) -> Callback<T> {
    let shell = shell.clone();
    Callback::from(move |value: T| store(&shell, |settings| change(settings, value)))
}

pub fn currencies() -> Vec<(AttrValue, AttrValue)> {
    let words = |currency: &Currency| {
        format!("{} · {}", currency.code(), format::currency(currency.code()))
    };
    Currency::ALL.iter().map(|currency| (currency.code().into(), words(currency).into())).collect()
}

pub fn countries() -> Vec<(AttrValue, AttrValue)> {
    let mut all: Vec<(AttrValue, AttrValue)> =
        COUNTRIES.map(|code| (code.into(), format::country(code).into())).to_vec();
    all.sort_by(|left, right| left.1.as_str().cmp(right.1.as_str()));
    all
}

#[component]
fn MoneyPart(props: &PartProps) -> Html {
    let shell = use_shell();
    let now = &props.settings;
    html! {
        <div class="form-rows">
            <Row name={t!("setting-currency")} hint={t!("setting-currency-hint")}>
                <Choice label={t!("setting-currency")} value={now.currency.code()} options={currencies()}
                    on_choose={on(&shell, |settings, code: AttrValue| if let Ok(currency) = code.parse() { settings.currency = currency })} />
            </Row>
            <Row name={t!("setting-country")} hint={t!("setting-country-hint")}>
                <Choice label={t!("setting-country")} value={now.country.clone()} options={countries()}
                    on_choose={on(&shell, |settings, code: AttrValue| settings.country = code.to_string())} />
            </Row>
        </div>
    }
}

#[component]
fn CheckingPart(props: &PartProps) -> Html {
    let shell = use_shell();
    let mut options: Vec<(AttrValue, AttrValue)> = INTERVALS
        .map(|minutes| (minutes.to_string().into(), interval_words(minutes).into()))
        .to_vec();
    let now = props.settings.interval_minutes;
    if !INTERVALS.contains(&now) {
        options.push((now.to_string().into(), interval_words(now).into()));
    }
    html! {
        <div class="form-rows">
            <Row name={t!("setting-interval")} hint={t!("setting-interval-hint")}>
                <Choice label={t!("setting-interval")} value={now.to_string()} {options}
                    on_choose={on(&shell, |settings, minutes: AttrValue| if let Ok(minutes) = minutes.parse() { settings.interval_minutes = minutes })} />
            </Row>
        </div>
    }
}

#[component]
fn QuietPart(props: &PartProps) -> Html {
    let shell = use_shell();
    let quiet = props.settings.quiet_hours.clone();
    let toggle = on(&shell, |settings, wanted: bool| {
        settings.quiet_hours =
            wanted.then(|| QuietHours { from: 22 * 60, to: 7 * 60, zone: String::new() });
    });
    html! {
        <div class="form-rows">
            <Row name={t!("setting-quiet")} hint={t!("setting-quiet-hint")}>
                <Switch shown={false} label={t!("setting-quiet")} on={quiet.is_some()} on_toggle={toggle} />
            </Row>
            if let Some(hours) = quiet {
                <Row name={t!("setting-quiet-hours")} hint={t!("setting-quiet-hours-hint")}>
                    <Field kind="time" quiet={true} label={t!("setting-quiet-from")} value={clock(hours.from)} on_input={on(&shell, |settings, text: String| set_quiet(settings, &text, |hours, minutes| hours.from = minutes))} />
                    <span>{ t!("until") }</span>
                    <Field kind="time" quiet={true} label={t!("setting-quiet-to")} value={clock(hours.to)} on_input={on(&shell, |settings, text: String| set_quiet(settings, &text, |hours, minutes| hours.to = minutes))} />
                </Row>
            }
        </div>
    }
}

fn set_quiet(settings: &mut Settings, text: &str, set: fn(&mut QuietHours, u16)) {
    if let (Some(hours), Some(minutes)) = (&mut settings.quiet_hours, minutes(text)) {
        set(hours, minutes);
    }
}

/// `1320` as `22:00`, the form of a time field.
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn minutes(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[component]
fn LookPart(props: &PartProps) -> Html {
    let shell = use_shell();
    let value = match props.settings.appearance {
        Appearance::System => "system",
        Appearance::Light => "light",
        Appearance::Dark => "dark",
    };
    let options = vec![
        ("system".into(), t!("look-system").into()),
        ("light".into(), t!("look-light").into()),
        ("dark".into(), t!("look-dark").into()),
    ];
    let choose = on(&shell, |settings, value: AttrValue| {
        settings.appearance = match value.as_str() {
            "light" => Appearance::Light,
            "dark" => Appearance::Dark,
            _ => Appearance::System,
        };
    });
    html! { <div class="form-rows"><Row name={t!("setting-look")} hint={String::new()}><Segments label={t!("setting-look")} {value} {options} on_choose={choose} /></Row></div> }
}

#[component]
fn SystemPart(props: &PartProps) -> Html {
    let shell = use_shell();
    html! {
        <div class="form-rows">
            <Row name={t!("setting-autostart")} hint={t!("setting-autostart-hint")}>
                <Switch shown={false} label={t!("setting-autostart")} on={props.settings.autostart} on_toggle={on(&shell, |settings, on: bool| settings.autostart = on)} />
            </Row>
            <Row name={t!("setting-tray")} hint={t!("setting-tray-hint")}>
                <Switch shown={false} label={t!("setting-tray")} on={props.settings.close_to_tray} on_toggle={on(&shell, |settings, on: bool| settings.close_to_tray = on)} />
            </Row>
        </div>
    }
}

/// How much room the pages that were read may take; an amount set elsewhere stays choosable.
#[component]
fn KeptPagesPart(props: &PartProps) -> Html {
    let shell = use_shell();
    let now = props.settings.page_quota_mb;
    let mut megabytes = KEPT_PAGES.to_vec();
    if !megabytes.contains(&now) {
        megabytes.push(now);
        megabytes.sort_unstable();
    }
    let words = |megabytes: u32| match megabytes {
        0 => t!("keep-no-pages"),
        megabytes => format::bytes(u64::from(megabytes) * 1_000_000),
    };
    let options: Vec<(AttrValue, AttrValue)> = megabytes
        .into_iter()
        .map(|megabytes| (megabytes.to_string().into(), words(megabytes).into()))
        .collect();
    let choose = on(&shell, |settings, megabytes: AttrValue| {
        if let Ok(megabytes) = megabytes.parse() {
            settings.page_quota_mb = megabytes;
        }
    });
    html! {
        <div class="form-rows">
            <Row name={t!("setting-pages")} hint={t!("setting-pages-hint")}>
                <Choice label={t!("setting-pages")} value={now.to_string()} {options} on_choose={choose} />
            </Row>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct RowProps {
    pub name: String,
    pub hint: String,
    pub children: Children,
}

/// A setting: its name and what it does at the left, its control at the right.
#[component]
pub fn Row(props: &RowProps) -> Html {
    html! {
        <div class="form-row">
            <div><p>{ props.name.clone() }</p>if !props.hint.is_empty() { <p class="muted">{ props.hint.clone() }</p> }</div>
            <div class="form-control">{ props.children.clone() }</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u16>) {
        assert_eq!(minutes(text), expected, "{text}");
    }

    #[test]
    fn clocks_are_read_and_written() {
        check("22:00", Some(1_320));
        check("07:05", Some(425));
        check("24:00", None);
        check("", None);
        assert_eq!(clock(425), "07:05");
    }
}
