//! What a failure says: is it worth another attempt, does it speak against the host?

use super::{BrowserError, FetchError};
use crate::egress::Unresolved;

/// Failures that a second attempt may heal. Not 429, 403 or 503: they may be a challenge, and
/// asking again at once is what it complains about.
pub fn may_pass(error: &FetchError) -> bool {
    match error {
        FetchError::Status { document, retry_at } => {
            retry_at.is_none() && matches!(document.status, 500 | 502 | 504)
        }
        FetchError::Connection { source, .. } => cause::<Unresolved>(source).is_none(),
        FetchError::Forbidden(_)
        | FetchError::Robots { .. }
        | FetchError::Wait { .. }
        | FetchError::TooManyRedirects { .. }
        | FetchError::BadRedirect
        | FetchError::TooLarge { .. }
        | FetchError::Bomb
        | FetchError::UnknownEncoding(_)
        | FetchError::Damaged(_)
        | FetchError::Timeout { .. }
        | FetchError::Browser(_)
        | FetchError::NotRecorded(_) => false,
    }
}

/// Failures that count for the breaker. A name that does not resolve is our network's trouble.
pub fn speaks_against_host(error: &FetchError) -> bool {
    match error {
        FetchError::Status { document, .. } => matches!(document.status, 429 | 500..),
        FetchError::Connection { source, .. } => cause::<Unresolved>(source).is_none(),
        FetchError::Timeout { .. } | FetchError::Damaged(_) => true,
        FetchError::Browser(error) => match error {
            BrowserError::NotLoaded | BrowserError::Restless { .. } => true,
            BrowserError::Missing
            | BrowserError::InUse
            | BrowserError::Forbidden(_)
            | BrowserError::TooLarge { .. }
            | BrowserError::Failed(_) => false,
        },
        FetchError::Forbidden(_)
        | FetchError::Robots { .. }
        | FetchError::Wait { .. }
        | FetchError::TooManyRedirects { .. }
        | FetchError::BadRedirect
        | FetchError::TooLarge { .. }
        | FetchError::Bomb
        | FetchError::UnknownEncoding(_)
        | FetchError::NotRecorded(_) => false,
    }
}

/// The first cause of this type in the chain.
pub fn cause<E: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}
