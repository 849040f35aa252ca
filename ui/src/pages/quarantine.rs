//! The mails of a source that nobody could read: who sent them, why, read again, delete with a way back.

use std::rc::Rc;

use watches_ipc::{
    mail::{DeleteQuarantined, ListQuarantine, QuarantinedMail, RereadMail, RereadReport},
    source::{Source, SourceKind},
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, IconButton},
        detail_parts::Section,
        words::Ago,
    },
    shell::{self, ShellHandle, use_answer, use_shell},
    state::toasts::Undo,
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub source: Rc<Source>,
}

#[component]
pub fn Quarantine(props: &Props) -> Html {
    let shell = use_shell();
    let all = use_answer(Some(ListQuarantine {}), shell.seen.sources).value.unwrap_or_default();
    let own: Vec<QuarantinedMail> =
        all.iter().filter(|mail| mail.source == props.source.key).cloned().collect();
    // Files say nothing about mail until one was dropped.
    if own.is_empty() && props.source.kind != SourceKind::Mail {
        return html! {};
    }
    let reread = {
        let shell = shell.clone();
        Callback::from(move |()| read_again(&shell, None))
    };
    html! {
        <Section title={t!("quarantine")}>
            if own.is_empty() {
                <p class="muted">{ t!("quarantine-none") }</p>
            } else {
                <p class="muted">{ t!("quarantine-text") }</p>
                <ul class="quarantine" aria-label={t!("quarantine")}>{ for own.iter().map(|mail| html! { <li key={mail.id.clone()}><Line mail={mail.clone()} /></li> }) }</ul>
                if own.len() > 1 { <ActionButton icon="refresh-cw" class="quiet" label={t!("quarantine-reread-all")} on_click={reread} /> }
            }
        </Section>
    }
}

fn read_again(shell: &ShellHandle, id: Option<String>) {
    let said = shell.clone();
    shell::perform(shell, RereadMail { id }, move |report: RereadReport| {
        let text = match report.read {
            0 => t!("quarantine-still"),
            _ => t!("quarantine-read", listings = report.listings),
        };
        shell::say(&said, text, None);
    });
}

#[derive(Properties, PartialEq)]
struct LineProps {
    mail: QuarantinedMail,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let shell = use_shell();
    let mail = &props.mail;
    let reread = {
        let (shell, id) = (shell.clone(), mail.id.clone());
        Callback::from(move |()| read_again(&shell, Some(id.clone())))
    };
    let delete = {
        let (shell, id) = (shell.clone(), mail.id.clone());
        Callback::from(move |()| {
            let (said, undone) = (shell.clone(), id.clone());
            let gone = DeleteQuarantined { id: id.clone(), deleted: true };
            shell::perform(&shell, gone, move |()| {
                shell::say(&said, t!("quarantine-deleted"), Some(Undo::DeleteMail(undone)));
            });
        })
    };
    html! {
        <>
            <span class="quarantine-words">
                <span>{ mail.subject.clone() }</span>
                <span class="muted">{ mail.sender.clone() }{ " · " }<Ago at={mail.sent_at.unwrap_or(mail.taken_at)} /></span>
                <span class="muted">{ mail.why.clone() }</span>
            </span>
            <IconButton icon="refresh-cw" label={t!("quarantine-reread")} disabled={!mail.kept} on_click={reread} />
            <IconButton icon="trash-2" label={t!("quarantine-delete")} on_click={delete} />
        </>
    }
}
