//! A scripted scroll, frame by frame, and how late the frames were.

use anyhow::{Context, Result};
use watches_tests::window::AppWindow;

/// As many frames as the figures in performance.md were taken over.
const FRAMES: usize = 419;
/// A frame that took longer than this was seen to be late: one and a half of a 60 Hz screen's.
const LATE_MS: f64 = 25.0;

/// Milliseconds between frames, sorted.
pub struct Frames(Vec<f64>);

impl Frames {
    pub fn p99(&self) -> f64 {
        let index = self.0.len().saturating_sub(1) * 99 / 100;
        self.0.get(index).copied().unwrap_or(f64::NAN)
    }

    /// Never 0, so that a ratio exists: half a frame of all when none was late.
    #[expect(clippy::cast_precision_loss, reason = "hundreds of frames")]
    pub fn late_percent(&self) -> f64 {
        let late = self.0.iter().filter(|frame| **frame > LATE_MS).count() as f64;
        late.max(0.5) / self.0.len().max(1) as f64 * 100.0
    }
}

/// Scrolls what `css` selects from top to bottom in [`FRAMES`] steps.
pub async fn through(window: &AppWindow, css: &str) -> Result<Frames> {
    let script = "
        const [css, frames, done] = arguments;
        const list = document.querySelector(css);
        const step = (list.scrollHeight - list.clientHeight) / frames;
        const times = [];
        let before = null;
        const frame = now => {
            if (before !== null) times.push(now - before);
            before = now;
            list.scrollTop += step;
            if (times.length < frames) requestAnimationFrame(frame); else done(times);
        };
        requestAnimationFrame(frame);";
    let arguments = vec![css.into(), FRAMES.into()];
    let times = window.client.execute_async(script, arguments).await?;
    let times = times.as_array().context("a list of frames")?;
    let mut times: Vec<f64> = times.iter().filter_map(serde_json::Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    Ok(Frames(times))
}
