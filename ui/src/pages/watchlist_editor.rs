//! One watchlist being edited: name, words, markets, schedule, rules with their live preview.

use std::rc::Rc;

use watches_core::{id::RuleId, time::Timestamp};
use watches_ipc::{
    source::{ListSources, SourceKind},
    watchlist::{DeleteWatchlist, IdentifyWanted, SaveWatchlist, Wanted, Watchlist},
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Choice, Field, Switch},
        detail_parts::Section,
        rule_editor::RuleEditor,
    },
    keys::{Deed, use_deeds},
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_answer, use_shell},
    state::{
        draft::{Draft, Edit},
        toasts::Undo,
    },
    t,
};

#[derive(PartialEq)]
struct Editing(Draft);

impl Reducible for Editing {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        Rc::new(Editing(self.0.apply(edit)))
    }
}

type Editor = UseReducerHandle<Editing>;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// `None` for a new one.
    pub list: Option<Rc<Watchlist>>,
}

#[component]
pub fn WatchlistEditor(props: &Props) -> Html {
    let shell = use_shell();
    let opened = props.list.as_deref().map_or_else(Draft::empty, Draft::open);
    let editor = {
        let opened = opened.clone();
        use_reducer(move || Editing(opened))
    };
    use_newer(&editor, &opened);
    use_save_key(&shell, &editor);
    let now = &editor.0.now;
    let tell = |edit: fn(String) -> Edit| {
        let editor = editor.clone();
        Callback::from(move |text: String| editor.dispatch(edit(text)))
    };
    let watchlist = props.list.as_ref().map(|list| list.id);
    html! {
        <article class="detail editor" aria-label={if now.name.is_empty() { t!("new-watchlist") } else { now.name.clone() }}>
            <header class="editor-head">
                <Field id="watchlist-name" class="title-field" quiet={true} label={t!("watchlist-name")} placeholder={t!("watchlist-name-hint")} value={now.name.clone()} on_input={tell(Edit::Name)} />
                <Buttons list={props.list.clone()} editor={editor.clone()} />
            </header>
            <div class="editor-fields">
                <Field label={t!("watchlist-query")} placeholder={t!("watchlist-query-hint")} value={now.query.clone()} on_input={tell(Edit::Query)} />
                <label class="field"><span>{ t!("watchlist-interval") }</span><Interval editor={editor.clone()} /></label>
            </div>
            if props.list.is_none() { <Understood editor={editor.clone()} /> }
            <Section rank={2} title={t!("watchlist-markets")}><Markets editor={editor.clone()} /></Section>
            <Section rank={2} title={t!("watchlist-rules")}>
                { for now.rules.iter().enumerate().map(|(place, rule)| {
                    let on = |edit: fn(usize, String) -> Edit| { let editor = editor.clone(); Callback::from(move |text: String| editor.dispatch(edit(place, text))) };
                    let stored = rule.id.map(|id| (id, muted_until(props.list.as_deref(), id)));
                    html! {
                        <RuleEditor key={place} text={rule.text.clone()} enabled={rule.enabled} {watchlist} {stored} number={place as u32 + 1}
                            on_text={on(Edit::RuleText)} on_toggle={on(|place, _| Edit::ToggleRule(place))} on_remove={on(|place, _| Edit::RemoveRule(place))} />
                    }
                }) }
                <AddRule editor={editor.clone()} />
            </Section>
        </article>
    }
}

fn muted_until(list: Option<&Watchlist>, rule: RuleId) -> Option<Timestamp> {
    list?.rules.iter().find(|known| known.id == rule)?.muted_until
}

/// The stored watchlist changed elsewhere: taken over, unless something is being edited here.
#[hook]
fn use_newer(editor: &Editor, opened: &Draft) {
    let editor = editor.clone();
    use_effect_with(opened.now.clone(), move |stored| {
        editor.dispatch(Edit::Reopened(Box::new(stored.clone())));
    });
}

#[hook]
fn use_save_key(shell: &ShellHandle, editor: &Editor) {
    let (shell, editor) = (shell.clone(), editor.clone());
    use_deeds(Callback::from(move |deed| {
        if deed == Deed::Save && editor.0.can_save() {
            save(&shell, &editor);
        }
    }));
}

fn save(shell: &ShellHandle, editor: &Editor) {
    let (said, name, editor) = (shell.clone(), editor.0.now.name.clone(), editor.clone());
    let command: SaveWatchlist = editor.0.now.clone();
    shell::perform(shell, command, move |saved| {
        editor.dispatch(Edit::Saved(Box::new(saved.clone())));
        shell::say(&said, t!("watchlist-saved", name = name), None);
        router::go(&Route::with(Page::Watchlist, saved.id));
    });
}

#[derive(Properties, PartialEq)]
struct ButtonsProps {
    list: Option<Rc<Watchlist>>,
    editor: Editor,
}

#[component]
fn Buttons(props: &ButtonsProps) -> Html {
    let shell = use_shell();
    let editor = &props.editor;
    let save = {
        let (shell, editor) = (shell.clone(), editor.clone());
        Callback::from(move |()| save(&shell, &editor))
    };
    let revert = {
        let editor = editor.clone();
        Callback::from(move |()| editor.dispatch(Edit::Revert))
    };
    let pause = {
        let editor = editor.clone();
        Callback::from(move |_: bool| editor.dispatch(Edit::Pause))
    };
    html! {
        <div class="actions">
            if editor.0.is_changed() {
                <ActionButton icon="check" class="primary" label={t!("save")} on_click={save} disabled={!editor.0.can_save()} />
                if props.list.is_some() { <ActionButton icon="undo-2" class="quiet" label={t!("revert")} on_click={revert} /> }
            }
            <Switch label={t!("watchlist-watching")} on={!editor.0.now.paused} on_toggle={pause} />
            <span class="grow" />
            if let Some(list) = props.list.clone() {
                <Seen list={list.clone()} />
                <ActionButton icon="trash-2" class="quiet" label={t!("delete")} on_click={move |()| delete(&shell, &list)} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SeenProps {
    list: Rc<Watchlist>,
}

/// Leads to what this watchlist found.
#[component]
fn Seen(props: &SeenProps) -> Html {
    let shell = use_shell();
    let (id, count) = (props.list.id, props.list.listings);
    let show = Callback::from(move |()| {
        shell::remember(&shell, |memory| {
            memory.filter =
                watches_ipc::listing::ListingFilter { watchlist: Some(id), ..Default::default() }
        });
        router::go(&Route::to(Page::Listings));
    });
    html! { <ActionButton icon="list" class="quiet" label={t!("count-listings", count = count)} on_click={show} /> }
}

fn delete(shell: &ShellHandle, list: &Watchlist) {
    let (said, id, name) = (shell.clone(), list.id, list.name.clone());
    shell::perform(shell, DeleteWatchlist { id }, move |()| {
        shell::say(&said, t!("watchlist-deleted", name = name), Some(Undo::Delete(id)));
        router::go(&Route::to(Page::Watchlist));
    });
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    editor: Editor,
}

#[component]
fn Interval(props: &EditorProps) -> Html {
    let shell = use_shell();
    let inherited = shell.settings.as_ref().map_or(60, |settings| settings.interval_minutes);
    let value =
        props.editor.0.now.interval_minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let mut options = vec![(
        AttrValue::default(),
        t!("interval-inherited", time = interval_words(inherited)).into(),
    )];
    options.extend(
        INTERVALS.map(|minutes| (minutes.to_string().into(), interval_words(minutes).into())),
    );
    let editor = props.editor.clone();
    let choose =
        Callback::from(move |value: AttrValue| editor.dispatch(Edit::Interval(value.parse().ok())));
    html! { <Choice label={t!("watchlist-interval")} {value} {options} on_choose={choose} /> }
}

/// Minutes between polls that are offered.
pub const INTERVALS: [u32; 6] = [15, 30, 60, 180, 720, 1_440];

pub fn interval_words(minutes: u32) -> String {
    if minutes.is_multiple_of(60) {
        t!("every-hours", count = minutes / 60)
    } else {
        t!("every-minutes", count = minutes)
    }
}

/// What the app understood of the words typed so far, and one step to take it over.
#[component]
fn Understood(props: &EditorProps) -> Html {
    let shell = use_shell();
    let text = props.editor.0.now.name.trim().to_owned();
    let currency = shell
        .settings
        .as_ref()
        .map(|settings| settings.currency)
        .unwrap_or(watches_core::money::Currency::EUR);
    let wanted = use_answer((text.len() > 2).then_some(IdentifyWanted { text, currency }), 0).value;
    let Some(wanted) =
        wanted.filter(|wanted| !wanted.name.is_empty() && props.editor.0.now.rules.is_empty())
    else {
        return html! {};
    };
    let take = {
        let (editor, wanted) = (props.editor.clone(), wanted.clone());
        Callback::from(move |()| editor.dispatch(Edit::Understood(Wanted::clone(&wanted))))
    };
    html! {
        <div class="understood">
            <span class="muted">{ t!("understood") }</span><span class="name">{ wanted.name.clone() }</span>
            <ActionButton icon="check" label={t!("understood-take")} on_click={take} />
        </div>
    }
}

#[component]
fn Markets(props: &EditorProps) -> Html {
    let shell = use_shell();
    let sources = use_answer(Some(ListSources {}), shell.seen.sources).value.unwrap_or_default();
    let chosen = &props.editor.0.now.sources;
    html! {
        <>
            <div class="chips">
                { for sources.iter().filter(|source| source.enabled && matches!(source.kind, SourceKind::Market | SourceKind::Dealer)).map(|source| {
                    let (editor, key, on) = (props.editor.clone(), source.key.clone(), chosen.contains(&source.key));
                    html! { <button type="button" class="chip" aria-pressed={on.to_string()} onclick={move |_| editor.dispatch(Edit::ToggleSource(key.clone()))}>{ source.name.clone() }</button> }
                }) }
            </div>
            if chosen.is_empty() { <p class="muted">{ t!("watchlist-markets-all") }</p> }
        </>
    }
}

/// Starts a rule from the first one, or from an upper limit in the person's currency.
#[component]
fn AddRule(props: &EditorProps) -> Html {
    let shell = use_shell();
    let currency = shell.settings.as_ref().map_or("EUR", |settings| settings.currency.code());
    let editor = props.editor.clone();
    let add = Callback::from(move |()| {
        let text = format!("when landed <= 10000 {currency} then toast");
        editor.dispatch(Edit::AddRule(text));
    });
    html! {
        <>
            if props.editor.0.now.rules.is_empty() { <p class="muted">{ t!("watchlist-rules-none") }</p> }
            <ActionButton icon="plus" label={t!("add-rule")} on_click={add} />
        </>
    }
}
