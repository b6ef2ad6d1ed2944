//! How much each client has under way, so that nobody has all of it: connections, and requests where
//! all connections are a proxy's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use membership_contract::refusal::Refusal;

use super::client::Client;
use super::problem::ApiError;
use crate::App;

/// How many each client has.
#[derive(Debug, Default)]
pub struct UnderWay(Mutex<HashMap<Client, usize>>);

/// One of a client, until it is dropped.
pub struct Admitted {
    all: Arc<UnderWay>,
    client: Client,
}

impl UnderWay {
    /// Counts one more of a client, unless it has the most that it may have.
    pub fn admit(this: &Arc<Self>, client: Client, most: Option<usize>) -> Option<Admitted> {
        let mut counts = this.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(client).or_default();
        if most.is_some_and(|most| *count >= most) {
            return None;
        }
        *count += 1;
        Some(Admitted {
            all: Arc::clone(this),
            client,
        })
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let mut counts = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.client);
            }
        }
    }
}

/// Refuses a request of a client that has as many under way as it may, before anything is read. One
/// is under way until its answer is sent.
pub async fn limit(
    State(app): State<App>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let most = app.settings.requests_of_client;
    if most.is_none() {
        return next.run(request).await;
    }
    let Some(admitted) = UnderWay::admit(&app.under_way, client, most) else {
        return ApiError::from(Refusal::TooManyAtOnce).into_response();
    };
    next.run(request).await.map(|body| {
        // The closure is kept as long as the body, and unlike others this wrapper keeps its length.
        Body::new(body.map_err(move |error| {
            let _held = &admitted;
            error
        }))
    })
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::body::Bytes;
    use futures_util::stream;
    use membership_contract::paths;

    use crate::app::Settings;
    use crate::testing::{Outcome, TestApp};

    use super::*;

    /// A body of which nothing comes.
    fn never() -> Body {
        Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())
    }

    #[tokio::test]
    async fn behind_a_proxy_one_client_has_so_many_requests_under_way() -> Outcome {
        let settings = Settings {
            behind_proxy: true,
            requests_of_client: Some(2),
            ..Settings::default()
        };
        TestApp::each_with(&settings, async |app| {
            let browser = app.browser();
            let of = |address| {
                [
                    ("x-forwarded-for", address),
                    ("content-type", "application/json"),
                ]
            };
            let held = of("203.0.113.9");
            let hold = || browser.send_body("POST", paths::SESSION, &held, never());
            let ask = async |address| {
                let headers = of(address);
                browser.get_with(paths::SESSION, &headers).await
            };
            let others = async {
                // Both of the others have begun by then.
                tokio::task::yield_now().await;
                let refused = ask("203.0.113.9").await?;
                let elsewhere = ask("192.0.2.1").await?;
                Ok::<_, crate::testing::Failure>((refused, elsewhere))
            };
            let (refused, elsewhere) = tokio::select! {
                biased;
                answer = hold() => return Err(format!("{answer:?}").into()),
                answer = hold() => return Err(format!("{answer:?}").into()),
                both = others => both?,
            };
            assert_eq!(refused.problem()?.code, "too_many_requests");
            assert_eq!(refused.header("retry-after"), "5");
            assert_eq!(elsewhere.status, 204);
            // They are gone, and so is what they held.
            assert_eq!(ask("203.0.113.9").await?.status, 204);
            Ok(())
        })
        .await
    }
}
