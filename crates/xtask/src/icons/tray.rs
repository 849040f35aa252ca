//! The tray icons: a ring with hands, and what changes in it when there is news, a pause, or
//! something only the person can do. Readable at 16 pixels, so few and thick strokes.

use anyhow::Result;
use tiny_skia::{LineCap, Pixmap};

use super::dial::{Canvas, Rgb, bar, circle, spoke};

/// Panels scale down well and up badly.
const PIXELS: u32 = 64;

/// The colours for one kind of panel.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    /// The panel: `light`, `dark`, or `template` for macOS, which inks by itself.
    pub name: &'static str,
    line: Rgb,
    news: Rgb,
    ask: Rgb,
}

pub const INKS: &[Ink] = &[
    Ink {
        name: "light",
        line: [0x2A, 0x28, 0x25],
        news: [0x1F, 0x5F, 0xA8],
        ask: [0xA8, 0x5B, 0x00],
    },
    Ink {
        name: "dark",
        line: [0xF2, 0xEF, 0xE9],
        news: [0x7C, 0xB8, 0xF5],
        ask: [0xF5, 0xB5, 0x5A],
    },
    Ink { name: "template", line: [0; 3], news: [0; 3], ask: [0; 3] },
];

#[derive(Debug, Clone, Copy)]
pub enum Mood {
    Idle,
    Unread,
    Paused,
    NeedsYou,
}

pub const MOODS: &[Mood] = &[Mood::Idle, Mood::Unread, Mood::Paused, Mood::NeedsYou];

impl Mood {
    pub fn name(self) -> &'static str {
        match self {
            Mood::Idle => "idle",
            Mood::Unread => "unread",
            Mood::Paused => "paused",
            Mood::NeedsYou => "needs-you",
        }
    }
}

pub fn icon(ink: &Ink, mood: Mood) -> Result<Pixmap> {
    let mut canvas = Canvas::new(PIXELS)?;
    canvas.stroke(&circle(512.0, 512.0, 400.0)?, ink.line, 96.0, LineCap::Butt);
    match mood {
        Mood::Idle => hands(&mut canvas, ink.line)?,
        Mood::Unread => {
            hands(&mut canvas, ink.line)?;
            badge(&mut canvas, ink.news)?;
        }
        Mood::Paused => {
            canvas.fill(&bar(352.0, 320.0, 112.0, 384.0)?, ink.line);
            canvas.fill(&bar(560.0, 320.0, 112.0, 384.0)?, ink.line);
        }
        Mood::NeedsYou => {
            canvas.fill(&bar(452.0, 272.0, 120.0, 300.0)?, ink.ask);
            canvas.fill(&circle(512.0, 692.0, 72.0)?, ink.ask);
        }
    }
    Ok(canvas.picture)
}

fn hands(canvas: &mut Canvas, line: Rgb) -> Result<()> {
    canvas.stroke(&spoke(50.0, 0.0, 200.0)?, line, 96.0, LineCap::Round);
    canvas.stroke(&spoke(10.0, 0.0, 260.0)?, line, 96.0, LineCap::Round);
    Ok(())
}

/// A dot at the top right, with air around it so that it reads without its colour too.
fn badge(canvas: &mut Canvas, news: Rgb) -> Result<()> {
    canvas.clear(&circle(792.0, 232.0, 296.0)?);
    canvas.fill(&circle(792.0, 232.0, 216.0)?, news);
    Ok(())
}
