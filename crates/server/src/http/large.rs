//! Bodies that are too large to be received before their turn.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use membership_contract::refusal::Refusal;
use tokio::time::{Instant, timeout};

use super::body::{broken_off, expect_json, is_of, too_large};
use super::problem::{Answer, ApiError};
use super::timeouts;

/// The largest evidence: thousands of people with years of usage.
pub const LARGEST_DOCUMENT: usize = 16 * 1024 * 1024;

/// The media types of a file.
pub static FILES: [&str; 4] = [
    "application/json",
    "text/csv",
    "text/tab-separated-values",
    "application/octet-stream",
];

/// A body that is received step by step.
#[derive(Debug)]
pub struct Unread {
    body: Body,
    most: usize,
    /// The time that is left for it.
    left: Duration,
}

/// Evidence, or a part of it, as JSON.
#[derive(Debug)]
pub struct Document(pub Unread);

/// A file to import.
#[derive(Debug)]
pub struct File(pub Unread);

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Answer<Self> {
        expect_json(request.headers())?;
        Unread::of(request, LARGEST_DOCUMENT).map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for File {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Answer<Self> {
        if !FILES.iter().any(|kind| is_of(request.headers(), kind)) {
            return Err(Refusal::MediaType { known: &FILES }.into());
        }
        Unread::of(request, membership_import::LARGEST).map(Self)
    }
}

impl Unread {
    fn of(request: Request, limit: usize) -> Answer<Self> {
        let told = length(request.headers());
        if told.is_some_and(|told| told > limit) {
            return Err(too_large());
        }
        let most = told.unwrap_or(limit);
        Ok(Self {
            most,
            left: timeouts::arriving(most),
            body: request.into_body(),
        })
    }

    /// The most bytes that it can have: what its sender says, or what its address takes.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Receives about so many bytes more, and says whether that was the end. It takes the time of a
    /// slow line at most: who sent much and then stalls is let go as soon as who never sends.
    pub async fn step(&mut self, bytes: &mut Vec<u8>, size: usize) -> Answer<bool> {
        let limit = self.left.min(timeouts::arriving(size));
        let begin = Instant::now();
        let received = timeout(limit, self.received(bytes, size)).await;
        self.left = self.left.saturating_sub(begin.elapsed());
        received.unwrap_or_else(|_| Err(too_slow(limit)))
    }

    async fn received(&mut self, bytes: &mut Vec<u8>, size: usize) -> Answer<bool> {
        let enough = bytes.len() + size;
        // Of the last step the end is waited for.
        while bytes.len() < enough || bytes.len() == self.most {
            let Some(frame) = self.body.frame().await else {
                return Ok(true);
            };
            let frame = frame.map_err(|_| broken_off())?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            if bytes.len() + data.len() > self.most {
                return Err(too_large());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(false)
    }

    /// Receives it without keeping it.
    pub async fn discard(&mut self) {
        let passed = async {
            let mut left = self.most;
            while let Some(Ok(frame)) = self.body.frame().await {
                let size = frame.data_ref().map_or(0, Bytes::len);
                left = match left.checked_sub(size) {
                    Some(left) => left,
                    None => break,
                };
            }
        };
        // Nothing hangs on it.
        let _ = timeout(timeouts::PATIENCE, passed).await;
    }
}

pub(super) fn length(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn too_slow(limit: Duration) -> ApiError {
    let seconds = limit.as_secs();
    Refusal::PieceTooLate { seconds }.into()
}
