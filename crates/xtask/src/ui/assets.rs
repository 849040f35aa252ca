//! Style sheet, fonts, icons and `index.html` of the window: files in, `ui/dist` out.
//!
//! Nothing is fetched when the window runs: fonts are copied, icons become one inline sprite.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, ensure};

/// Family, npm package, and the weights the tokens name.
const FONTS: [(&str, &str, [u16; 2]); 2] =
    [("Inter", "inter", [400, 600]), ("Source Serif 4", "source-serif-4", [400, 600])];

/// Subset and the characters it draws; the browser loads the second only when it meets one.
const SUBSETS: [(&str, &str); 2] = [
    (
        "latin",
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215",
    ),
    (
        "latin-ext",
        "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+1E00-1E9F,U+20A0-20AB,U+20AD-20C0",
    ),
];

/// Layers in the order in which later ones win; each is `ui/style/<layer>.css`.
const LAYERS: [&str; 9] =
    ["tokens", "base", "frame", "controls", "list", "detail", "rules", "pages", "overlays"];

/// Writes everything but the script and the WebAssembly.
pub fn write(ui: &Path, dist: &Path) -> Result<()> {
    let fonts = copy_fonts(&ui.join("node_modules/@fontsource"), dist)?;
    fs::write(dist.join("watches.css"), fonts + &style(&ui.join("style"))?)?;
    fs::write(dist.join("start.js"), START)?;
    let sprite = sprite(&ui.join("icons.txt"), &ui.join("node_modules/lucide-static/icons"))?;
    let page = fs::read_to_string(ui.join("index.html")).context("reading ui/index.html")?;
    ensure!(page.contains("<!-- icons -->"), "ui/index.html has no place for the icons");
    fs::write(dist.join("index.html"), page.replace("<!-- icons -->", &sprite))?;
    Ok(())
}

/// A file of its own, since the content security policy allows no inline script.
const START: &str =
    "import init from './watches_ui.js';\ninit({ module_or_path: './watches_ui_bg.wasm' });\n";

fn copy_fonts(packages: &Path, dist: &Path) -> Result<String> {
    let folder = dist.join("fonts");
    fs::create_dir_all(&folder)?;
    let mut css = String::new();
    for (family, package, weights) in FONTS {
        for (subset, range) in SUBSETS {
            for weight in weights {
                let file = format!("{package}-{subset}-{weight}-normal.woff2");
                fs::copy(packages.join(package).join("files").join(&file), folder.join(&file))
                    .with_context(|| format!("copying the font {file}"))?;
                writeln!(
                    css,
                    "@font-face{{font-family:\"{family}\";font-weight:{weight};font-display:block;\
                     src:url(fonts/{file}) format(\"woff2\");unicode-range:{range}}}"
                )?;
            }
        }
    }
    Ok(css)
}

fn style(folder: &Path) -> Result<String> {
    let mut css = format!("@layer {};\n", LAYERS.join(","));
    for layer in LAYERS {
        let text = fs::read_to_string(folder.join(format!("{layer}.css")))
            .with_context(|| format!("reading ui/style/{layer}.css"))?;
        writeln!(css, "@layer {layer}{{\n{}}}", without_comments(&text))?;
    }
    Ok(css)
}

/// Comments and indentation removed; strings in our style sheets hold neither.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, kept)| kept);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// One `<symbol>` per icon named in `icons.txt`, drawn with the page's own stroke.
fn sprite(names: &Path, icons: &Path) -> Result<String> {
    let names = fs::read_to_string(names).context("reading ui/icons.txt")?;
    let mut out = String::from("<svg class=\"sprite\" aria-hidden=\"true\">");
    for name in names.split_whitespace() {
        let svg = fs::read_to_string(icons.join(format!("{name}.svg")))
            .with_context(|| format!("no Lucide icon is called {name}"))?;
        let body =
            svg.split_once("stroke-linejoin=\"round\"").and_then(|(_, tail)| tail.split_once('>'));
        let body = body.and_then(|(_, tail)| tail.split_once("</svg>")).map(|(shapes, _)| shapes);
        let shapes = body.with_context(|| format!("the icon {name} is not drawn as expected"))?;
        let shapes: String = shapes.lines().map(str::trim).collect();
        write!(out, "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\">{shapes}</symbol>")?;
    }
    Ok(out + "</svg>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_left_out() {
        assert_eq!(without_comments("a {\n  /* why */ color: red;\n}\n"), "a {\ncolor: red;\n}\n");
        assert_eq!(without_comments("b {} /* open"), "b {}\n");
    }
}
