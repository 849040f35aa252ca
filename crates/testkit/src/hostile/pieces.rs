//! Answers and packed bodies to put behaviours together from.

use std::io::Write;

use flate2::{Compression, write};

use super::{Act, NOW};

const MEGABYTE: usize = 1024 * 1024;

/// A whole answer; `headers` are lines that each end in CRLF.
pub fn say(status: &str, headers: &str, body: &[u8]) -> Act {
    Act::Say([head(status, headers, body.len()).as_bytes(), body].concat())
}

pub fn head(status: &str, headers: &str, length: usize) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
}

/// An HTML page in UTF-8.
pub fn html(body: &str) -> Act {
    say("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

/// The same page, packed: for pages larger than what goes over the wire.
pub fn packed_html(body: &str) -> Act {
    let headers = "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n";
    say("200 OK", headers, &gzip(body.as_bytes()))
}

/// Bytes as they are.
pub fn raw(text: &str) -> Act {
    Act::Say(text.as_bytes().to_vec())
}

/// These bytes for ever.
pub fn endless(first: &str, piece: &[u8]) -> Act {
    let (first, piece) = (first.as_bytes().to_vec(), piece.to_vec());
    Act::Repeat { first, piece, times: None, pause: NOW }
}

pub fn chunked(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
}

/// A page with one watch for sale, as schema.org data.
pub fn shop(name: &str, price: &str) -> String {
    format!(
        r#"<html><head><script type="application/ld+json">{{"@type":"Product","name":"{name}","sku":"1",
        "url":"/watch/1","offers":{{"@type":"Offer","price":"{price}","priceCurrency":"EUR"}}}}</script>
        </head><body></body></html>"#
    )
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = write::GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

/// A megabyte of zeros, packed and flushed; the second piece can be said again for ever.
pub struct Flushed {
    pub first: Vec<u8>,
    pub again: Vec<u8>,
}

/// The pieces of a gzip stream.
pub fn gzip_zeros() -> Flushed {
    let mut encoder = write::GzEncoder::new(Vec::new(), Compression::best());
    flushed(&mut encoder, |encoder| encoder.get_ref().len(), |encoder| encoder.get_ref().clone())
}

/// The pieces of a zlib stream, which is what `deflate` means.
pub fn zlib_zeros() -> Flushed {
    let mut encoder = write::ZlibEncoder::new(Vec::new(), Compression::best());
    flushed(&mut encoder, |encoder| encoder.get_ref().len(), |encoder| encoder.get_ref().clone())
}

/// The pieces of a brotli stream.
pub fn brotli_zeros() -> Flushed {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    flushed(&mut encoder, |encoder| encoder.get_ref().len(), |encoder| encoder.get_ref().clone())
}

/// One block, and one more after the window has filled: every later block is the same bytes.
fn flushed<W: Write>(
    encoder: &mut W,
    length: impl Fn(&W) -> usize,
    bytes: impl Fn(&W) -> Vec<u8>,
) -> Flushed {
    let zeros = vec![0; MEGABYTE];
    let mut block = || {
        encoder.write_all(&zeros).expect("writing to memory");
        encoder.flush().expect("writing to memory");
        length(encoder)
    };
    let ends: Vec<usize> = (0..3).map(|_| block()).collect();
    let all = bytes(encoder);
    Flushed { first: all[..ends[1]].to_vec(), again: all[ends[1]..ends[2]].to_vec() }
}

/// A packed answer of `megabytes` after unpacking, in few bytes of memory.
pub fn bomb(encoding: &str, pieces: Flushed, megabytes: u32) -> Act {
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\
        Content-Encoding: {encoding}\r\n\r\n"
    );
    Act::Repeat {
        first: [head.as_bytes(), &pieces.first].concat(),
        piece: pieces.again,
        times: Some(megabytes),
        pause: NOW,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// How many zeros come out before the stream ends without its end.
    fn zeros(mut reader: impl Read) -> usize {
        let (mut all, mut buffer) = (0, vec![0; 65_536]);
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            assert!(buffer[..length].iter().all(|byte| *byte == 0));
            all += length;
        }
        all
    }

    fn stream(pieces: Flushed, times: usize) -> Vec<u8> {
        [pieces.first, pieces.again.repeat(times)].concat()
    }

    #[test]
    fn a_repeated_block_is_another_megabyte() {
        let gzip = stream(gzip_zeros(), 3);
        assert_eq!(zeros(flate2::read::GzDecoder::new(gzip.as_slice())), 5 * MEGABYTE);
        let zlib = stream(zlib_zeros(), 3);
        assert_eq!(zeros(flate2::read::ZlibDecoder::new(zlib.as_slice())), 5 * MEGABYTE);
        let brotli = stream(brotli_zeros(), 3);
        assert!(brotli.len() < 1_000, "{}", brotli.len());
        let reader = brotli_decompressor::Decompressor::new(brotli.as_slice(), 4096);
        assert_eq!(zeros(reader), 5 * MEGABYTE);
    }
}
