//! Bodies of answers that are kept as they are sent.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use brotli::CompressorWriter;

use crate::http::accepts::Accepts;
use crate::http::problem::{Answer, ApiError};

/// How hard brotli tries, of 11: as the layer does that compresses the other answers.
const QUALITY: u32 = 4;

/// The same for bodies above [`LARGE`], of which 20 MB would take a second: somebody waits.
const QUICK: u32 = 1;

/// So many bytes are compressed quickly.
const LARGE: usize = 4 * 1024 * 1024;

/// A body with its form. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Ready {
    bytes: Bytes,
    is_brotli: bool,
}

impl Ready {
    /// A body as its client takes it. Takes a moment where it is large.
    pub fn of(plain: Vec<u8>, accepts: Accepts) -> Answer<Self> {
        let is_brotli = accepts.brotli;
        let bytes = match is_brotli {
            true => compressed(&plain).map_err(ApiError::internal)?,
            false => plain,
        };
        Ok(Self {
            bytes: bytes.into(),
            is_brotli,
        })
    }

    /// The bytes that are sent.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// An answer of this media type, sent as `body`.
    pub fn response(&self, kind: &'static str, body: Body) -> Response {
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if self.is_brotli {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

fn compressed(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let quality = if plain.len() > LARGE { QUICK } else { QUALITY };
    // Far windows cost memory and find little more: rows that repeat stand close.
    let mut writer = CompressorWriter::new(Vec::new(), 4096, quality, 20);
    writer.write_all(plain)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Outcome;

    #[test]
    fn what_is_compressed_is_what_was_made() -> Outcome {
        let brotli = Accepts { brotli: true };
        for size in [0, 10, 100_000, LARGE + 1] {
            let plain: Vec<u8> = (0..size).map(|number| (number / 7) as u8).collect();
            let ready = Ready::of(plain.clone(), brotli).map_err(|_| "not compressed")?;
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut &*ready.bytes, &mut read)?;
            assert!(read == plain && ready.bytes.len() <= plain.len() + 8);
            let same = Ready::of(plain.clone(), Accepts::default()).map_err(|_| "not made")?;
            assert!(!same.is_brotli && *same.bytes == *plain);
        }
        Ok(())
    }
}
