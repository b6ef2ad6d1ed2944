//! Large answers: they keep the place that was taken for them until they are sent, so that who
//! reads slowly does not have many of them in memory.

use std::any::Any;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

use super::timeouts;

/// So many bytes go at a time: what is left stays in our hands.
const PIECE: usize = 64 * 1024;

/// A body that holds something until its last piece is taken, within the time of a slow line.
pub fn holding(content: impl Into<Bytes>, held: impl Any + Send + Sync) -> Body {
    let rest = content.into();
    let sending = Sending {
        until: Instant::now() + timeouts::arriving(rest.len()),
        rest,
        _held: Box::new(held),
    };
    Body::new(sending.map_err(axum::Error::new))
}

struct Sending {
    rest: Bytes,
    until: Instant,
    _held: Box<dyn Any + Send + Sync>,
}

/// The client takes longer than a slow line does.
#[derive(Debug, thiserror::Error)]
#[error("not taken within {0:?}")]
struct TooSlow(Duration);

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = TooSlow;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TooSlow>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if Instant::now() > self.until {
            return Poll::Ready(Some(Err(TooSlow(timeouts::arriving(self.rest.len())))));
        }
        let size = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(size)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::Outcome;

    #[tokio::test(start_paused = true)]
    async fn it_holds_until_the_last_piece_and_not_forever() -> Outcome {
        let held = Arc::new(());
        let mut body = holding(vec![1; 3 * PIECE], Arc::clone(&held));
        assert_eq!(body.size_hint().exact(), Some(3 * PIECE as u64));
        for _ in 0..2 {
            body.frame().await.ok_or("a piece")??;
            assert_eq!(Arc::strong_count(&held), 2);
        }
        tokio::time::sleep(2 * timeouts::arriving(3 * PIECE)).await;
        assert!(body.frame().await.is_some_and(|piece| piece.is_err()));
        drop(body);
        assert_eq!(Arc::strong_count(&held), 1);
        let body = holding(vec![1; 3 * PIECE], Arc::clone(&held));
        assert_eq!(body.collect().await?.to_bytes().len(), 3 * PIECE);
        assert_eq!(Arc::strong_count(&held), 1);
        Ok(())
    }
}
