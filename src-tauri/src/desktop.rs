//! What the window's parts share: the app once it is open, and how many commands are at work.
//!
//! The window is built while the store still opens, so a command waits for it here. Opening may
//! have failed; then every command answers with that fault and the window offers a backup.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::watch;
use watches_app::App;
use watches_ipc::{
    fault::{Fault, FaultCode},
    settings::{Appearance, Settings},
};

use crate::{arguments::Arguments, words::Words};

/// `None` while opening.
pub(crate) type Opened = Option<Result<Arc<App>, Fault>>;

pub(crate) struct Desktop {
    opened: watch::Receiver<Opened>,
    at_work: watch::Sender<usize>,
    window_wanted: AtomicBool,
    leaving: AtomicBool,
    close_to_tray: AtomicBool,
    dark: AtomicBool,
    pub arguments: Arguments,
    pub words: Words,
}

impl Desktop {
    pub fn new(opened: watch::Receiver<Opened>, arguments: Arguments, words: Words) -> Desktop {
        Desktop {
            opened,
            at_work: watch::Sender::new(0),
            window_wanted: AtomicBool::new(!arguments.hidden),
            leaving: AtomicBool::new(false),
            close_to_tray: AtomicBool::new(Settings::default().close_to_tray),
            dark: AtomicBool::new(false),
            arguments,
            words,
        }
    }

    /// The app, held at work until the lease is dropped.
    ///
    /// # Errors
    /// The fault with which the store could not be opened.
    pub async fn app(&self) -> Result<Lease, Fault> {
        let mut opened = self.opened.clone();
        let app = match opened.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(outcome)) => outcome.clone()?,
            Ok(None) | Err(_) => return Err(Fault::new(FaultCode::Busy, "the app is closing")),
        };
        self.at_work.send_modify(|count| *count += 1);
        Ok(Lease { app, at_work: self.at_work.clone() })
    }

    /// The app if it is open already, held at work until the lease is dropped.
    pub fn lease(&self) -> Option<Lease> {
        let app = self.open_app()?;
        self.at_work.send_modify(|count| *count += 1);
        Some(Lease { app, at_work: self.at_work.clone() })
    }

    /// The app if it is open already, without counting as work.
    pub fn open_app(&self) -> Option<Arc<App>> {
        match &*self.opened.borrow() {
            Some(Ok(app)) => Some(Arc::clone(app)),
            Some(Err(_)) | None => None,
        }
    }

    /// Whether the store is open or refused, as opposed to still opening.
    pub fn settled(&self) -> bool {
        self.opened.borrow().is_some()
    }

    /// Keeps what the window needs to know where it cannot wait.
    pub fn remember(&self, settings: &Settings) {
        self.close_to_tray.store(settings.close_to_tray, Ordering::Relaxed);
        self.dark.store(settings.appearance == Appearance::Dark, Ordering::Relaxed);
    }

    /// Whether closing the window leaves the app watching in the tray.
    pub fn close_to_tray(&self) -> bool {
        self.close_to_tray.load(Ordering::Relaxed)
    }

    /// Whether the person chose the dark look.
    pub fn dark(&self) -> bool {
        self.dark.load(Ordering::Relaxed)
    }

    /// How many commands are at work, as a value to wait on.
    pub fn at_work(&self) -> watch::Receiver<usize> {
        self.at_work.subscribe()
    }

    /// `false` when the process is about to replace itself already.
    pub fn begin_leaving(&self) -> bool {
        !self.leaving.swap(true, Ordering::SeqCst)
    }

    /// It stays after all.
    pub fn stay(&self) {
        self.leaving.store(false, Ordering::SeqCst);
    }

    /// Somebody asked for the window (or closed it): a process about to replace itself must know.
    pub fn want_window(&self, wanted: bool) {
        self.window_wanted.store(wanted, Ordering::SeqCst);
    }

    pub fn window_wanted(&self) -> bool {
        self.window_wanted.load(Ordering::SeqCst)
    }
}

/// The open app, for the length of one command.
pub(crate) struct Lease {
    app: Arc<App>,
    at_work: watch::Sender<usize>,
}

impl Deref for Lease {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.at_work.send_modify(|count| *count = count.saturating_sub(1));
    }
}
