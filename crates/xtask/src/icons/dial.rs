//! The app icon: a dark case, an ivory dial, and a stretch of the minute track in blued steel, the
//! part of the hour that is being watched.

use std::f32::consts::TAU;

use anyhow::{Context, Result};
use tiny_skia::{FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// Drawn on a square of this many units, then scaled.
const SIDE: f32 = 1024.0;
const CENTRE: f32 = SIDE / 2.0;

/// The icon at `pixels` × `pixels`.
pub fn app(pixels: u32) -> Result<Pixmap> {
    let mut canvas = Canvas::new(pixels)?;
    canvas.fill(&rounded_square(64.0, 212.0)?, CASE);
    canvas.fill(&circle(CENTRE, CENTRE, 372.0)?, DIAL);
    canvas.stroke(&arc(328.0, 0.0, 10.0)?, BLUED, 44.0, LineCap::Butt);
    // Below 48 pixels the small markers are only dirt.
    let step = if pixels < 48 { 15 } else { 5 };
    for minute in (0..60).step_by(step) {
        let quarter = minute % 15 == 0;
        let (inner, width) = if quarter { (236.0, 36.0) } else { (272.0, 20.0) };
        #[expect(clippy::cast_precision_loss, reason = "minutes below 60 are exact")]
        let marker = spoke(minute as f32, inner, 300.0)?;
        canvas.stroke(&marker, INK, width, LineCap::Butt);
    }
    // 10:08, the pose of every watch in a window.
    canvas.stroke(&spoke(50.6, 0.0, 168.0)?, INK, 44.0, LineCap::Round);
    canvas.stroke(&spoke(8.0, 0.0, 250.0)?, INK, 32.0, LineCap::Round);
    canvas.stroke(&spoke(37.0, -70.0, 262.0)?, BLUED, 14.0, LineCap::Round);
    canvas.fill(&circle(CENTRE, CENTRE, 32.0)?, BLUED);
    Ok(canvas.picture)
}

/// Red, green, blue in sRGB; opaque.
pub(super) type Rgb = [u8; 3];

const CASE: Rgb = [0x21, 0x1F, 0x1C];
const DIAL: Rgb = [0xF5, 0xF1, 0xE8];
const INK: Rgb = [0x21, 0x1F, 0x1C];
const BLUED: Rgb = [0x2B, 0x5A, 0x8F];

/// A square picture with the origin's units scaled to its pixels.
pub(super) struct Canvas {
    pub picture: Pixmap,
    scale: Transform,
}

impl Canvas {
    pub fn new(pixels: u32) -> Result<Canvas> {
        let picture = Pixmap::new(pixels, pixels).context("an icon has at least one pixel")?;
        #[expect(clippy::cast_precision_loss, reason = "icons have at most 1024 pixels")]
        let factor = pixels as f32 / SIDE;
        Ok(Canvas { picture, scale: Transform::from_scale(factor, factor) })
    }

    pub fn fill(&mut self, shape: &Path, colour: Rgb) {
        self.paint(shape, &ink(colour));
    }

    /// Takes everything away under `shape`.
    pub fn clear(&mut self, shape: &Path) {
        let paint = Paint { blend_mode: tiny_skia::BlendMode::Clear, ..ink([0; 3]) };
        self.paint(shape, &paint);
    }

    pub fn stroke(&mut self, line: &Path, colour: Rgb, width: f32, line_cap: LineCap) {
        let stroke = Stroke { width, line_cap, ..Stroke::default() };
        self.picture.stroke_path(line, &ink(colour), &stroke, self.scale, None);
    }

    fn paint(&mut self, shape: &Path, paint: &Paint<'_>) {
        self.picture.fill_path(shape, paint, FillRule::Winding, self.scale, None);
    }
}

fn ink(colour: Rgb) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let [red, green, blue] = colour;
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

pub(super) fn circle(x: f32, y: f32, radius: f32) -> Result<Path> {
    PathBuilder::from_circle(x, y, radius).context("a circle has a radius")
}

/// A straight line along the hand that shows `minute`, from `inner` to `outer` units of the centre.
pub(super) fn spoke(minute: f32, inner: f32, outer: f32) -> Result<Path> {
    let (sine, cosine) = (minute / 60.0 * TAU).sin_cos();
    let mut path = PathBuilder::new();
    path.move_to(CENTRE + inner * sine, CENTRE - inner * cosine);
    path.line_to(CENTRE + outer * sine, CENTRE - outer * cosine);
    path.finish().context("a line has a length")
}

/// Part of the minute track, as short straight pieces.
fn arc(radius: f32, from: f32, to: f32) -> Result<Path> {
    let mut path = PathBuilder::new();
    for piece in 0..=40_u8 {
        let minute = from + (to - from) * f32::from(piece) / 40.0;
        let (sine, cosine) = (minute / 60.0 * TAU).sin_cos();
        let (x, y) = (CENTRE + radius * sine, CENTRE - radius * cosine);
        if piece == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    path.finish().context("an arc has a length")
}

fn rounded_square(margin: f32, radius: f32) -> Result<Path> {
    let (low, high) = (margin, SIDE - margin);
    let mut path = PathBuilder::new();
    path.move_to(low + radius, low);
    path.line_to(high - radius, low);
    path.quad_to(high, low, high, low + radius);
    path.line_to(high, high - radius);
    path.quad_to(high, high, high - radius, high);
    path.line_to(low + radius, high);
    path.quad_to(low, high, low, high - radius);
    path.line_to(low, low + radius);
    path.quad_to(low, low, low + radius, low);
    path.close();
    path.finish().context("a square has sides")
}

/// An upright bar.
pub(super) fn bar(x: f32, y: f32, width: f32, height: f32) -> Result<Path> {
    Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect).context("a bar has sides")
}
