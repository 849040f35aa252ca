//! The tokens' contrast, computed: every text colour on every ground it stands on, light and dark.
//!
//! Only a test. OKLCH to linear sRGB after Björn Ottosson's matrices, contrast after WCAG 2.2.

use std::collections::BTreeMap;

type Tokens = BTreeMap<String, [f64; 3]>;

/// The `--name: oklch(l c h)` lines of one block of the tokens.
fn tokens(block: &str) -> Tokens {
    let lines = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": oklch(")?;
        let numbers: Vec<f64> =
            value.split([')', ' ', '/']).filter_map(|part| part.parse().ok()).collect();
        let [lightness, chroma, hue] = numbers.get(..3)?.try_into().ok()?;
        Some((name.to_owned(), [lightness, chroma, hue]))
    });
    lines.collect()
}

fn block<'a>(css: &'a str, opening: &str) -> &'a str {
    let (_, after) = css.split_once(opening).expect("the tokens have this block");
    after.split_once("\n}").map_or(after, |(inside, _)| inside)
}

fn luminance([lightness, chroma, hue]: [f64; 3]) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let red = 4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short;
    let green = -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short;
    let blue = -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701 * short;
    let inside = |channel: f64| channel.clamp(0.0, 1.0);
    0.2126 * inside(red) + 0.7152 * inside(green) + 0.0722 * inside(blue)
}

fn contrast(left: [f64; 3], right: [f64; 3]) -> f64 {
    let (left, right) = (luminance(left) + 0.05, luminance(right) + 0.05);
    left.max(right) / left.min(right)
}

/// Text colours and the grounds each stands on.
const PAIRS: [(&[&str], &[&str]); 4] = [
    (
        &["ink", "ink-soft", "steel", "fall", "rise", "amber"],
        &["ground", "ground-side", "ground-raised", "ground-hover", "ground-chosen"],
    ),
    (&["ink", "ink-soft", "steel"], &["steel-soft"]),
    (&["ink", "ink-soft", "amber"], &["amber-soft"]),
    (&["steel-ink"], &["steel"]),
];

#[track_caller]
fn check(tokens: &Tokens, theme: &str) {
    for (texts, grounds) in PAIRS {
        for (text, ground) in texts.iter().flat_map(|text| grounds.iter().map(move |g| (text, g))) {
            let found = contrast(tokens[*text], tokens[*ground]);
            assert!(found >= 4.5, "{theme}: {text} on {ground} has {found:.2}:1");
        }
    }
    // A toast turns ink and ground round.
    assert!(contrast(tokens["ground"], tokens["ink"]) >= 4.5, "{theme}: toast");
}

#[test]
fn text_is_legible_on_every_ground() {
    let css = include_str!("../style/tokens.css");
    check(&tokens(block(css, "\n:root {")), "light");
    check(&tokens(block(css, ":root[data-theme=\"dark\"] {")), "dark");
}

#[test]
fn both_ways_to_darkness_are_the_same() {
    let css = include_str!("../style/tokens.css");
    let system = block(css, ":root:not([data-theme=\"light\"]) {");
    assert_eq!(tokens(system), tokens(block(css, ":root[data-theme=\"dark\"] {")));
}

#[test]
fn black_on_white_has_21_to_1() {
    assert!((contrast([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]) - 21.0).abs() < 0.01);
}
