//! A fetcher that answers from memory: for tests, and for flows that must not touch the network.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use url::Url;
use watches_core::time::Timestamp;

use super::{Document, Fetch, FetchError, FetchFuture, Fetched, Request, Validators};

/// Answers each address with the document recorded last, and counts how often it was asked.
#[derive(Debug, Default)]
pub struct Recorded {
    answers: Mutex<HashMap<Url, Answer>>,
}

#[derive(Debug)]
struct Answer {
    document: Document,
    asked: u32,
}

impl Recorded {
    /// Records a page of HTML.
    pub fn page(self, url: &Url, html: &str) -> Recorded {
        self.document(Document {
            url: url.clone(),
            status: 200,
            content_type: "text/html; charset=utf-8".to_owned(),
            body: html.as_bytes().to_vec(),
            validators: Validators::default(),
            fetched_at: Timestamp::default(),
        })
    }

    pub fn document(self, document: Document) -> Recorded {
        let url = document.url.clone();
        self.lock().insert(url, Answer { document, asked: 0 });
        self
    }

    pub fn times_asked(&self, url: &Url) -> u32 {
        self.lock().get(url).map_or(0, |answer| answer.asked)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Url, Answer>> {
        // Nothing between lock and unlock can leave a half-made map.
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request) -> Result<Fetched, FetchError> {
        let mut answers = self.lock();
        let missing = || FetchError::NotRecorded(request.url.clone());
        let answer = answers.get_mut(&request.url).ok_or_else(missing)?;
        answer.asked += 1;
        let held = request.validators != Validators::default();
        if held && request.validators == answer.document.validators {
            return Ok(Fetched::NotModified);
        }
        let document = answer.document.clone();
        match document.status {
            200..=299 => Ok(Fetched::Fresh(document)),
            _ => Err(FetchError::Status { document: Box::new(document), retry_at: None }),
        }
    }
}

impl Fetch for Recorded {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a> {
        Box::pin(std::future::ready(self.answer(request)))
    }
}
