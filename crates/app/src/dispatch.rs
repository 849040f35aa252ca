//! A command by its name on the wire, with its arguments as JSON: what `watches serve` calls.
//!
//! One line per ipc command; a test holds this table against `ipc::command_names`.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use watches_ipc::{
    Command,
    alert::{ListAlerts, MarkAlerts, MuteRule},
    fault::{Fault, FaultCode},
    listing::{DismissListing, GetListing, ImportPage, ListListings, OpenListing},
    mail::{
        AddMailSource, DeleteQuarantined, ImportMail, ListQuarantine, RereadMail,
        RestoreMailSource, SetMailPassword, TestMailSource,
    },
    page::{FollowPage, ReadPage, TakeBackPage},
    polling::{CancelPoll, GetStatus, PausePolling, PollNow},
    settings::{
        BackUpNow, GetDataFolder, GetSettings, OpenDataFolder, RememberWindow, RestoreBackup,
        SaveSettings,
    },
    source::{
        AddDealer, ChangeSource, ChooseWay, ListSources, RemoveSource, ResolveNeedsYou, SetEbayKeys,
    },
    watchlist::{
        CompleteRuleValue, DeleteWatchlist, IdentifyWanted, ListWatchlists, PreviewRule,
        RestoreWatchlist, SaveWatchlist,
    },
};

use crate::App;

macro_rules! table {
    ($($command:ident => $method:ident,)*) => {
        impl App {
            /// Runs the command called `name`. The answer comes after the commit.
            ///
            /// # Errors
            /// `bad_request` for an unknown name or arguments of another form; else the command's own.
            pub async fn dispatch(&self, name: &str, args: Value) -> Result<Value, Fault> {
                match name {
                    $($command::NAME => write(self.$method(read::<$command>(args)?).await?),)*
                    unknown => {
                        let message = format!("there is no command `{unknown}`");
                        Err(Fault::new(FaultCode::BadRequest, message))
                    }
                }
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($command::NAME,)*];
    };
}

table! {
    ListAlerts => list_alerts,
    MarkAlerts => mark_alerts,
    MuteRule => mute_rule,
    ListListings => list_listings,
    GetListing => get_listing,
    DismissListing => dismiss_listing,
    OpenListing => open_listing,
    ImportPage => import_page,
    ReadPage => read_page,
    FollowPage => follow_page,
    TakeBackPage => take_back_page,
    ImportMail => import_mail,
    AddMailSource => add_mail_source,
    TestMailSource => test_mail_source,
    SetMailPassword => set_mail_password,
    RestoreMailSource => restore_mail_source,
    ListQuarantine => list_quarantine,
    RereadMail => reread_mail,
    DeleteQuarantined => delete_quarantined,
    PollNow => poll_now,
    CancelPoll => cancel_poll,
    PausePolling => pause_polling,
    GetStatus => get_status,
    GetSettings => get_settings,
    SaveSettings => save_settings,
    RememberWindow => remember_window,
    GetDataFolder => get_data_folder,
    OpenDataFolder => open_data_folder,
    BackUpNow => back_up_now,
    RestoreBackup => restore_backup,
    ListSources => list_sources,
    ChangeSource => change_source,
    ChooseWay => choose_way,
    AddDealer => add_dealer,
    RemoveSource => remove_source,
    ResolveNeedsYou => resolve_needs_you,
    SetEbayKeys => set_ebay_keys,
    ListWatchlists => list_watchlists,
    SaveWatchlist => save_watchlist,
    DeleteWatchlist => delete_watchlist,
    RestoreWatchlist => restore_watchlist,
    PreviewRule => preview_rule,
    IdentifyWanted => identify_wanted,
    CompleteRuleValue => complete_rule_value,
}

/// A command without arguments may be sent as `null` or left out.
pub(crate) fn read<T: DeserializeOwned>(args: Value) -> Result<T, Fault> {
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    serde_json::from_value(args)
        .map_err(|error| Fault::new(FaultCode::BadRequest, format!("the arguments: {error}")))
}

pub(crate) fn write(reply: impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(reply)
        .map_err(|error| Fault::new(FaultCode::Internal, format!("the answer: {error}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_is_in_the_table() {
        let ours: BTreeSet<_> = NAMES.iter().copied().collect();
        assert_eq!(ours, watches_ipc::command_names().collect::<BTreeSet<_>>());
    }
}
