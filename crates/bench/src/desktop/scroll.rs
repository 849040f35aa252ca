//! A scripted scroll, frame by frame: how late the frames were, and in how many a row in sight was empty.

use anyhow::{Context, Result};
use serde::Deserialize;
use watches_tests::window::AppWindow;

/// As many frames as the figures in performance.md were taken over.
const FRAMES: usize = 419;
/// A frame that took longer than this was seen to be late: one and a half of a 60 Hz screen's.
const LATE_MS: f64 = 25.0;

/// How far each frame moves the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// From top to bottom in [`FRAMES`] steps: the scroll bar dragged, hundreds of rows a frame.
    Flung,
    /// So many CSS pixels: 120 are two rows, a fast wheel.
    Pixels(u32),
}

/// The list, and the rows in it.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    pub list: &'static str,
    pub row: &'static str,
}

/// What was seen of the frames of one scroll.
pub struct Frames {
    /// Milliseconds between frames, sorted.
    times: Vec<f64>,
    /// Frames in which a row in sight said nothing.
    empty: usize,
}

#[derive(Deserialize)]
struct Seen {
    times: Vec<f64>,
    empty: usize,
}

impl Frames {
    pub fn p99(&self) -> f64 {
        let index = self.times.len().saturating_sub(1) * 99 / 100;
        self.times.get(index).copied().unwrap_or(f64::NAN)
    }

    pub fn late_percent(&self) -> f64 {
        self.percent(self.times.iter().filter(|frame| **frame > LATE_MS).count())
    }

    pub fn empty_percent(&self) -> f64 {
        self.percent(self.empty)
    }

    /// Never 0, so that a ratio exists: half a frame of all when there was none.
    #[expect(clippy::cast_precision_loss, reason = "hundreds of frames")]
    fn percent(&self, frames: usize) -> f64 {
        (frames as f64).max(0.5) / self.times.len().max(1) as f64 * 100.0
    }
}

/// Scrolls the list from its top for [`FRAMES`] frames.
pub async fn through(window: &AppWindow, places: Places, pace: Pace) -> Result<Frames> {
    let script = "
        const [listCss, rowCss, frames, pixels, done] = arguments;
        const list = document.querySelector(listCss);
        const step = pixels ?? (list.scrollHeight - list.clientHeight) / frames;
        const times = [];
        let before = null, empty = 0;
        const says = () => {
            const sight = list.getBoundingClientRect();
            for (const row of list.querySelectorAll(rowCss)) {
                const place = row.getBoundingClientRect();
                const inSight = place.bottom > sight.top + 1 && place.top < sight.bottom - 1;
                if (inSight && !row.textContent) return false;
            }
            return true;
        };
        const frame = now => {
            if (before !== null) {
                times.push(now - before);
                if (!says()) empty += 1;
            }
            before = now;
            list.scrollTop += step;
            if (times.length < frames) requestAnimationFrame(frame); else done({ times, empty });
        };
        requestAnimationFrame(frame);";
    let pixels = match pace {
        Pace::Flung => serde_json::Value::Null,
        Pace::Pixels(pixels) => pixels.into(),
    };
    let arguments = vec![places.list.into(), places.row.into(), FRAMES.into(), pixels];
    let seen = window.client.execute_async(script, arguments).await?;
    let Seen { mut times, empty } = serde_json::from_value(seen).context("the frames' times")?;
    times.sort_by(f64::total_cmp);
    Ok(Frames { times, empty })
}
