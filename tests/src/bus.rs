//! Reads the notifications that any program of the session sends.

use anyhow::{Context, Result};
use futures_util::StreamExt;
use zbus::{
    MatchRule, MessageStream, connection, fdo::MonitoringProxy, message::Type, zvariant::OwnedValue,
};

use crate::{session::Session, waiting::within};

/// One notification as it went over the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub app: String,
    pub title: String,
    pub body: String,
}

/// A monitor of `org.freedesktop.Notifications.Notify`.
#[derive(Debug)]
pub struct Notifications {
    calls: MessageStream,
}

impl Notifications {
    /// Begins to listen; what was sent earlier is not seen.
    ///
    /// # Errors
    /// The bus refuses a monitor.
    pub async fn listen(session: &Session) -> Result<Notifications> {
        let address = session.vars.iter().find(|(name, _)| name == "DBUS_SESSION_BUS_ADDRESS");
        let (_, address) = address.context("the session has a bus")?;
        let bus = connection::Builder::address(address.as_str())?.build().await?;
        let rule = MatchRule::builder()
            .msg_type(Type::MethodCall)
            .interface("org.freedesktop.Notifications")?
            .member("Notify")?
            .build();
        MonitoringProxy::new(&bus).await?.become_monitor(&[rule], 0).await?;
        Ok(Notifications { calls: MessageStream::from(&bus) })
    }

    /// The next notification that `wanted` accepts.
    ///
    /// # Errors
    /// None came in time.
    pub async fn next(
        &mut self,
        what: &str,
        wanted: impl Fn(&Notification) -> bool,
    ) -> Result<Notification> {
        within(what, async {
            loop {
                let call = self.calls.next().await.context("the bus is gone")??;
                let is_call = call.header().member().is_some_and(|member| member == "Notify");
                if let Some(notification) = is_call.then(|| read(&call)).flatten()
                    && wanted(&notification)
                {
                    return Ok(notification);
                }
            }
        })
        .await
    }
}

type NotifyArguments = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    std::collections::HashMap<String, OwnedValue>,
    i32,
);

fn read(call: &zbus::Message) -> Option<Notification> {
    let (app, _replaces, _icon, title, body, _actions, _hints, _timeout) =
        call.body().deserialize::<NotifyArguments>().ok()?;
    Some(Notification { app, title, body })
}
