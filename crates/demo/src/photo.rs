//! Photos of the demo market's watches, drawn by the program: dial, bezel, hands, strap by model.
//!
//! A pure function of look and backdrop; the server keeps the pictures drawn so far.

mod dial;
mod shapes;

use tiny_skia::{
    Color, FillRule, GradientStop, LinearGradient, Paint, Pixmap, Point, Rect, SpreadMode,
    Transform,
};

use crate::stock::{Look, Rgb, Strap};
use shapes::{circle, fill, octagon, shade, solid};

/// Side of the square picture in pixels.
const SIDE: u32 = 480;
const MIDDLE: f32 = 240.0;

const STEEL: Rgb = Rgb(186, 190, 195);
const GOLD: Rgb = Rgb(206, 168, 96);

/// Backdrops: desks, cloths and walls that sellers photograph on.
const BACKDROPS: [(Rgb, Rgb); 6] = [
    (Rgb(232, 228, 219), Rgb(196, 189, 176)),
    (Rgb(214, 222, 226), Rgb(160, 172, 180)),
    (Rgb(92, 78, 66), Rgb(48, 39, 32)),
    (Rgb(226, 221, 212), Rgb(168, 142, 116)),
    (Rgb(72, 82, 90), Rgb(30, 36, 42)),
    (Rgb(214, 224, 210), Rgb(150, 168, 146)),
];

/// A PNG of one watch; `backdrop` is any number. `None` only if encoding fails.
pub fn draw(look: Look, backdrop: u64) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(SIDE, SIDE)?;
    background(&mut picture, BACKDROPS[(backdrop % BACKDROPS.len() as u64) as usize]);
    let metal = if look.strap == Strap::Gold { GOLD } else { STEEL };
    shadow(&mut picture);
    strap(&mut picture, look.strap, metal);
    case(&mut picture, metal);
    dial::draw(&mut picture, look, metal);
    picture.encode_png().ok()
}

fn background(picture: &mut Pixmap, (light, dark): (Rgb, Rgb)) {
    let stops = vec![GradientStop::new(0.0, colour(light)), GradientStop::new(1.0, colour(dark))];
    let corner = SIDE as f32;
    let gradient = LinearGradient::new(
        Point::from_xy(0.0, 0.0),
        Point::from_xy(corner * 0.7, corner),
        stops,
        SpreadMode::Pad,
        Transform::identity(),
    );
    let mut paint = Paint::default();
    if let Some(gradient) = gradient {
        paint.shader = gradient;
    }
    if let Some(all) = Rect::from_xywh(0.0, 0.0, corner, corner) {
        picture.fill_rect(all, &paint, Transform::identity(), None);
    }
}

/// A soft shadow: rings of little black, one over the other.
fn shadow(picture: &mut Pixmap) {
    for ring in 0..12_u8 {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(0, 0, 0, 9);
        let radius = 186.0 - f32::from(ring) * 3.0;
        if let Some(path) = circle(MIDDLE + 10.0, MIDDLE + 16.0, radius) {
            picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }
}

fn strap(picture: &mut Pixmap, strap: Strap, metal: Rgb) {
    match strap {
        Strap::Steel | Strap::Gold => {
            for row in 0..18_u8 {
                link_row(picture, f32::from(row) * 27.0 - 4.0, metal);
            }
        }
        Strap::Leather(of) => {
            band(picture, 178.0, 124.0, of, 0.0, 480.0);
            let thread = shade(of, 60);
            [186.0, 290.0].iter().for_each(|x| band(picture, *x, 3.0, thread, 0.0, 480.0));
        }
        Strap::Rubber(of) => {
            band(picture, 176.0, 128.0, shade(of, 8), 0.0, 480.0);
            band(picture, 226.0, 28.0, shade(of, 24), 0.0, 480.0);
        }
    }
}

/// Three links side by side: polished in the middle, brushed outside.
fn link_row(picture: &mut Pixmap, y: f32, metal: Rgb) {
    band(picture, 172.0, 136.0, shade(metal, -70), y, 27.0);
    band(picture, 173.0, 42.0, shade(metal, -18), y, 24.0);
    band(picture, 217.0, 46.0, shade(metal, 22), y, 24.0);
    band(picture, 265.0, 42.0, shade(metal, -30), y, 24.0);
}

fn band(picture: &mut Pixmap, x: f32, width: f32, of: Rgb, y: f32, height: f32) {
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        picture.fill_rect(rect, &solid(of), Transform::identity(), None);
    }
}

fn case(picture: &mut Pixmap, metal: Rgb) {
    // Lugs, crown, then the case with a bright edge to the upper left.
    for (x, y) in [(150.0, 76.0), (286.0, 76.0), (150.0, 330.0), (286.0, 330.0)] {
        band(picture, x, 44.0, shade(metal, -12), y, 74.0);
    }
    band(picture, 404.0, 26.0, shade(metal, -26), 220.0, 40.0);
    band(picture, 408.0, 22.0, shade(metal, 18), 226.0, 5.0);
    fill(picture, circle(MIDDLE, MIDDLE, 172.0), shade(metal, -46));
    fill(picture, circle(MIDDLE - 2.0, MIDDLE - 2.0, 169.0), shade(metal, 26));
    fill(picture, circle(MIDDLE, MIDDLE, 166.0), metal);
}

fn colour(Rgb(red, green, blue): Rgb) -> Color {
    Color::from_rgba8(red, green, blue, 255)
}

/// An eight-cornered bezel with screws, for the sporty and integrated.
fn octagonal(picture: &mut Pixmap, metal: Rgb) {
    fill(picture, octagon(MIDDLE, MIDDLE, 168.0), shade(metal, -34));
    fill(picture, octagon(MIDDLE, MIDDLE, 163.0), shade(metal, 12));
    for corner in 0..8_u8 {
        let angle = f32::from(corner) * std::f32::consts::FRAC_PI_4;
        let (x, y) = (MIDDLE + 143.0 * angle.sin(), MIDDLE - 143.0 * angle.cos());
        fill(picture, circle(x, y, 6.5), shade(metal, -40));
        fill(picture, circle(x - 0.8, y - 0.8, 5.0), shade(metal, 30));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::stock::REFERENCES;

    #[test]
    fn each_look_has_a_picture_of_its_own() {
        let looks: HashSet<Look> =
            REFERENCES.iter().take(12).map(|reference| reference.look).collect();
        let pictures: HashSet<Vec<u8>> = looks.iter().filter_map(|look| draw(*look, 0)).collect();
        assert_eq!(pictures.len(), looks.len());
        assert!(pictures.iter().all(|png| png.starts_with(b"\x89PNG") && png.len() < 200_000));
    }
}
