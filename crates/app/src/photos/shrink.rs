//! A photo's bytes from a market -> a small JPEG of our own making, or a refusal.
//!
//! Pure, but slow: the caller runs it off the async threads. Re-encoding drops whatever else the file
//! carried (positions, comments, a second format behind the first). The size is read from the header
//! and judged before a single pixel is decoded.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType};

/// The longest side of a kept photo, in pixels: twice what the table and the detail page show.
const LONGEST_SIDE: u32 = 800;
/// Photos above 40 million pixels are refused.
const MOST_PIXELS: u64 = 40_000_000;
const MOST_MEMORY: u64 = 200 * 1024 * 1024;
const QUALITY: u8 = 82;

#[derive(Debug, thiserror::Error)]
pub enum PhotoRefused {
    #[error("it is not a JPEG, PNG, WebP or GIF picture")]
    NotAPhoto,
    #[error("it has {width} × {height} pixels; at most 40 million are read")]
    TooLarge { width: u32, height: u32 },
    #[error("it cannot be decoded")]
    Damaged(#[source] image::ImageError),
}

/// # Errors
/// [`PhotoRefused`] says why the bytes were not taken.
pub fn shrink(bytes: &[u8]) -> Result<Vec<u8>, PhotoRefused> {
    let (width, height) = dimensions(bytes)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PhotoRefused::TooLarge { width, height });
    }
    let mut reader = reader(bytes)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let photo = reader.decode().map_err(PhotoRefused::Damaged)?;
    let photo = if width.max(height) > LONGEST_SIDE {
        photo.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle)
    } else {
        photo
    };
    encode(&photo)
}

fn dimensions(bytes: &[u8]) -> Result<(u32, u32), PhotoRefused> {
    reader(bytes)?.into_dimensions().map_err(PhotoRefused::Damaged)
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, PhotoRefused> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|_| PhotoRefused::NotAPhoto)?;
    if reader.format().is_none() { Err(PhotoRefused::NotAPhoto) } else { Ok(reader) }
}

fn encode(photo: &DynamicImage) -> Result<Vec<u8>, PhotoRefused> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    photo.to_rgb8().write_with_encoder(encoder).map_err(PhotoRefused::Damaged)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).expect("encodes");
        bytes.into_inner()
    }

    #[test]
    fn a_photo_becomes_a_small_jpeg() {
        let small = shrink(&png(1_600, 800)).expect("a photo");
        assert_eq!(image::guess_format(&small).ok(), Some(ImageFormat::Jpeg));
        let size = image::load_from_memory(&small).map(|photo| (photo.width(), photo.height()));
        assert_eq!(size.ok(), Some((800, 400)));
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        assert!(matches!(shrink(b"<svg onload=alert(1)>"), Err(PhotoRefused::NotAPhoto)));
        assert!(matches!(shrink(b""), Err(PhotoRefused::NotAPhoto)));
        let whole = png(64, 64);
        assert!(matches!(shrink(&whole[..whole.len() / 2]), Err(PhotoRefused::Damaged(_))));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        // A PNG header that promises 30,000 × 30,000 pixels and holds none.
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let refused = shrink(&bomb).err();
        assert!(
            matches!(refused, Some(PhotoRefused::TooLarge { .. } | PhotoRefused::Damaged(_))),
            "{refused:?}"
        );
    }
}
