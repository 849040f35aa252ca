//! Uses the tray as a panel does: finds the icon on the bus and chooses from its menu.
//!
//! Watcher and item are the freedesktop.org StatusNotifierItem interfaces, the menu is Canonical's
//! dbusmenu, which AppIndicator exports.

use std::collections::HashMap;

use anyhow::{Context, Result};
use zbus::{
    Connection, Proxy,
    zvariant::{OwnedObjectPath, OwnedValue, Structure, Value},
};

use crate::waiting::until;

/// An icon in the tray: who shows it and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayIcon {
    pub owner: String,
    path: String,
}

/// Waits for an icon that is not `known`: the first, or the one after a restart.
///
/// # Errors
/// None appears in time.
pub async fn icon(bus: &Connection, known: Option<&TrayIcon>) -> Result<TrayIcon> {
    until("an icon in the tray", || async {
        let watcher = Proxy::new(
            bus,
            "org.kde.StatusNotifierWatcher",
            "/StatusNotifierWatcher",
            "org.kde.StatusNotifierWatcher",
        )
        .await?;
        let items: Vec<String> = watcher.get_property("RegisteredStatusNotifierItems").await?;
        let icons = items.iter().filter_map(|item| {
            let (owner, path) = item.split_once('/')?;
            Some(TrayIcon { owner: owner.to_owned(), path: format!("/{path}") })
        });
        Ok(icons.into_iter().find(|icon| Some(icon) != known))
    })
    .await
}

impl TrayIcon {
    /// The labels of the menu, top to bottom, without separators.
    ///
    /// # Errors
    /// The icon has no menu.
    pub async fn labels(&self, bus: &Connection) -> Result<Vec<String>> {
        Ok(self.entries(bus).await?.into_iter().map(|(_, label)| label).collect())
    }

    /// Waits for the entry called `label` and chooses it.
    ///
    /// # Errors
    /// There is no such entry.
    pub async fn choose(&self, bus: &Connection, label: &str) -> Result<()> {
        let id = until(&format!("`{label}` in the tray's menu"), || async {
            let entries = self.entries(bus).await?;
            Ok(entries.into_iter().find(|(_, text)| text == label).map(|(id, _)| id))
        })
        .await?;
        let menu = self.menu(bus).await?;
        menu.call_method("Event", &(id, "clicked", Value::from(0_i32), 0_u32)).await?;
        Ok(())
    }

    /// The file or name of the icon shown now.
    ///
    /// # Errors
    /// The icon is gone.
    pub async fn picture(&self, bus: &Connection) -> Result<String> {
        Ok(self.item(bus).await?.get_property("IconName").await?)
    }

    async fn item<'a>(&'a self, bus: &Connection) -> Result<Proxy<'a>> {
        let interface = "org.kde.StatusNotifierItem";
        Ok(Proxy::new(bus, self.owner.as_str(), self.path.as_str(), interface).await?)
    }

    async fn menu(&self, bus: &Connection) -> Result<Proxy<'static>> {
        let path: OwnedObjectPath = self.item(bus).await?.get_property("Menu").await?;
        Ok(Proxy::new(bus, self.owner.clone(), path, "com.canonical.dbusmenu").await?)
    }

    async fn entries(&self, bus: &Connection) -> Result<Vec<(i32, String)>> {
        type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let menu = self.menu(bus).await?;
        let all: Vec<&str> = Vec::new();
        let (_revision, root): (u32, Entry) = menu.call("GetLayout", &(0_i32, -1_i32, all)).await?;
        root.2.into_iter().map(|entry| labelled(&entry)).filter_map(Result::transpose).collect()
    }
}

/// Id and label of an entry; `None` for a separator.
fn labelled(entry: &OwnedValue) -> Result<Option<(i32, String)>> {
    let entry: &Structure<'_> = entry.downcast_ref().context("an entry is a structure")?;
    let [Value::I32(id), Value::Dict(properties), ..] = entry.fields() else {
        anyhow::bail!("an entry is an id with properties");
    };
    let label: Option<String> = properties.get(&"label")?;
    Ok(label.map(|label| (*id, label.replace('_', ""))))
}
