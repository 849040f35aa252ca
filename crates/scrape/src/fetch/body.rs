//! A response's body within bounds: so many bytes on the wire, so many unpacked.
//!
//! We unpack ourselves, because limits that count before unpacking let bombs through.

use std::io::{self, Read};

use super::FetchError;

/// Bytes on the wire.
pub const WIRE_BYTES: usize = 8 * 1024 * 1024;

/// Bytes after unpacking.
pub const DECODED_BYTES: usize = 16 * 1024 * 1024;

/// Unpacked bytes per wire byte; only beyond [`RATIO_FROM`], as small pages may repeat themselves.
const RATIO: usize = 100;
const RATIO_FROM: usize = 256 * 1024;

/// Encodings within encodings; honest servers use one.
const LAYERS: usize = 2;

/// What we ask for; must be what [`unpack`] knows.
pub const ACCEPT_ENCODING: &str = "gzip, deflate, br";

/// Reads the whole body, refusing it as soon as it is too long, whatever its header claimed.
pub async fn receive(response: &mut reqwest::Response) -> Result<Vec<u8>, ReceiveError> {
    let claimed = response.content_length().unwrap_or(0);
    if claimed > WIRE_BYTES as u64 {
        return Err(ReceiveError::TooLarge);
    }
    let mut wire = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if wire.len() + chunk.len() > WIRE_BYTES {
            return Err(ReceiveError::TooLarge);
        }
        wire.extend_from_slice(&chunk);
    }
    Ok(wire)
}

#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    #[error("too many bytes on the wire")]
    TooLarge,
    #[error("the connection broke")]
    Broken(#[from] reqwest::Error),
}

/// Undoes `Content-Encoding`, the last one named first.
pub fn unpack(wire: Vec<u8>, content_encoding: &str) -> Result<Vec<u8>, FetchError> {
    let names = content_encoding.split(',').map(|name| name.trim().to_ascii_lowercase());
    let layers: Vec<String> = names.filter(|name| !name.is_empty() && name != "identity").collect();
    if layers.is_empty() || wire.is_empty() {
        return Ok(wire);
    }
    if layers.len() > LAYERS {
        return Err(FetchError::UnknownEncoding(content_encoding.to_owned()));
    }
    let limit = DECODED_BYTES.min(RATIO_FROM.max(wire.len().saturating_mul(RATIO)));
    let mut reader: Box<dyn Read + '_> = Box::new(wire.as_slice());
    for layer in layers.iter().rev() {
        reader = match layer.as_str() {
            "gzip" | "x-gzip" => Box::new(flate2::read::MultiGzDecoder::new(reader)),
            "deflate" => inflate(reader)?,
            "br" => Box::new(brotli_decompressor::Decompressor::new(reader, 4096)),
            _ => return Err(FetchError::UnknownEncoding(layer.clone())),
        };
    }
    read_within(reader, limit)
}

/// "deflate" means zlib, but some servers send it bare: the first two bytes tell.
fn inflate<'a>(mut reader: Box<dyn Read + 'a>) -> Result<Box<dyn Read + 'a>, FetchError> {
    let mut head = Vec::with_capacity(2);
    reader.by_ref().take(2).read_to_end(&mut head).map_err(FetchError::Damaged)?;
    let zlib = matches!(head.as_slice(), [first, second]
        if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    let whole = io::Cursor::new(head).chain(reader);
    Ok(match zlib {
        true => Box::new(flate2::read::ZlibDecoder::new(whole)),
        false => Box::new(flate2::read::DeflateDecoder::new(whole)),
    })
}

fn read_within(reader: Box<dyn Read + '_>, limit: usize) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut body).map_err(FetchError::Damaged)?;
    match body.len() {
        length if length <= limit => Ok(body),
        _ if limit == DECODED_BYTES => Err(FetchError::TooLarge { limit }),
        _ => Err(FetchError::Bomb),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = write::GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    fn bare(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = write::DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = write::ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    #[track_caller]
    fn check(wire: Vec<u8>, encoding: &str, expected: &[u8]) {
        assert_eq!(unpack(wire, encoding).expect("it unpacks"), expected, "{encoding}");
    }

    #[test]
    fn each_encoding_we_ask_for_is_undone() {
        check(b"plain".to_vec(), "", b"plain");
        check(b"plain".to_vec(), "identity", b"plain");
        check(gzip(b"packed"), "gzip", b"packed");
        check(zlib(b"packed"), "deflate", b"packed");
        check(bare(b"packed"), "Deflate", b"packed");
        check(gzip(&zlib(b"twice")), "deflate, gzip", b"twice");
        check([&gzip(b"one")[..], &gzip(b"two")[..]].concat(), "gzip", b"onetwo");
        // "hello" as brotli writes it uncompressed: window, one literal block, the end.
        check(b"\x0b\x02\x80hello\x03".to_vec(), "br", b"hello");
    }

    #[test]
    fn bombs_and_damage_are_named() {
        let bomb = gzip(&vec![0; DECODED_BYTES - 1]);
        assert!(matches!(unpack(bomb, "gzip"), Err(FetchError::Bomb)));
        let nested = gzip(&gzip(&vec![0; DECODED_BYTES + 1]));
        assert!(matches!(unpack(nested, "gzip, gzip"), Err(FetchError::Bomb)));
        let cut = gzip(b"packed and cut")[..20].to_vec();
        assert!(matches!(unpack(cut, "gzip"), Err(FetchError::Damaged(_))));
        assert!(matches!(unpack(vec![1], "zstd"), Err(FetchError::UnknownEncoding(_))));
        let deep = unpack(gzip(b"x"), "gzip, gzip, gzip");
        assert!(matches!(deep, Err(FetchError::UnknownEncoding(_))));
    }
}
