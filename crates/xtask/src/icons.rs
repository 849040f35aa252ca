//! Draws every icon of the product into `src-tauri/icons`: app, tray, `.ico` and `.icns`.
//!
//! In: nothing but the numbers below. Out: the same bytes every time; a test compares them with the
//! files in the repository, so that drawing and drawn cannot part.

mod container;
mod dial;
mod tray;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use tiny_skia::Pixmap;

/// Draws all icons and writes them below `root`.
pub fn write(root: &Path) -> Result<()> {
    let folder = root.join("src-tauri/icons");
    fs::create_dir_all(folder.join("tray"))?;
    for (name, bytes) in draw()? {
        let path = folder.join(&name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Every icon by its path below `src-tauri/icons`.
fn draw() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut icons = BTreeMap::new();
    for (name, pixels) in
        [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)]
    {
        icons.insert(name.to_owned(), png(&dial::app(pixels)?)?);
    }
    icons.insert("icon.ico".to_owned(), container::ico(|pixels| png(&dial::app(pixels)?))?);
    icons.insert("icon.icns".to_owned(), container::icns(|pixels| png(&dial::app(pixels)?))?);
    for ink in tray::INKS {
        for mood in tray::MOODS {
            let name = format!("tray/{}-{}.png", ink.name, mood.name());
            icons.insert(name, png(&tray::icon(ink, *mood)?)?);
        }
    }
    Ok(icons)
}

fn png(picture: &Pixmap) -> Result<Vec<u8>> {
    picture.encode_png().context("encoding a PNG")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_holds_what_is_drawn() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/icons");
        for (name, bytes) in draw().unwrap() {
            let stored = fs::read(folder.join(&name)).unwrap_or_default();
            assert!(stored == bytes, "{name} differs: run `cargo xtask icons`");
        }
    }
}
