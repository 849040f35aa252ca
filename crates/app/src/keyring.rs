//! eBay's Browse API keys and mail passwords in the operating system's keyring: never in the database,
//! never in a log.
//!
//! The keyring may ask the person for a password, so every call runs off the async threads. Without a
//! keyring (no session bus, a locked collection) each call fails with a sentence, and eBay is read
//! from its pages instead.

use serde::{Deserialize, Serialize};
use watches_ipc::source::SetEbayKeys;

const SERVICE: &str = "fyi.watches.desktop";

/// Whose keys: those of the demo market are kept apart, so that real ones never reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    Ebay,
    DemoEbay,
}

impl Account {
    fn name(self) -> &'static str {
        match self {
            Account::Ebay => "ebay-browse-api",
            Account::DemoEbay => "demo-ebay-browse-api",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    #[error("the system's keyring did not answer; is it unlocked?")]
    Unavailable(#[source] keyring::Error),
    #[error("the keyring holds something that is not eBay keys")]
    Unreadable(#[source] serde_json::Error),
    #[error("the question to the keyring was cut off")]
    Interrupted,
}

/// The two halves of eBay's application key.
#[derive(Clone, Serialize, Deserialize)]
pub struct EbayKeys {
    pub client_id: String,
    pub client_secret: String,
}

impl std::fmt::Debug for EbayKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EbayKeys { *** }")
    }
}

/// Keeps the keys; empty ones delete what was kept.
///
/// # Errors
/// When the keyring cannot be reached.
pub async fn keep(account: Account, keys: SetEbayKeys) -> Result<(), KeyringError> {
    let work = move || {
        let entry = entry(account)?;
        if keys.client_id.is_empty() && keys.client_secret.is_empty() {
            return match entry.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(KeyringError::Unavailable(error)),
            };
        }
        let kept = EbayKeys { client_id: keys.client_id, client_secret: keys.client_secret };
        let text = serde_json::to_string(&kept).map_err(KeyringError::Unreadable)?;
        entry.set_password(&text).map_err(KeyringError::Unavailable)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| KeyringError::Interrupted)?
}

/// The kept keys, if there are any.
///
/// # Errors
/// When the keyring cannot be reached or holds something else.
pub async fn read(account: Account) -> Result<Option<EbayKeys>, KeyringError> {
    let work = move || match entry(account)?.get_password() {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(KeyringError::Unreadable),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(KeyringError::Unavailable(error)),
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| KeyringError::Interrupted)?
}

/// Keeps the password of a mail source under its key.
///
/// # Errors
/// When the keyring cannot be reached.
pub async fn keep_password(source: &str, password: String) -> Result<(), KeyringError> {
    let name = source.to_owned();
    let work = move || named(&name)?.set_password(&password).map_err(KeyringError::Unavailable);
    tokio::task::spawn_blocking(work).await.map_err(|_| KeyringError::Interrupted)?
}

/// The password of a mail source, if one is kept.
///
/// # Errors
/// When the keyring cannot be reached.
pub async fn password(source: &str) -> Result<Option<String>, KeyringError> {
    let name = source.to_owned();
    let work = move || match named(&name)?.get_password() {
        Ok(password) => Ok(Some(password)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(KeyringError::Unavailable(error)),
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| KeyringError::Interrupted)?
}

/// Deletes the password of a mail source.
///
/// # Errors
/// When the keyring cannot be reached.
pub async fn forget_password(source: &str) -> Result<(), KeyringError> {
    let name = source.to_owned();
    let work = move || match named(&name)?.delete_credential() {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(error) => Err(KeyringError::Unavailable(error)),
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| KeyringError::Interrupted)?
}

fn entry(account: Account) -> Result<keyring::Entry, KeyringError> {
    named(account.name())
}

fn named(name: &str) -> Result<keyring::Entry, KeyringError> {
    keyring::Entry::new(SERVICE, name).map_err(KeyringError::Unavailable)
}
