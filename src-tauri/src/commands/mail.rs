//! The window's commands about mail: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    listing::ImportReport,
    mail::{
        AddMailSource, DeleteQuarantined, ImportMail, ListQuarantine, MailTest, QuarantinedMail,
        RereadMail, RereadReport, RestoreMailSource, SetMailPassword, TestMailSource,
    },
    source::Source,
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn add_mail_source(
    desktop: State<'_, Desktop>,
    args: AddMailSource,
) -> Result<Source, Fault> {
    desktop.app().await?.add_mail_source(args).await
}

#[tauri::command]
pub(crate) async fn test_mail_source(
    desktop: State<'_, Desktop>,
    args: TestMailSource,
) -> Result<MailTest, Fault> {
    desktop.app().await?.test_mail_source(args).await
}

#[tauri::command]
pub(crate) async fn set_mail_password(
    desktop: State<'_, Desktop>,
    args: SetMailPassword,
) -> Result<(), Fault> {
    desktop.app().await?.set_mail_password(args).await
}

#[tauri::command]
pub(crate) async fn restore_mail_source(
    desktop: State<'_, Desktop>,
    args: RestoreMailSource,
) -> Result<Source, Fault> {
    desktop.app().await?.restore_mail_source(args).await
}

#[tauri::command]
pub(crate) async fn import_mail(
    desktop: State<'_, Desktop>,
    args: ImportMail,
) -> Result<ImportReport, Fault> {
    desktop.app().await?.import_mail(args).await
}

#[tauri::command]
pub(crate) async fn list_quarantine(
    desktop: State<'_, Desktop>,
    args: ListQuarantine,
) -> Result<Vec<QuarantinedMail>, Fault> {
    desktop.app().await?.list_quarantine(args).await
}

#[tauri::command]
pub(crate) async fn reread_mail(
    desktop: State<'_, Desktop>,
    args: RereadMail,
) -> Result<RereadReport, Fault> {
    desktop.app().await?.reread_mail(args).await
}

#[tauri::command]
pub(crate) async fn delete_quarantined(
    desktop: State<'_, Desktop>,
    args: DeleteQuarantined,
) -> Result<(), Fault> {
    desktop.app().await?.delete_quarantined(args).await
}
