//! Adding mail as a source, an account or a folder, with a test before; and an account's new password.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use watches_ipc::{
    fault::Fault,
    mail::{AddMailSource, MailPlace, MailTest, SetMailPassword, TestMailSource},
    source::Source,
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Field, Segments},
        icon::Icon,
    },
    ipc,
    router::{self, Page, Route},
    shell::{self, use_shell},
    t,
};

/// What is typed into the form.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    account: bool,
    host: String,
    port: String,
    user: String,
    password: String,
    folder: String,
    ca_file: String,
    path: String,
}

impl Default for Draft {
    fn default() -> Draft {
        let empty = String::new;
        Draft {
            account: true,
            host: empty(),
            port: "993".to_owned(),
            user: empty(),
            password: empty(),
            folder: "INBOX".to_owned(),
            ca_file: empty(),
            path: empty(),
        }
    }
}

impl Draft {
    fn is_ready(&self) -> bool {
        if !self.account {
            return !self.path.trim().is_empty();
        }
        let filled = |text: &String| !text.trim().is_empty();
        filled(&self.host) && filled(&self.user) && !self.password.is_empty()
    }

    fn place(&self) -> MailPlace {
        if !self.account {
            return MailPlace::Folder { path: self.path.trim().to_owned() };
        }
        MailPlace::Imap {
            host: self.host.trim().to_owned(),
            port: self.port.trim().parse().unwrap_or(0),
            user: self.user.trim().to_owned(),
            folder: self.folder.trim().to_owned(),
            ca_file: Some(self.ca_file.trim().to_owned()).filter(|path| !path.is_empty()),
        }
    }

    fn password(&self) -> Option<String> {
        self.account.then(|| self.password.clone())
    }
}

/// What came of a test or of adding, under the form.
type Outcome = Option<Result<MailTest, Fault>>;

#[component]
pub fn AddMail() -> Html {
    let shell = use_shell();
    let draft = use_state(Draft::default);
    let outcome = use_state(|| Outcome::None);
    let busy = use_state(|| false);
    let test = {
        let (draft, outcome, busy) = (draft.clone(), outcome.clone(), busy.clone());
        Callback::from(move |()| {
            let asked = TestMailSource { place: draft.place(), password: draft.password() };
            let (outcome, busy) = (outcome.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                outcome.set(Some(ipc::call(asked).await));
                busy.set(false);
            });
        })
    };
    let add = {
        let (draft, outcome) = (draft.clone(), outcome.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wanted = AddMailSource { place: draft.place(), password: draft.password() };
            let (shell, draft, outcome) = (shell.clone(), draft.clone(), outcome.clone());
            spawn_local(async move {
                match ipc::call(wanted).await {
                    Ok(source) => {
                        shell::say(&shell, t!("mail-added", name = source.name.clone()), None);
                        draft.set(Draft::default());
                        outcome.set(None);
                        router::go(&Route::with(Page::Sources, &source.key));
                    }
                    Err(fault) => outcome.set(Some(Err(fault))),
                }
            });
        })
    };
    let kinds = vec![
        ("account".into(), t!("mail-kind-account").into()),
        ("folder".into(), t!("mail-kind-folder").into()),
    ];
    let value = if draft.account { "account" } else { "folder" };
    let choose = change(&draft, |draft, kind: AttrValue| draft.account = kind == "account");
    html! {
        <>
            <h2 class="small-title">{ t!("mail-add") }</h2>
            <p class="muted">{ t!("mail-add-text") }</p>
            <form class="stack mail-form" onsubmit={add}>
                <Segments label={t!("mail-kind")} options={kinds} {value} on_choose={choose} />
                if draft.account { { account_fields(&draft) } } else { { folder_fields(&draft) } }
                <div class="actions">
                    <ActionButton icon="refresh-cw" class="quiet" label={t!("mail-test")} disabled={!draft.is_ready() || *busy} on_click={test} />
                    <button class="button" disabled={!draft.is_ready() || *busy}><Icon name="plus" />{ t!("add") }</button>
                </div>
                { told(&outcome) }
            </form>
        </>
    }
}

/// Changes the draft by what was typed or chosen.
fn change<T: 'static>(
    draft: &UseStateHandle<Draft>,
    edit: impl Fn(&mut Draft, T) + 'static,
) -> Callback<T> {
    let draft = draft.clone();
    Callback::from(move |typed| {
        let mut next = (*draft).clone();
        edit(&mut next, typed);
        draft.set(next);
    })
}

fn account_fields(draft: &UseStateHandle<Draft>) -> Html {
    html! {
        <>
            <Field label={t!("mail-host")} placeholder="imap.example.org" value={draft.host.clone()} on_input={change(draft, |draft, text| draft.host = text)} />
            <Field label={t!("mail-port")} value={draft.port.clone()} on_input={change(draft, |draft, text| draft.port = text)} />
            <Field label={t!("mail-user")} value={draft.user.clone()} on_input={change(draft, |draft, text| draft.user = text)} />
            <Field kind="password" label={t!("mail-password")} value={draft.password.clone()} on_input={change(draft, |draft, text| draft.password = text)} />
            <p class="muted">{ t!("mail-password-hint") }</p>
            <Field label={t!("mail-folder")} value={draft.folder.clone()} on_input={change(draft, |draft, text| draft.folder = text)} />
            <Field label={t!("mail-ca-file")} value={draft.ca_file.clone()} on_input={change(draft, |draft, text| draft.ca_file = text)} />
        </>
    }
}

fn folder_fields(draft: &UseStateHandle<Draft>) -> Html {
    html! {
        <>
            <Field label={t!("mail-path")} value={draft.path.clone()} on_input={change(draft, |draft, text| draft.path = text)} />
            <p class="muted">{ t!("mail-path-hint") }</p>
        </>
    }
}

/// What the server or the folder said, in its own words.
fn told(outcome: &Outcome) -> Html {
    match outcome {
        None => html! {},
        Some(Ok(test)) => html! {
            <p class="state well" role="status"><Icon name="check" />{ t!("mail-tested", count = test.messages) }</p>
        },
        Some(Err(fault)) => html! {
            <p class="state attention" role="alert"><Icon name="triangle-alert" />{ fault.message.clone() }</p>
        },
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub source: Rc<Source>,
}

/// A new password of an account; it is never shown again.
#[component]
pub fn Password(props: &Props) -> Html {
    let shell = use_shell();
    let password = use_state(String::new);
    let typed = password.setter();
    let save = {
        let (password, key) = (password.clone(), props.source.key.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (said, field) = (shell.clone(), password.clone());
            let kept = SetMailPassword { key: key.clone(), password: (*password).clone() };
            shell::perform(&shell, kept, move |()| {
                field.set(String::new());
                shell::say(&said, t!("mail-password-saved"), None);
            });
        })
    };
    html! {
        <form onsubmit={save} class="stack">
            <p class="muted">{ t!("mail-password-hint") }</p>
            <Field kind="password" label={t!("mail-password-new")} value={(*password).clone()} on_input={Callback::from(move |text| typed.set(text))} />
            <button class="button" disabled={password.is_empty()}><Icon name="key-round" />{ t!("mail-password-save") }</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_ready_once_its_place_is_named() {
        let mut draft = Draft::default();
        assert!(!draft.is_ready());
        draft.host = "imap.example.org ".to_owned();
        draft.user = "max".to_owned();
        draft.password = "secret".to_owned();
        assert!(draft.is_ready());
        let place = MailPlace::Imap {
            host: "imap.example.org".to_owned(),
            port: 993,
            user: "max".to_owned(),
            folder: "INBOX".to_owned(),
            ca_file: None,
        };
        assert_eq!(draft.place(), place);
        draft.account = false;
        assert!(!draft.is_ready() && draft.password().is_none());
    }
}
