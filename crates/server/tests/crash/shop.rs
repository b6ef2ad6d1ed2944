//! What all buyers share: the server as they reach it, and what became of what they asked.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use membership_contract::paths;
use membership_domain::id::OrganizationId;
use membership_server::clock::Clock;
use membership_server::demo::PASSPHRASE;
use reqwest::header::{CONTENT_TYPE, COOKIE, ETAG, IF_MATCH, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::watch;
use totp_rs::{Builder, Secret};

use super::Outcome;
use super::people::{BUYER, OPERATOR, PASSWORD};
use super::server::Server;

/// See the module.
pub struct Shop {
    http: reqwest::Client,
    address: String,
    is_up: watch::Receiver<bool>,
    buyer: String,
    operator: String,
    companies: Mutex<Vec<OrganizationId>>,
    /// How many statements the bank has made.
    pub statements: AtomicU64,
    /// Requests that wait for their answer.
    pub under_way: AtomicUsize,
    /// Nobody begins anything new.
    pub is_over: AtomicBool,
    /// Writes that were answered.
    pub acknowledged: AtomicUsize,
    /// Requests that no answer came to.
    pub unanswered: AtomicUsize,
    /// Those of them that had been done all the same, as the answer to the second one says.
    pub done_before: AtomicUsize,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    method: Method,
    path: String,
    key: Option<String>,
    tag: Option<String>,
    body: Option<(&'static str, Vec<u8>)>,
    is_operators: bool,
}

impl Asked {
    pub fn of(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            key: None,
            tag: None,
            body: None,
            is_operators: false,
        }
    }

    pub fn get(path: impl Into<String>) -> Self {
        Self::of(Method::GET, path)
    }

    pub fn post(path: impl Into<String>) -> Self {
        Self::of(Method::POST, path)
    }

    pub fn key(mut self, key: String) -> Self {
        self.key = Some(key);
        self
    }

    pub fn tag(mut self, tag: String) -> Self {
        self.tag = Some(tag);
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    pub fn body(mut self, kind: &'static str, body: Vec<u8>) -> Self {
        self.body = Some((kind, body));
        self
    }

    pub fn by_operator(mut self) -> Self {
        self.is_operators = true;
        self
    }
}

/// An answer that came whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub tag: String,
    pub body: String,
    replayed: bool,
}

impl Answer {
    /// What it says, where it has this status.
    pub fn told<T: DeserializeOwned>(&self, status: u16) -> Outcome<T> {
        if self.status != status {
            return Err(format!("not {status} but {}: {}", self.status, self.body).into());
        }
        Ok(serde_json::from_str(&self.body)?)
    }
}

impl Shop {
    /// Signs in those who act.
    pub async fn open(
        server: &Server,
        companies: Vec<OrganizationId>,
        is_up: watch::Receiver<bool>,
    ) -> Outcome<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none());
        let mut shop = Self {
            http: http.timeout(Duration::from_secs(30)).build()?,
            address: server.address(),
            is_up,
            buyer: String::new(),
            operator: String::new(),
            companies: Mutex::new(companies),
            statements: AtomicU64::new(0),
            under_way: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            acknowledged: AtomicUsize::new(0),
            unanswered: AtomicUsize::new(0),
            done_before: AtomicUsize::new(0),
        };
        shop.buyer = shop.signed_in(BUYER, PASSPHRASE).await?;
        shop.operator = shop.signed_in(OPERATOR, PASSWORD).await?;
        let begun = Asked::post(paths::TOTP).json(&json!({})).by_operator();
        let begun: Value = shop.ask(&begun).await?.told(201)?;
        let secret = Secret::try_from_base32(begun["secret"].as_str().unwrap_or_default())?;
        let seconds = u64::try_from(Clock::system().real().timestamp())?;
        let code = Builder::new()
            .with_secret(secret)
            .build()?
            .generate(seconds);
        let confirmed = Asked::of(Method::PUT, paths::TOTP).by_operator();
        let confirmed = confirmed.json(&json!({"code": code.to_string()}));
        assert!(shop.ask(&confirmed).await?.status.is_success());
        Ok(shop)
    }

    async fn signed_in(&self, email: &str, password: &str) -> Outcome<String> {
        let form = json!({"email": email, "password": password});
        let address = format!("{}{}", self.address, paths::SESSION);
        let sent = self.http.post(address).body(form.to_string());
        let answer = sent.header(CONTENT_TYPE, "application/json").send().await?;
        let cookies = answer.headers().get_all(SET_COOKIE).iter();
        let mut cookies = cookies.filter_map(|one| one.to_str().ok()?.split(';').next());
        let session = cookies.find(|one| one.starts_with("__Host-session="));
        Ok(session.ok_or("no session")?.to_owned())
    }

    /// A company that nobody bought for.
    pub fn company(&self) -> Option<OrganizationId> {
        let mut all = self
            .companies
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.pop()
    }

    /// Sends a request once, as soon as there is a server; nothing where no answer comes.
    pub async fn once(&self, asked: &Asked) -> Outcome<Option<Answer>> {
        let mut is_up = self.is_up.clone();
        is_up.wait_for(|up| *up).await?;
        self.under_way.fetch_add(1, Ordering::SeqCst);
        let answer = self.ask(asked).await;
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        match answer {
            // It did nothing, for others were in the way.
            Ok(busy) if [429, 503].contains(&busy.status.as_u16()) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Ok(None)
            }
            Ok(answer) => Ok(Some(answer)),
            Err(_) => {
                self.unanswered.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(2)).await;
                Ok(None)
            }
        }
    }

    /// Notes that a request was answered.
    pub fn note(&self, asked: &Asked, answer: &Answer) {
        if asked.method != Method::GET && answer.status.as_u16() < 400 {
            self.acknowledged.fetch_add(1, Ordering::SeqCst);
        }
        if answer.replayed {
            self.done_before.fetch_add(1, Ordering::SeqCst);
        }
    }

    async fn ask(&self, asked: &Asked) -> reqwest::Result<Answer> {
        let address = format!("{}{}", self.address, asked.path);
        let session = match asked.is_operators {
            true => &self.operator,
            false => &self.buyer,
        };
        let mut sent = self.http.request(asked.method.clone(), address);
        sent = sent.header(COOKIE, session);
        if let Some(key) = &asked.key {
            sent = sent.header("idempotency-key", key);
        }
        if let Some(tag) = &asked.tag {
            sent = sent.header(IF_MATCH, tag);
        }
        if let Some((kind, body)) = &asked.body {
            sent = sent.header(CONTENT_TYPE, *kind).body(body.clone());
        }
        let answer = sent.send().await?;
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        Ok(Answer {
            status: answer.status(),
            tag: header(ETAG.as_str()).unwrap_or_default(),
            replayed: header("idempotency-replayed").is_some(),
            body: answer.text().await?,
        })
    }
}
