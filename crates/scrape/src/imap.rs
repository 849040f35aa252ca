//! New messages of a mail account over IMAP and TLS: where the last look ended goes in, messages come out.
//!
//! Called by `app::mail`. The folder is opened read-only and nothing is marked as read. Only the headers of
//! all messages are asked for; a message is fetched whole when its sender speaks of a market, so private mail
//! stays on its server. Always TLS from the first byte (RFC 8314), against the system's root certificates and,
//! where the person names one, a certificate of their own server.

mod tls;

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use async_imap::{Session, types::Fetch};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::mail;

/// Longer than this no step of a look takes.
const PATIENCE: Duration = Duration::from_secs(45);

/// A goodbye is not worth more.
const GOODBYE: Duration = Duration::from_secs(5);

/// Messages whose headers one look asks for; the rest waits for the next one.
pub const AT_ONCE: usize = 300;

/// Whole messages in one request.
const BATCH: usize = 20;

/// Where an account is.
#[derive(Clone)]
pub struct Account {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: String,
    pub folder: String,
    /// PEM file of a root certificate beside the system's.
    pub ca_file: Option<PathBuf>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}@{}:{}/{})", self.user, self.host, self.port, self.folder)
    }
}

/// Up to where a folder was read. UIDs only count as long as the folder's validity stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub validity: u32,
    pub uid: u32,
}

/// What a look brought.
#[derive(Debug, Default)]
pub struct Look {
    /// Whole messages that speak of a market, oldest first.
    pub messages: Vec<Vec<u8>>,
    /// Up to where the folder is now read; `None` for one that has never held a message.
    pub position: Option<Position>,
    /// There is more; look again soon.
    pub more: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    #[error("{host} cannot be reached")]
    Unreachable { host: String, source: std::io::Error },
    #[error("{host} shows no certificate that this computer trusts")]
    Certificate { host: String, source: std::io::Error },
    #[error("the certificate file {} cannot be read", path.display())]
    CaFile { path: PathBuf, source: tls::BadFile },
    #[error("`{0}` is not the name of a mail server")]
    BadHost(String),
    #[error("the mail server refuses user name or password: {0}")]
    Refused(String),
    #[error("the mail server has no folder `{folder}`: {answer}")]
    NoFolder { folder: String, answer: String },
    #[error("the mail server took too long")]
    TooSlow,
    #[error("the mail server answered something unexpected")]
    Protocol(#[source] async_imap::error::Error),
}

impl ImapError {
    /// Only the person can put it right; trying again changes nothing.
    pub fn needs_person(&self) -> bool {
        match self {
            ImapError::Certificate { .. }
            | ImapError::CaFile { .. }
            | ImapError::BadHost(_)
            | ImapError::Refused(_)
            | ImapError::NoFolder { .. } => true,
            ImapError::Unreachable { .. } | ImapError::TooSlow | ImapError::Protocol(_) => false,
        }
    }
}

type Connection = Session<TlsStream<TcpStream>>;

/// Logs in, opens the folder and answers how many messages it holds.
///
/// # Errors
/// Whatever keeps the account from being read.
pub async fn probe(account: &Account) -> Result<u32, ImapError> {
    patiently(async {
        let (session, folder) = open(account).await?;
        close(session).await;
        Ok(folder.exists)
    })
    .await
}

/// What came since `position`; without one the newest [`AT_ONCE`] messages.
///
/// # Errors
/// Whatever keeps the account from being read.
pub async fn look(account: &Account, position: Option<Position>) -> Result<Look, ImapError> {
    let (mut session, folder) = patiently(open(account)).await?;
    let validity = folder.uid_validity.unwrap_or(0);
    // UIDs of another validity name other messages.
    let known = position.filter(|position| position.validity == validity);
    let after = known.map_or(0, |position| position.uid);
    let mut uids = patiently(uids_after(&mut session, after, folder.exists)).await?;
    let mut look = Look { position: known, ..Look::default() };
    if known.is_some() {
        look.more = uids.len() > AT_ONCE;
        uids = uids.into_iter().take(AT_ONCE).collect();
    } else {
        let skipped = uids.len().saturating_sub(AT_ONCE);
        uids = uids.into_iter().skip(skipped).collect();
    }
    let Some(last) = uids.last().copied() else {
        close(session).await;
        // An empty folder is read to its end too: what comes next is new.
        let end = folder.uid_next.map(|next| next.saturating_sub(1));
        let end = end.map(|uid| Position { validity, uid: uid.max(after) });
        look.position = look.position.or(end);
        return Ok(look);
    };
    let wanted = patiently(worth_reading(&mut session, &uids)).await?;
    let uids: Vec<u32> = wanted.whole.into_iter().collect();
    for batch in uids.chunks(BATCH) {
        let fetched = patiently(whole(&mut session, batch)).await?;
        look.messages.extend(fetched);
    }
    look.messages.extend(wanted.headers_only);
    look.position = Some(Position { validity, uid: last });
    close(session).await;
    Ok(look)
}

async fn patiently<T>(work: impl Future<Output = Result<T, ImapError>>) -> Result<T, ImapError> {
    tokio::time::timeout(PATIENCE, work).await.map_err(|_late| ImapError::TooSlow)?
}

async fn open(account: &Account) -> Result<(Connection, async_imap::types::Mailbox), ImapError> {
    let host = || account.host.clone();
    let connector = tls::connector(account.ca_file.as_deref())?;
    let name = tokio_rustls::rustls::pki_types::ServerName::try_from(host())
        .map_err(|_not_a_name| ImapError::BadHost(host()))?;
    let stream = TcpStream::connect((account.host.as_str(), account.port))
        .await
        .map_err(|source| ImapError::Unreachable { host: host(), source })?;
    let stream = connector.connect(name, stream).await.map_err(|source| {
        // Rustls reports what it refuses as invalid data; anything else is the network.
        match source.kind() {
            std::io::ErrorKind::InvalidData => ImapError::Certificate { host: host(), source },
            _ => ImapError::Unreachable { host: host(), source },
        }
    })?;
    let mut client = async_imap::Client::new(stream);
    let greeting = client.read_response().await;
    let greeting = greeting.map_err(|source| ImapError::Protocol(source.into()))?;
    if greeting.is_none() {
        return Err(ImapError::Protocol(async_imap::error::Error::ConnectionLost));
    }
    let login = client.login(&account.user, &account.password).await;
    let mut session = login.map_err(|(error, _client)| match error {
        async_imap::error::Error::No(answer) => ImapError::Refused(short(&answer)),
        other => ImapError::Protocol(other),
    })?;
    let folder = session.examine(&account.folder).await.map_err(|error| match error {
        async_imap::error::Error::No(answer) => {
            ImapError::NoFolder { folder: account.folder.clone(), answer: short(&answer) }
        }
        other => ImapError::Protocol(other),
    })?;
    Ok((session, folder))
}

/// A server's sentence, without the form around it.
fn short(answer: &str) -> String {
    let inside =
        answer.split("information: Some(\"").nth(1).and_then(|rest| rest.split('"').next());
    inside.unwrap_or(answer).chars().take(200).collect()
}

/// A server that does not say goodbye has been read all the same.
async fn close(mut session: Connection) {
    match tokio::time::timeout(GOODBYE, session.logout()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!("the mail server did not take its leave: {error}"),
        Err(_late) => tracing::debug!("the mail server did not say goodbye in time"),
    }
}

/// The UIDs above `after`, lowest first.
async fn uids_after(
    session: &mut Connection,
    after: u32,
    exists: u32,
) -> Result<BTreeSet<u32>, ImapError> {
    if exists == 0 {
        return Ok(BTreeSet::new());
    }
    let range = format!("UID {}:*", after.saturating_add(1));
    let found = session.uid_search(range).await.map_err(ImapError::Protocol)?;
    // `n:*` always names the last message, even when it lies below n.
    Ok(found.into_iter().filter(|uid| *uid > after).collect())
}

/// What of some messages is worth fetching.
#[derive(Debug, Default)]
struct Wanted {
    whole: BTreeSet<u32>,
    /// Too large to be a saved search: shown by their headers.
    headers_only: Vec<Vec<u8>>,
}

async fn worth_reading(
    session: &mut Connection,
    uids: &BTreeSet<u32>,
) -> Result<Wanted, ImapError> {
    const HEADERS: &str = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)])";
    let fetched: Vec<Fetch> = session
        .uid_fetch(set(uids.iter().copied()), HEADERS)
        .await
        .map_err(ImapError::Protocol)?
        .try_collect()
        .await
        .map_err(ImapError::Protocol)?;
    let mut wanted = Wanted::default();
    for message in &fetched {
        let (Some(uid), Some(headers)) = (message.uid, message.header()) else { continue };
        if !uids.contains(&uid) || !mail::is_worth_reading(headers) {
            continue;
        }
        let too_large = message.size.is_some_and(|size| size as usize > mail::LARGEST);
        if too_large {
            wanted.headers_only.push(headers.to_vec());
        } else {
            wanted.whole.insert(uid);
        }
    }
    Ok(wanted)
}

async fn whole(session: &mut Connection, uids: &[u32]) -> Result<Vec<Vec<u8>>, ImapError> {
    let fetched: Vec<Fetch> = session
        .uid_fetch(set(uids.iter().copied()), "(UID BODY.PEEK[])")
        .await
        .map_err(ImapError::Protocol)?
        .try_collect()
        .await
        .map_err(ImapError::Protocol)?;
    Ok(fetched.iter().filter_map(|message| message.body().map(<[u8]>::to_vec)).collect())
}

/// `3,4,9`.
fn set(uids: impl Iterator<Item = u32>) -> String {
    let words: Vec<String> = uids.map(|uid| uid.to_string()).collect();
    words.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_no_debug_print() {
        let account = Account {
            host: "imap.example.org".to_owned(),
            port: 993,
            user: "max".to_owned(),
            password: "secret".to_owned(),
            folder: "INBOX".to_owned(),
            ca_file: None,
        };
        assert_eq!(format!("{account:?}"), "Account(max@imap.example.org:993/INBOX)");
    }

    #[test]
    fn a_servers_sentence_is_cut_out() {
        let answer =
            "code: Some(AuthenticationFailed), information: Some(\"Authentication failed.\")";
        assert_eq!(short(answer), "Authentication failed.");
        assert_eq!(short("plain"), "plain");
    }

    #[tokio::test]
    async fn a_host_that_is_none_is_refused_before_anything_is_sent() {
        let account = Account {
            host: "not a host".to_owned(),
            port: 1,
            user: String::new(),
            password: String::new(),
            folder: String::new(),
            ca_file: None,
        };
        assert!(matches!(probe(&account).await, Err(ImapError::BadHost(_))));
    }
}
