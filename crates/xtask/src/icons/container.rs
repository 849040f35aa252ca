//! Packs PNGs into Windows' `.ico` and Apple's `.icns`.
//!
//! Both are tables of PNGs: ICO as Windows reads it since Vista (directory of 16-byte entries,
//! little endian), ICNS as a list of four-letter chunks (big endian, lengths with their header).

use anyhow::{Context, Result};

/// Sizes that Explorer and the taskbar ask for at 100 to 250 %.
const ICO: &[u32] = &[16, 24, 32, 48, 64, 128, 256];
/// Type and pixels: 128, 256, 512, 512@2x, 16@2x, 32@2x, 128@2x.
const ICNS: &[(&[u8; 4], u32)] = &[
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic13", 256),
];

pub fn ico(draw: impl Fn(u32) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let pictures = ICO.iter().map(|pixels| draw(*pixels)).collect::<Result<Vec<_>>>()?;
    let count = u16::try_from(ICO.len())?;
    let mut file = Vec::new();
    for half in [0, 1, count] {
        file.extend(half.to_le_bytes());
    }
    let mut offset = 6 + 16 * u32::from(count);
    for (pixels, picture) in ICO.iter().zip(&pictures) {
        // A byte of 0 means 256.
        let side = u8::try_from(*pixels).unwrap_or(0);
        let length = u32::try_from(picture.len()).context("an icon below 4 GiB")?;
        file.extend([side, side, 0, 0]);
        file.extend(1_u16.to_le_bytes());
        file.extend(32_u16.to_le_bytes());
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += length;
    }
    pictures.iter().for_each(|picture| file.extend(picture));
    Ok(file)
}

pub fn icns(draw: impl Fn(u32) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let mut chunks = Vec::new();
    for (kind, pixels) in ICNS {
        let picture = draw(*pixels)?;
        chunks.extend(*kind);
        chunks.extend(u32::try_from(picture.len() + 8)?.to_be_bytes());
        chunks.extend(picture);
    }
    let mut file = b"icns".to_vec();
    file.extend(u32::try_from(chunks.len() + 8)?.to_be_bytes());
    file.extend(chunks);
    Ok(file)
}
