//! Small pieces of drawing: circles, polygons, solid paint, lighter and darker colours.

use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

use crate::stock::Rgb;

pub fn solid(Rgb(red, green, blue): Rgb) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

/// Lighter by so much of 255, or darker when negative.
pub fn shade(Rgb(red, green, blue): Rgb, by: i16) -> Rgb {
    let moved = |part: u8| (i16::from(part) + by).clamp(0, 255) as u8;
    Rgb(moved(red), moved(green), moved(blue))
}

pub fn fill(picture: &mut Pixmap, path: Option<Path>, of: Rgb) {
    if let Some(path) = path {
        picture.fill_path(&path, &solid(of), FillRule::EvenOdd, Transform::identity(), None);
    }
}

pub fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    PathBuilder::from_circle(x, y, radius)
}

/// Upright on a flat side.
pub fn octagon(x: f32, y: f32, radius: f32) -> Option<Path> {
    let corners: Vec<(f32, f32)> = (0..8_u8)
        .map(|corner| (f32::from(corner) + 0.5) * std::f32::consts::FRAC_PI_4)
        .map(|angle| (x + radius * angle.sin(), y - radius * angle.cos()))
        .collect();
    polygon(&corners)
}

pub fn polygon(corners: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = corners.split_first()?;
    path.move_to(first.0, first.1);
    rest.iter().for_each(|(x, y)| path.line_to(*x, *y));
    path.close();
    path.finish()
}

/// The lower or upper half of a ring's disc.
pub fn half_disc(x: f32, y: f32, radius: f32, upper: bool) -> Option<Path> {
    let (start, way) = if upper { (-90.0_f32, 180.0) } else { (90.0, 180.0) };
    let mut corners = Vec::with_capacity(61);
    for step in 0..=60_u8 {
        let angle = (start + way * f32::from(step) / 60.0).to_radians();
        corners.push((x + radius * angle.sin(), y - radius * angle.cos()));
    }
    polygon(&corners)
}

/// A straight bar from the middle outwards: `from` and `to` are distances, `angle` is clockwise
/// from twelve in radians, widths in pixels at either end.
pub struct Bar {
    pub angle: f32,
    pub from: f32,
    pub to: f32,
    pub width: (f32, f32),
}

pub fn bar(picture: &mut Pixmap, (x, y): (f32, f32), bar: &Bar, of: Rgb) {
    let (sin, cos) = bar.angle.sin_cos();
    let at =
        |along: f32, aside: f32| (x + along * sin + aside * cos, y - along * cos + aside * sin);
    let (near, far) = (bar.width.0 / 2.0, bar.width.1 / 2.0);
    let corners = [at(bar.from, -near), at(bar.to, -far), at(bar.to, far), at(bar.from, near)];
    fill(picture, polygon(&corners), of);
}
