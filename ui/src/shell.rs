//! What every page shares: the frame's state, asking the app, saying what was done.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use watches_ipc::{
    Command,
    fault::Fault,
    listing::DismissListing,
    page::{FollowPage, TakeBackPage},
    source::{AddDealer, ChangeSource, Source, SourceKind},
};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    components::fault::fault_text,
    ipc, router,
    router::Route,
    state::{
        memory::Memory,
        shell::{Action, Shell},
        toasts::{Tone, Undo},
    },
    t, usable,
};

/// The reducer's own type: `state` stays free of Yew.
#[derive(Debug, Clone, PartialEq)]
pub struct ShellState(pub Shell);

impl Reducible for ShellState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(ShellState(self.0.apply(action)))
    }
}

impl std::ops::Deref for ShellState {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.0
    }
}

pub type ShellHandle = UseReducerHandle<ShellState>;

#[hook]
pub fn use_shell() -> ShellHandle {
    use_context::<ShellHandle>().expect("App provides the shell around every page")
}

/// An answer as a page shows it: the last one that came, and why the newest did not.
#[derive(Debug, PartialEq)]
pub struct Answer<T> {
    pub value: Option<Rc<T>>,
    pub fault: Option<Fault>,
}

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Answer<T> {
        Answer { value: self.value.clone(), fault: self.fault.clone() }
    }
}

/// Asks `command` now and whenever it or `revision` changes; `None` asks nothing.
/// The old answer stays until the new one is here; late answers are dropped.
#[hook]
pub fn use_answer<C>(command: Option<C>, revision: u32) -> Answer<C::Reply>
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: 'static,
{
    let answer = use_state(|| Answer { value: None, fault: None });
    let newest = use_mut_ref(|| 0_u32);
    {
        let answer = answer.clone();
        use_effect_with((command, revision), move |(command, _)| {
            *newest.borrow_mut() += 1;
            let serial = *newest.borrow();
            if let Some(command) = command.clone() {
                let before = answer.value.clone();
                spawn_local(async move {
                    let reply = ipc::call(command).await;
                    if *newest.borrow() == serial {
                        answer.set(match reply {
                            Ok(value) => {
                                usable::mark();
                                Answer { value: Some(Rc::new(value)), fault: None }
                            }
                            Err(fault) => Answer { value: before, fault: Some(fault) },
                        });
                    }
                });
            } else {
                answer.set(Answer { value: None, fault: None });
            }
        });
    }
    (*answer).clone()
}

/// Sends a command; a failure becomes a line at the foot of the window.
pub fn perform<C: Command + 'static>(
    shell: &ShellHandle,
    command: C,
    done: impl FnOnce(C::Reply) + 'static,
) {
    let shell = shell.clone();
    spawn_local(async move {
        match ipc::call(command).await {
            Ok(reply) => done(reply),
            Err(fault) => say_failed(&shell, &fault),
        }
    });
}

/// Says what could not be done, and why.
pub fn say_failed(shell: &ShellHandle, fault: &Fault) {
    shell.dispatch(Action::Say(fault_text(fault), Tone::Failed, None));
}

/// Says what was done, with its way back.
pub fn say(shell: &ShellHandle, text: String, undo: Option<Undo>) {
    shell.dispatch(Action::Say(text, Tone::Done, undo));
}

/// Takes a deed back.
pub fn undo(shell: &ShellHandle, serial: u32, undo: Undo) {
    use watches_ipc::{alert, mail, watchlist};
    shell.dispatch(Action::DropToast(serial));
    match undo {
        Undo::Dismiss(id, dismissed) => {
            perform(shell, DismissListing { id, dismissed }, |()| {});
        }
        Undo::Delete(id) => perform(shell, watchlist::RestoreWatchlist { id }, |()| {}),
        Undo::Mark(ids, mark) => perform(shell, alert::MarkAlerts { ids, mark }, |()| {}),
        Undo::Mute(rule, until) => perform(shell, alert::MuteRule { rule, until }, |()| {}),
        Undo::FollowPage(key) => {
            let said = shell.clone();
            perform(shell, TakeBackPage { key }, move |()| {
                say(&said, t!("page-taken-back"), None);
                router::go(&Route::to(router::Page::Sources));
            });
        }
        Undo::RemoveDealer(dealer) => add_again(shell, *dealer),
        Undo::RemoveMail(key) => perform(shell, mail::RestoreMailSource { key }, |source| {
            router::go(&Route::with(router::Page::Sources, &source.key));
        }),
        Undo::DeleteMail(id) => {
            perform(shell, mail::DeleteQuarantined { id, deleted: false }, |()| {});
        }
    }
}

/// A removed dealer or page by its address and name, then its switch and budget. Its listings were kept.
fn add_again(shell: &ShellHandle, dealer: Source) {
    if dealer.kind == SourceKind::Page {
        let follow = FollowPage { url: dealer.address, ..FollowPage::default() };
        return perform(shell, follow, |followed| {
            router::go(&Route::with(router::Page::Sources, &followed.source.key));
        });
    }
    let add = AddDealer { url: dealer.address.clone(), name: Some(dealer.name.clone()) };
    let then = shell.clone();
    perform(shell, add, move |added| {
        let as_before = ChangeSource {
            key: added.key.clone(),
            enabled: Some(dealer.enabled),
            daily_budget: Some(dealer.daily_budget),
        };
        perform(&then, as_before, |()| {});
        router::go(&Route::with(router::Page::Sources, &added.key));
    });
}

/// Undoes the newest deed that can be.
pub fn undo_newest(shell: &ShellHandle) {
    match shell.toasts.newest_undo() {
        Some((serial, newest)) => undo(shell, serial, newest),
        None => say(shell, t!("nothing-to-undo"), None),
    }
}

/// Changes what the window remembers.
pub fn remember(shell: &ShellHandle, change: impl FnOnce(&mut Memory)) {
    let mut memory = shell.memory.clone();
    change(&mut memory);
    if memory != shell.memory {
        shell.dispatch(Action::Remember(memory));
    }
}

/// Goes where a page was left.
pub fn open_page(shell: &ShellHandle, page: router::Page) {
    router::go(&shell.memory.route_to(page));
}

/// How long a chosen thing that no list knows is waited for, in milliseconds: what was just added
/// is in the list only after the list is read again.
const PATIENCE: u32 = 600;

/// On a wide window something is always open on a page: `first`, when nothing known is chosen.
#[hook]
pub fn use_first(page: router::Page, first: Option<String>, open: bool) {
    let shell = use_shell();
    let wanted = first.filter(|_| shell.route.page == page && !open && is_wide());
    use_effect_with((wanted, shell.route.chosen.clone()), move |(wanted, chosen)| {
        let patience = if chosen.is_some() { PATIENCE } else { 0 };
        let timer = wanted
            .clone()
            .map(|first| Timeout::new(patience, move || router::go(&Route::with(page, first))));
        move || drop(timer)
    });
}

/// Shows the listings that answer `words`, whatever was filtered before.
pub fn find_listings(shell: &ShellHandle, words: String) {
    remember(shell, |memory| {
        memory.filter = watches_ipc::listing::ListingFilter { text: words, ..Default::default() };
    });
    router::go(&Route::to(router::Page::Listings));
}

pub fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // A hidden element refuses the focus; it then stays where it was.
        element.focus().unwrap_or_default();
    }
}

/// Whether the window shows list and detail side by side.
pub fn is_wide() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok());
    width.and_then(|width| width.as_f64()).is_some_and(|width| width >= 600.0)
}

/// Whether the address already names a page.
pub fn hash_is_set() -> bool {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.is_some_and(|hash| hash.len() > 2)
}
