//! Bezel, dial, markers and hands; the hands stand at ten past ten, as in every catalogue.

use std::f32::consts::{PI, TAU};

use tiny_skia::{
    Color, FillRule, GradientStop, Paint, Pixmap, Point, RadialGradient, SpreadMode, Transform,
};

use super::{
    MIDDLE, octagonal,
    shapes::{Bar, bar, circle, fill, half_disc, shade},
};
use crate::stock::{Bezel, Hands, Look, Rgb};

const CENTRE: (f32, f32) = (MIDDLE, MIDDLE);
const LUME: Rgb = Rgb(236, 238, 226);
const DIAL_RADIUS: f32 = 126.0;

pub fn draw(picture: &mut Pixmap, look: Look, metal: Rgb) {
    bezel(picture, look.bezel, metal);
    face(picture, look.dial);
    let ink = if is_light(look.dial) { Rgb(34, 36, 40) } else { LUME };
    if look.bezel == Bezel::Tachymeter {
        subdials(picture, look.dial, ink);
    }
    markers(picture, look, ink);
    hands(picture, look, ink, metal);
    glint(picture);
}

fn is_light(Rgb(red, green, blue): Rgb) -> bool {
    u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue) > 1400
}

fn bezel(picture: &mut Pixmap, bezel: Bezel, metal: Rgb) {
    match bezel {
        Bezel::Smooth => {
            fill(picture, circle(MIDDLE, MIDDLE, 150.0), shade(metal, 34));
            fill(picture, circle(MIDDLE, MIDDLE, 144.0), shade(metal, -8));
        }
        Bezel::Fluted => {
            for flute in 0..120_u8 {
                let tone = if flute % 2 == 0 { 44 } else { -54 };
                let angle = TAU * f32::from(flute) / 120.0;
                bar(
                    picture,
                    CENTRE,
                    &Bar { angle, from: 128.0, to: 162.0, width: (6.6, 8.4) },
                    shade(metal, tone),
                );
            }
        }
        Bezel::Ring(of) => {
            ring(picture, |picture| fill(picture, circle(MIDDLE, MIDDLE, 158.0), of));
            minutes(picture, LUME);
        }
        Bezel::Halves(upper, lower) => {
            ring(picture, |picture| {
                fill(picture, half_disc(MIDDLE, MIDDLE, 158.0, true), upper);
                fill(picture, half_disc(MIDDLE, MIDDLE, 158.0, false), lower);
            });
            minutes(picture, LUME);
        }
        Bezel::Tachymeter => {
            ring(picture, |picture| fill(picture, circle(MIDDLE, MIDDLE, 158.0), Rgb(20, 20, 22)));
            for tick in 0..48_u8 {
                let angle = TAU * f32::from(tick) / 48.0;
                let from = if tick % 4 == 0 { 138.0 } else { 147.0 };
                bar(picture, CENTRE, &Bar { angle, from, to: 153.0, width: (2.0, 2.0) }, LUME);
            }
        }
        Bezel::Octagon => octagonal(picture, metal),
    }
}

/// A diver's ring with its grip around it.
fn ring(picture: &mut Pixmap, insert: impl FnOnce(&mut Pixmap)) {
    for tooth in 0..90_u8 {
        let angle = TAU * f32::from(tooth) / 90.0;
        bar(
            picture,
            CENTRE,
            &Bar { angle, from: 156.0, to: 167.0, width: (6.0, 6.5) },
            Rgb(150, 154, 160),
        );
    }
    insert(picture);
}

/// The minute scale of a ring, with a triangle at twelve.
fn minutes(picture: &mut Pixmap, ink: Rgb) {
    for step in 1..12_u8 {
        let angle = TAU * f32::from(step) / 12.0;
        let width = if step % 2 == 0 { 7.0 } else { 4.0 };
        bar(picture, CENTRE, &Bar { angle, from: 136.0, to: 152.0, width: (width, width) }, ink);
    }
    bar(picture, CENTRE, &Bar { angle: 0.0, from: 133.0, to: 154.0, width: (1.0, 22.0) }, ink);
}

/// The dial, lighter towards the light.
fn face(picture: &mut Pixmap, dial: Rgb) {
    fill(picture, circle(MIDDLE, MIDDLE, DIAL_RADIUS + 4.0), Rgb(28, 29, 31));
    let stop = |at, Rgb(r, g, b): Rgb| GradientStop::new(at, Color::from_rgba8(r, g, b, 255));
    let stops = vec![stop(0.0, shade(dial, 34)), stop(0.65, dial), stop(1.0, shade(dial, -26))];
    let light = Point::from_xy(MIDDLE - 34.0, MIDDLE - 44.0);
    let gradient = RadialGradient::new(
        light,
        0.0,
        light,
        190.0,
        stops,
        SpreadMode::Pad,
        Transform::identity(),
    );
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(gradient) = gradient {
        paint.shader = gradient;
    }
    if let Some(path) = circle(MIDDLE, MIDDLE, DIAL_RADIUS) {
        picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
}

fn subdials(picture: &mut Pixmap, dial: Rgb, ink: Rgb) {
    let tone = if is_light(dial) { Rgb(40, 42, 46) } else { shade(dial, 34) };
    for (x, y) in [(MIDDLE - 58.0, MIDDLE), (MIDDLE + 58.0, MIDDLE), (MIDDLE, MIDDLE + 58.0)] {
        fill(picture, circle(x, y, 33.0), shade(tone, -18));
        fill(picture, circle(x, y, 31.0), tone);
        let pale = if is_light(dial) { LUME } else { ink };
        for tick in 0..12_u8 {
            let angle = TAU * f32::from(tick) / 12.0;
            bar(picture, (x, y), &Bar { angle, from: 24.0, to: 29.0, width: (1.6, 1.6) }, pale);
        }
        bar(
            picture,
            (x, y),
            &Bar { angle: x / 70.0, from: -5.0, to: 23.0, width: (2.6, 1.2) },
            pale,
        );
    }
}

fn markers(picture: &mut Pixmap, look: Look, ink: Rgb) {
    for minute in 0..60_u8 {
        let angle = TAU * f32::from(minute) / 60.0;
        bar(picture, CENTRE, &Bar { angle, from: 118.0, to: 123.0, width: (1.4, 1.4) }, ink);
    }
    for hour in 0..12_u8 {
        let angle = TAU * f32::from(hour) / 12.0;
        let long = hour % 3 == 0;
        match look.hands {
            Hands::Mercedes | Hands::Sword if !long => {
                let (x, y) = (MIDDLE + 102.0 * angle.sin(), MIDDLE - 102.0 * angle.cos());
                fill(picture, circle(x, y, 9.0), shade(ink, -70));
                fill(picture, circle(x, y, 7.5), ink);
            }
            Hands::Mercedes | Hands::Sword if hour == 0 => {
                bar(
                    picture,
                    CENTRE,
                    &Bar { angle, from: 88.0, to: 114.0, width: (2.0, 24.0) },
                    ink,
                );
            }
            Hands::Mercedes | Hands::Sword => {
                bar(
                    picture,
                    CENTRE,
                    &Bar { angle, from: 88.0, to: 113.0, width: (10.0, 10.0) },
                    ink,
                );
            }
            Hands::Baton | Hands::Dauphine | Hands::Leaf => {
                let width = if long { 8.0 } else { 5.0 };
                bar(
                    picture,
                    CENTRE,
                    &Bar { angle, from: 92.0, to: 114.0, width: (width, width) },
                    ink,
                );
            }
        }
    }
}

fn hands(picture: &mut Pixmap, look: Look, ink: Rgb, metal: Rgb) {
    let hour = TAU * (10.0 + 10.0 / 60.0) / 12.0;
    let minute = TAU * 10.0 / 60.0;
    let edge = if is_light(look.dial) { Rgb(50, 52, 56) } else { shade(metal, 30) };
    hand(picture, look.hands, hour, 66.0, edge, ink);
    if look.hands == Hands::Mercedes {
        let (x, y) = (MIDDLE + 48.0 * hour.sin(), MIDDLE - 48.0 * hour.cos());
        fill(picture, circle(x, y, 12.0), edge);
        fill(picture, circle(x, y, 9.0), ink);
    }
    hand(picture, look.hands, minute, 100.0, edge, ink);
    let seconds = Bar { angle: PI * 1.18, from: -30.0, to: 104.0, width: (3.0, 1.4) };
    bar(picture, CENTRE, &seconds, edge);
    fill(picture, circle(MIDDLE, MIDDLE, 7.0), shade(metal, -10));
}

fn hand(picture: &mut Pixmap, hands: Hands, angle: f32, length: f32, edge: Rgb, ink: Rgb) {
    let mut part = |from: f32, to: f32, width: (f32, f32), of: Rgb| {
        bar(picture, CENTRE, &Bar { angle, from, to, width }, of);
    };
    match hands {
        Hands::Mercedes | Hands::Baton => {
            part(-12.0, length, (9.0, 7.0), edge);
            part(14.0, length - 5.0, (4.5, 3.5), ink);
        }
        Hands::Sword => {
            part(-10.0, length * 0.72, (6.0, 13.0), edge);
            part(length * 0.72, length, (13.0, 1.0), edge);
            part(16.0, length * 0.7, (3.0, 7.5), ink);
        }
        Hands::Dauphine => {
            part(-12.0, length * 0.25, (3.0, 13.0), edge);
            part(length * 0.25, length, (13.0, 1.0), shade(edge, -18));
        }
        Hands::Leaf => {
            part(-8.0, length * 0.55, (2.5, 8.5), edge);
            part(length * 0.55, length, (8.5, 0.8), edge);
        }
    }
}

/// Light on the crystal.
fn glint(picture: &mut Pixmap) {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(255, 255, 255, 15);
    let sweep =
        super::shapes::polygon(&[(150.0, 156.0), (218.0, 118.0), (330.0, 330.0), (282.0, 356.0)]);
    if let Some(path) = sweep {
        picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
}
