//! Resolves names for the HTTP client and refuses those with any private address.
//!
//! The client connects to exactly the addresses checked here, so a name that changes its mind
//! between check and connection (DNS rebinding) gains nothing.

use std::{net::SocketAddr, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Forbidden, addresses::is_public};

/// The name could not be resolved: it does not exist, or there is no network.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` could not be resolved")]
pub struct Unresolved {
    name: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// A resolver whose every answer has been checked.
#[derive(Clone)]
pub struct GuardedResolver {
    inner: Arc<dyn Resolve>,
}

impl std::fmt::Debug for GuardedResolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GuardedResolver")
    }
}

impl GuardedResolver {
    /// Asks the operating system.
    pub fn system() -> GuardedResolver {
        GuardedResolver { inner: Arc::new(System) }
    }

    /// Asks `inner`; for tests of names that lie.
    pub fn over(inner: Arc<dyn Resolve>) -> GuardedResolver {
        GuardedResolver { inner }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let asked = name.as_str().to_owned();
        let answer = self.inner.resolve(name);
        Box::pin(async move {
            let answer = answer.await;
            let addresses: Vec<SocketAddr> = match answer {
                Ok(addresses) => addresses.collect(),
                Err(source) => return Err(Unresolved { name: asked, source }.into()),
            };
            // One private address among public ones is a trap, not a choice.
            if addresses.is_empty() || !addresses.iter().all(|address| is_public(address.ip())) {
                return Err(Forbidden::Private(asked).into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let addresses: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
