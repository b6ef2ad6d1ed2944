//! Requests to Stripe, each sent once: who asked asks again, under the same key.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder, redirect, retry};
use serde::de::DeserializeOwned;
use url::Url;

use super::account::Account;
use super::answer::{Fault, read, silent};

/// The version of the API for which this is written. Accounts have others as their default.
pub const VERSION: &str = "2026-10-28.endive";

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// The most bytes of an answer that are read: the largest are some pages of a hundred sessions.
const MOST: usize = 4 * 1024 * 1024;

/// What makes requests.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: Url,
    authorization: HeaderValue,
}

impl Client {
    /// One for an account; nothing is sent yet.
    ///
    /// # Errors
    /// The key has what no header can have, or TLS can't be used.
    pub fn new(account: &Account) -> anyhow::Result<Self> {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECTING)
            .timeout(account.patience)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .https_only(!account.is_local())
            .user_agent(concat!("membership-server/", env!("CARGO_PKG_VERSION")));
        let builder = match account.is_local() {
            true => builder.no_proxy(),
            false => builder,
        };
        let authorization = HeaderValue::try_from(format!("Bearer {}", account.key.as_ref()));
        let mut authorization = authorization
            .ok()
            .context("the secret key of Stripe has other characters than keys")?;
        authorization.set_sensitive(true);
        Ok(Self {
            http: builder.build().context("HTTPS to Stripe")?,
            url: account.url.clone(),
            authorization,
        })
    }

    /// Reads an object.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, Fault> {
        let mut url = self.at(path);
        url.query_pairs_mut().extend_pairs(query);
        self.answer(self.http.request(Method::GET, url)).await
    }

    /// Makes or changes an object; under a key it is done once.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &[(&str, String)],
        key: Option<&str>,
    ) -> Result<T, Fault> {
        let request = self.http.request(Method::POST, self.at(path)).form(form);
        self.answer(match key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        })
        .await
    }

    fn at(&self, path: &[&str]) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("v1").extend(path);
        }
        url
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        let sent = request
            .header("authorization", self.authorization.clone())
            .header("stripe-version", VERSION)
            .send();
        let mut response = sent.await.map_err(silent)?;
        let status = response.status();
        let id = response.headers().get("request-id");
        let id = id
            .and_then(|id| id.to_str().ok())
            .unwrap_or("none")
            .to_owned();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(silent)? {
            body.extend_from_slice(&piece);
            if body.len() > MOST {
                return Err(Fault::Silent(format!("too long an answer, request {id}")));
            }
        }
        read(status, &body, &id)
    }
}
