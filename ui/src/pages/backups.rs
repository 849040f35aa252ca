//! The data folder and its backups: where, how large, back up now, put one back.

use watches_ipc::settings::{
    BackUpNow, Backup, DataFolder, GetDataFolder, OpenDataFolder, RestoreBackup,
};
use yew::prelude::*;

use crate::{
    components::{controls::ActionButton, fault::FaultBox, states::Loading, words::Ago},
    format,
    pages::settings::Row,
    shell::{self, use_answer, use_shell},
    t,
};

#[component]
pub fn DataSection() -> Html {
    let shell = use_shell();
    let again = use_state(|| 0_u32);
    let answer = use_answer(Some(GetDataFolder {}), *again + shell.seen.settings);
    let changed = {
        let again = again.clone();
        Callback::from(move |()| again.set(*again + 1))
    };
    match (answer.value, answer.fault) {
        (Some(folder), _) => html! { <Folder folder={(*folder).clone()} {changed} /> },
        (None, Some(fault)) => html! { <FaultBox {fault} /> },
        (None, None) => html! { <Loading rows={2} /> },
    }
}

#[derive(Properties, PartialEq)]
struct FolderProps {
    folder: DataFolder,
    changed: Callback<()>,
}

#[component]
fn Folder(props: &FolderProps) -> Html {
    let shell = use_shell();
    let open = {
        let shell = shell.clone();
        Callback::from(move |()| shell::perform(&shell, OpenDataFolder {}, |()| {}))
    };
    let back_up = {
        let (shell, changed) = (shell.clone(), props.changed.clone());
        Callback::from(move |()| {
            let (said, changed) = (shell.clone(), changed.clone());
            shell::perform(&shell, BackUpNow {}, move |backup: Backup| {
                shell::say(&said, t!("backed-up", size = format::bytes(backup.bytes)), None);
                changed.emit(());
            });
        })
    };
    html! {
        <div class="form-rows">
            <Row name={t!("data-folder", size = format::bytes(props.folder.bytes))} hint={props.folder.path.clone()}>
                <ActionButton icon="folder" label={t!("data-open")} on_click={open} />
            </Row>
            <Row name={t!("backups")} hint={t!("backups-hint")}>
                <ActionButton icon="history" label={t!("back-up-now")} on_click={back_up} />
            </Row>
            <ul class="backups" aria-label={t!("backups")}>
                { for props.folder.backups.iter().map(|backup| html! { <li><BackupLine backup={backup.clone()} changed={props.changed.clone()} /></li> }) }
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    backup: Backup,
    changed: Callback<()>,
}

/// Putting one back replaces the store, so it first says in its own place what will happen; what is
/// there now is backed up before, so it can be taken back the same way.
#[component]
fn BackupLine(props: &LineProps) -> Html {
    let shell = use_shell();
    let sure = use_state(|| false);
    let restore = {
        let shell = shell.clone();
        let (path, at) = (props.backup.path.clone(), props.backup.at);
        let (changed, sure) = (props.changed.clone(), sure.clone());
        Callback::from(move |()| {
            sure.set(false);
            let (said, changed, when) = (shell.clone(), changed.clone(), format::medium_date(at));
            shell::perform(&shell, RestoreBackup { path: path.clone() }, move |()| {
                shell::say(&said, t!("restored", when = when), None);
                changed.emit(());
            });
        })
    };
    let ask = |whether: bool| {
        let sure = sure.clone();
        Callback::from(move |()| sure.set(whether))
    };
    html! {
        <>
            <span>{ format::medium_date(props.backup.at) }</span><span class="muted"><Ago at={props.backup.at} /></span>
            <span class="muted">{ format::bytes(props.backup.bytes) }</span>
            if *sure {
                <p class="restore-ask" role="alert">{ t!("restore-explained", when = format::medium_date(props.backup.at)) }</p>
                <div class="actions restore-ask">
                    <ActionButton icon="undo-2" class="primary" label={t!("restore-sure")} on_click={restore} />
                    <ActionButton icon="x" class="quiet" label={t!("cancel")} on_click={ask(false)} />
                </div>
            } else {
                <ActionButton icon="undo-2" class="quiet" label={t!("restore")} on_click={ask(true)} />
            }
        </>
    }
}
