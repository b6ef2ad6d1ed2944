//! Bodies of answers that are kept as they are sent.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use brotli::CompressorWriter;

use crate::http::accepts::Accepts;
use crate::http::problem::{Answer, ApiError};

/// How hard brotli tries, of 11: as the layer does that compresses the other answers.
const QUALITY: u32 = 4;

/// So many bytes are compressed at a time. What is larger is never in memory as it was before.
const STEP: usize = 256 * 1024;

/// How far back brotli looks for what repeats, as a power of two. In what is small, more than 1 MB
/// would cost memory and find nothing.
const NEAR: u32 = 20;

/// In what is large 4 MB save a third.
const FAR: u32 = 22;

/// A body with its form. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Ready {
    bytes: Bytes,
    is_brotli: bool,
}

impl Ready {
    /// A body as its client takes it, which `make` writes. Takes a moment where it is large.
    pub fn written(
        accepts: Accepts,
        make: impl FnOnce(&mut Written) -> Answer<()>,
    ) -> Answer<Self> {
        let is_brotli = accepts.brotli;
        let mut written = Written {
            last: Vec::new(),
            is_brotli,
            packed: None,
        };
        make(&mut written)?;
        let bytes = written.finish().map_err(ApiError::internal)?;
        Ok(Self { bytes, is_brotli })
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

/// A body that is written, and compressed on the way.
pub struct Written {
    /// What was not compressed yet.
    last: Vec<u8>,
    is_brotli: bool,
    /// What was, where there is much.
    packed: Option<Box<CompressorWriter<Vec<u8>>>>,
}

impl Written {
    fn finish(mut self) -> io::Result<Bytes> {
        if !self.is_brotli {
            return Ok(self.last.into());
        }
        let mut packed = self.packed.take().unwrap_or_else(|| packer(NEAR));
        packed.write_all(&self.last)?;
        Ok(packed.into_inner().into())
    }
}

impl Write for Written {
    fn write(&mut self, some: &[u8]) -> io::Result<usize> {
        self.last.extend_from_slice(some);
        if self.is_brotli && self.last.len() >= STEP {
            let packed = self.packed.get_or_insert_with(|| packer(FAR));
            packed.write_all(&self.last)?;
            self.last.clear();
        }
        Ok(some.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn packer(window: u32) -> Box<CompressorWriter<Vec<u8>>> {
    Box::new(CompressorWriter::new(Vec::new(), STEP / 4, QUALITY, window))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Outcome;

    #[test]
    fn what_is_compressed_is_what_was_made() -> Outcome {
        let brotli = Accepts { brotli: true };
        for size in [0, 10, 100_000, STEP, 20 * STEP + 1] {
            let plain: Vec<u8> = (0..size).map(|number| (number / 7) as u8).collect();
            let write = |accepts| {
                Ready::written(accepts, |out| {
                    let mut parts = plain.chunks(1_000);
                    parts
                        .try_for_each(|part| out.write_all(part))
                        .map_err(ApiError::internal)
                })
            };
            let ready = write(brotli).map_err(|_| "not compressed")?;
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut &*ready.bytes, &mut read)?;
            assert!(read == plain && ready.bytes.len() <= plain.len() + 8);
            let same = write(Accepts::default()).map_err(|_| "not made")?;
            assert!(!same.is_brotli && *same.bytes == *plain);
        }
        Ok(())
    }
}
