//! How long a request may take: as long as an honest client on a slow line needs.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::MethodRouter;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// Longer than any answer needs. A client that sends nothing for so long is let go.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long a form may take to arrive: it is small, and anybody can send one.
pub const FORM: Duration = Duration::from_secs(10);

/// Bytes in a second, on the slowest line that a large body comes over.
const SLOWEST: usize = 64 * 1024;

/// How long a body of so many bytes may take to arrive.
pub fn arriving(bytes: usize) -> Duration {
    PATIENCE + Duration::from_secs((bytes / SLOWEST) as u64)
}

/// An endpoint that takes so many bytes, with the time for them and for the `work` that they make.
pub fn patient<S: Clone + Send + Sync + 'static>(
    endpoint: MethodRouter<S, Infallible>,
    body: usize,
    work: Duration,
) -> MethodRouter<S, Infallible> {
    endpoint
        .route_layer(RequestBodyTimeoutLayer::new(PATIENCE))
        .route_layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            arriving(body) + work,
        ))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, Bytes};
    use axum::http::Request;
    use axum::routing::post;
    use futures_util::stream;
    use tower::ServiceExt;

    use super::*;

    /// The status of the answer to ten pieces of a body with these pauses between them.
    async fn status(limit: usize, pause: u64) -> Result<StatusCode, Infallible> {
        let pieces = stream::unfold(0, move |sent| async move {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            (sent < 10).then(|| (Ok::<_, Infallible>(Bytes::from_static(b"one")), sent + 1))
        });
        let request = Request::post("/").body(Body::from_stream(pieces));
        let endpoint = patient(post(async |_: Bytes| StatusCode::OK), limit, Duration::ZERO);
        let answer = endpoint.with_state(()).oneshot(request.unwrap_or_default());
        answer.await.map(|answer| answer.status())
    }

    #[tokio::test(start_paused = true)]
    async fn a_large_body_has_the_time_of_a_slow_line() -> Result<(), Infallible> {
        let (form, file) = (SLOWEST, 300 * SLOWEST);
        assert_eq!(status(form, 1).await?, StatusCode::OK);
        assert_eq!(status(form, 10).await?, StatusCode::REQUEST_TIMEOUT);
        assert_eq!(status(file, 10).await?, StatusCode::OK);
        assert_eq!(
            status(file, 31).await?,
            StatusCode::BAD_REQUEST,
            "it stalls"
        );
        Ok(())
    }
}
