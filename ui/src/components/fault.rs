//! A failure, where the thing would be: what happened, what was kept, what to do.

use watches_ipc::fault::{Fault, FaultCode};
use yew::prelude::*;

use crate::{components::icon::Icon, t};

/// One sentence for people, by code; the app's own sentence where it says more than we could.
pub fn fault_text(fault: &Fault) -> String {
    match fault.code {
        FaultCode::Offline => t!("fault-offline"),
        FaultCode::DiskFull => t!("fault-disk-full"),
        FaultCode::StoreTooNew => t!("fault-store-too-new"),
        FaultCode::StoreCorrupt => t!("fault-store-corrupt"),
        FaultCode::NeedsYou => t!("fault-needs-you"),
        FaultCode::Busy => t!("fault-busy"),
        FaultCode::NotFound => t!("fault-not-found"),
        FaultCode::BadRequest | FaultCode::BadRule | FaultCode::BadFile | FaultCode::Internal => {
            fault.message.clone()
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub fault: Fault,
    #[prop_or_default]
    pub retry: Option<Callback<()>>,
}

#[component]
pub fn FaultBox(props: &Props) -> Html {
    let retry = props.retry.clone();
    html! {
        <div class="blank" role="alert">
            <Icon name="triangle-alert" class="blank-icon" />
            <p class="blank-title">{ t!("fault-title") }</p>
            <p class="blank-text">{ fault_text(&props.fault) }</p>
            <p class="blank-text">{ t!("fault-kept") }</p>
            if let Some(retry) = retry {
                <button class="button" onclick={move |_| retry.emit(())}>{ t!("try-again") }</button>
            }
        </div>
    }
}
