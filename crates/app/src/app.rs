//! The app itself: what every use case shares, and how it opens.
//!
//! A store that is damaged or too new does not stop the app from opening: each command then answers
//! with that fault, and a restored backup brings everything back without a restart.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{Notify, broadcast};
use watches_core::reference::Catalogue;
use watches_ipc::{event::Event, fault::Fault};
use watches_scrape::fetch::Fetch;
use watches_store::{OpenError, Read, Store, Tx};

use crate::{
    config::Config,
    env::{Env, Shell},
    fault::Error,
    fetching::Fetcher,
    own_catalogue,
    pages::Pages,
    polling::Polls,
    sources,
};

/// The desktop app without a window. One method per ipc command, each in the file of its noun.
pub struct App {
    pub(crate) config: Config,
    pub(crate) env: Arc<Env>,
    pub(crate) shell: Arc<dyn Shell>,
    pub(crate) fetcher: Fetcher,
    pub(crate) polls: Polls,
    /// What is known of watches, with the collector's own rows.
    pub(crate) catalogue: &'static Catalogue,
    /// What was just fetched to be pointed at.
    pub(crate) pages: Pages,
    /// Rung when something changed that the schedule depends on.
    pub(crate) plan_changed: Notify,
    store: RwLock<Result<Arc<Store>, Fault>>,
    events: broadcast::Sender<Event>,
}

/// How many events a slow listener may be behind before it misses some; it then reads everything anew.
const EVENTS_KEPT: usize = 1_024;

impl App {
    /// Opens the store in the data folder, making both if they are not there.
    ///
    /// # Errors
    /// When another process has the store open. What else is wrong with the store is answered by
    /// every command instead, so that a backup can be restored.
    pub async fn open(config: Config, shell: Arc<dyn Shell>) -> Result<Arc<App>, Error> {
        let env = Env::system(config.seed, config.clock_offset);
        App::open_with(config, shell, env, None).await
    }

    /// As [`App::open`], with a clock and a fetcher of the caller's: for tests.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with(
        config: Config,
        shell: Arc<dyn Shell>,
        env: Env,
        fetch: Option<Arc<dyn Fetch>>,
    ) -> Result<Arc<App>, Error> {
        let env = Arc::new(env);
        let store = match Store::open(&config.database(), env.now()).await {
            Ok(store) => Ok(Arc::new(store)),
            Err(error @ OpenError::InUse) => return Err(error.into()),
            Err(error) => {
                tracing::error!("the store did not open: {error}");
                Err(Fault::from(Error::Open(error)))
            }
        };
        let fetcher = match fetch {
            Some(fetch) => Fetcher::given(fetch),
            None => Fetcher::http(&config, &env, store.as_ref().ok()).await?,
        };
        let catalogue = own_catalogue::of_data_folder(&config.data_dir);
        let app = Arc::new(App {
            config,
            env,
            shell,
            fetcher,
            polls: Polls::default(),
            catalogue,
            pages: Pages::default(),
            plan_changed: Notify::new(),
            store: RwLock::new(store),
            events: broadcast::Sender::new(EVENTS_KEPT),
        });
        if app.store().is_ok() {
            sources::ensure(&app).await?;
        }
        Ok(app)
    }

    /// Everything that happens from now on. A listener that fell behind misses the oldest.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    pub(crate) fn tell(&self, event: Event) {
        // An error only says that nobody listens now.
        let _ = self.events.send(event);
    }

    /// The open store, or why there is none.
    pub(crate) fn store(&self) -> Result<Arc<Store>, Error> {
        self.store.read().unwrap_or_else(PoisonError::into_inner).clone().map_err(Error::Closed)
    }

    pub(crate) fn put_store(&self, store: Arc<Store>) {
        *self.store.write().unwrap_or_else(PoisonError::into_inner) = Ok(store);
    }

    pub(crate) async fn read(&self) -> Result<Read, Error> {
        Ok(self.store()?.read().await?)
    }

    pub(crate) async fn write(&self) -> Result<Tx, Error> {
        Ok(self.store()?.write().await?)
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("config", &self.config).finish_non_exhaustive()
    }
}
