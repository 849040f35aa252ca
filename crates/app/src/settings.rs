//! What the person chose: currency, country, rhythm, quiet hours, looks.
//!
//! One JSON document in the store; a field that an older version did not know takes its default.

use watches_core::landed::Destination;
use watches_ipc::{
    event::Event,
    fault::Fault,
    settings::{GetSettings, RememberWindow, SaveSettings, Settings},
};
use watches_store::{Read, Tx};

use crate::{App, fault::Error, quiet_hours, recompute, sources};

const KEY: &str = "settings";
const WINDOW: &str = "window";
/// More than any window remembers.
const LONGEST_MEMORY: usize = 256 * 1024;

impl App {
    /// # Errors
    /// When the store cannot be read.
    pub async fn get_settings(&self, _: GetSettings) -> Result<Settings, Fault> {
        let mut read = self.read().await?;
        let settings = load(&mut read).await?;
        let memory = watches_store::settings::get(&mut read, WINDOW).await.map_err(Error::from)?;
        Ok(Settings { window_memory: memory.unwrap_or_default(), ..settings })
    }

    /// Nobody is told: only the window itself knows what it means.
    ///
    /// # Errors
    /// `bad_request` for more than 256 KiB.
    pub async fn remember_window(&self, args: RememberWindow) -> Result<(), Fault> {
        Ok(remember(self, &args.memory).await?)
    }

    /// A new currency or country recomputes every landed cost before the answer.
    ///
    /// # Errors
    /// `bad_request` for a country, zone or time that is none.
    pub async fn save_settings(&self, args: SaveSettings) -> Result<(), Fault> {
        Ok(save(self, args.settings).await?)
    }
}

pub(crate) async fn load(read: &mut Read) -> Result<Settings, Error> {
    match watches_store::settings::get(read, KEY).await? {
        Some(document) => Ok(serde_json::from_str(&document)?),
        None => Ok(Settings::default()),
    }
}

async fn remember(app: &App, memory: &str) -> Result<(), Error> {
    if memory.len() > LONGEST_MEMORY {
        return Err(Error::BadRequest("the window may remember at most 256 KiB".to_owned()));
    }
    let mut tx = app.write().await?;
    watches_store::settings::put(&mut tx, WINDOW, memory).await?;
    Ok(tx.commit().await?)
}

async fn save(app: &App, settings: Settings) -> Result<(), Error> {
    check(&settings)?;
    let settings = Settings { window_memory: String::new(), ..settings };
    let mut tx = app.write().await?;
    let before = load(&mut tx).await?;
    put(&mut tx, &settings).await?;
    let moved = before.country != settings.country;
    if moved {
        sources::follow_country(&mut tx, &settings.country).await?;
    }
    let stale = moved || before.currency != settings.currency;
    if stale {
        recompute::mark(&mut tx).await?;
    }
    tx.commit().await?;
    app.tell(Event::SettingsChanged);
    app.plan_changed.notify_waiters();
    if stale {
        recompute::landed(app).await?;
    }
    if moved {
        app.tell(Event::SourcesChanged);
    }
    Ok(())
}

pub(crate) async fn put(tx: &mut Tx, settings: &Settings) -> Result<(), Error> {
    let document = serde_json::to_string(settings)?;
    Ok(watches_store::settings::put(tx, KEY, &document).await?)
}

fn check(settings: &Settings) -> Result<(), Error> {
    let refuse = |message: &str| Err(Error::BadRequest(message.to_owned()));
    let country = settings.country.as_bytes();
    if country.len() != 2 || !country.iter().all(u8::is_ascii_uppercase) {
        return refuse("the country must be two capital letters (ISO 3166-1), such as DE");
    }
    if !(1..=7 * 24 * 60).contains(&settings.interval_minutes) {
        return refuse("the interval must be between a minute and a week");
    }
    if settings.page_quota_mb > 100_000 {
        return refuse("at most 100,000 megabytes of pages can be kept");
    }
    if let Some(hours) = &settings.quiet_hours {
        if hours.from >= 24 * 60 || hours.to >= 24 * 60 {
            return refuse("quiet hours begin and end between 00:00 and 23:59");
        }
        if !quiet_hours::is_zone(&hours.zone) {
            return refuse("the time zone must be an IANA name such as Europe/Berlin");
        }
    }
    Ok(())
}

/// Where landed costs are computed for.
pub(crate) fn destination(settings: &Settings) -> Destination {
    Destination { country: settings.country.clone(), currency: settings.currency }
}

#[cfg(test)]
mod tests {
    use watches_ipc::settings::QuietHours;

    use super::*;

    #[track_caller]
    fn check_one(change: impl FnOnce(&mut Settings), fine: bool) {
        let mut settings = Settings::default();
        change(&mut settings);
        assert_eq!(check(&settings).is_ok(), fine, "{settings:?}");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let quiet = |from, to, zone: &str| Some(QuietHours { from, to, zone: zone.to_owned() });
        check_one(|_| (), true);
        check_one(|settings| settings.country = "de".to_owned(), false);
        check_one(|settings| settings.country = "DEU".to_owned(), false);
        check_one(|settings| settings.interval_minutes = 0, false);
        check_one(|settings| settings.page_quota_mb = 0, true);
        check_one(|settings| settings.page_quota_mb = 100_001, false);
        check_one(|settings| settings.quiet_hours = quiet(1_320, 420, "Europe/Berlin"), true);
        check_one(|settings| settings.quiet_hours = quiet(1_440, 420, ""), false);
        check_one(|settings| settings.quiet_hours = quiet(0, 60, "Mars/Olympus"), false);
    }
}
