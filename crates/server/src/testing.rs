//! A server for tests: on a real store, with the demo in it, a clock that stands still, and
//! browsers that call the whole router without a network.

pub mod shop;

use std::fmt;
use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use membership_contract::paths;
use membership_contract::problem::{MEDIA_TYPE, Problem};
use membership_domain::catalog::Catalog;
use membership_domain::id::OrganizationId;
use membership_store::audit::Action;
use membership_store::evidence::Expected;
use membership_store::testing::{Template, TestStore};
use membership_store::tokens::{self, Token};
use membership_store::{Store, audit, evidence, grants, users};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::Settings;
use crate::clock::Clock;
use crate::routes::Route;
use crate::tokens::Secret;
use crate::{App, demo, gateway, http, routes, trail};

/// Anything that goes wrong fails the test.
pub struct Failure(pub String);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// What a test gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

/// What its tests begin with.
static DEMO: Template = Template::new();

/// A server under test.
pub struct TestApp {
    /// Its state, for looking behind the answers.
    pub app: App,
    router: Router,
}

impl TestApp {
    /// Runs a test on SQLite, or on PostgreSQL where there is one.
    pub async fn each(test: impl AsyncFn(&TestApp) -> Outcome) -> Outcome {
        Self::each_with(&Settings::default(), test).await
    }

    /// Runs a test as [`TestApp::each`], with other settings.
    pub async fn each_with(
        settings: &Settings,
        test: impl AsyncFn(&TestApp) -> Outcome,
    ) -> Outcome {
        let run = async |store: &Store| test(&Self::on(store.clone(), settings).await?).await;
        TestStore::each_of(&DEMO, Self::fill, run).await
    }

    /// Runs a test as [`TestApp::each`], with two servers on the database.
    pub async fn each_pair(
        settings: &Settings,
        test: impl AsyncFn(&TestApp, &TestApp) -> Outcome,
    ) -> Outcome {
        let run = async |one: &Store, another: &Store| {
            let one = Self::on(one.clone(), settings).await?;
            test(&one, &Self::on(another.clone(), settings).await?).await
        };
        TestStore::each_pair_of(&DEMO, Self::fill, run).await
    }

    /// The demo in an empty database.
    async fn fill(store: &Store) -> Outcome {
        store.migrate().await?;
        Self::on(store.clone(), &Settings::default()).await?;
        Ok(())
    }

    /// A server on a store that has its tables, and the demo in them.
    pub async fn on(store: Store, settings: &Settings) -> Outcome<Self> {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        let catalog = match CATALOG.get() {
            Some(known) => known.clone(),
            None => {
                let read = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
                CATALOG.get_or_init(|| read).clone()
            }
        };
        let mut settings = settings.clone();
        if matches!(settings.gateway, gateway::Choice::Nobody) {
            settings.gateway = gateway::Choice::Sandbox;
        }
        let app = App::new(store, catalog, Clock::still(demo::CLOCK), settings)?;
        demo::seed(&app, None).await?;
        let router = http::layered(routes::router(&app, None), &app);
        Ok(Self { app, router })
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: None,
            token: None,
        }
    }

    /// A machine with a token.
    pub fn machine(&self, token: &str) -> Browser {
        Browser {
            token: Some(format!("Bearer {token}")),
            ..self.browser()
        }
    }

    /// A browser in which a demo user is signed in.
    pub async fn signed_in(&self, email: &str) -> Outcome<Browser> {
        let mut browser = self.browser();
        let body = json!({"email": email, "password": demo::PASSPHRASE});
        let answer = browser.post(paths::SESSION, body).await?;
        if answer.status != StatusCode::CREATED {
            return Err(Failure(format!("{email}: {}", answer.text())));
        }
        browser.cookie = answer.cookie();
        Ok(browser)
    }

    /// A demo organization's id.
    pub async fn organization(&self, name: &str) -> Outcome<OrganizationId> {
        let email = format!("global-admin@{}.example", name.to_lowercase());
        let user = users::by_email(self.app.store.db(), &email).await?;
        let user = user.ok_or("no such organization in the demo")?;
        let roles = grants::of_user(self.app.store.db(), user.id).await?;
        roles
            .into_keys()
            .next()
            .ok_or_else(|| Failure("no organization".to_owned()))
    }

    /// A token that is put there behind the server's back, changed first: else the program owner's,
    /// for a day.
    pub async fn token(
        &self,
        organization: OrganizationId,
        change: impl Fn(Token) -> Token,
    ) -> Outcome<String> {
        let (secret, now) = (Secret::new()?, self.app.clock.real());
        let wanted = ("Program owner", tokens::feed());
        let token = change(secret.token(organization, wanted, None, (now, 1))?);
        let write = self.app.store.write().await?;
        tokens::insert(&write, &token).await?;
        let entry = trail::entry(&self.app.clock, Action::TokenCreate, token.id)?;
        write.commit(entry).await?;
        Ok(secret.reveal())
    }

    /// The entries of an action in the audit log, newest first, once there are so many: those of
    /// refusals come a moment after the answer.
    pub async fn told(&self, action: &str, many: usize) -> Outcome<Vec<audit::Entry>> {
        let mut found = Vec::new();
        for _ in 0..200 {
            found = audit::newest(self.app.store.db(), 1_000).await?;
            found.retain(|entry| entry.action == action);
            if found.len() >= many {
                return Ok(found);
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        Err(Failure(format!("{action}: {many} wanted, {found:?}")))
    }

    /// Writes a part of evidence behind the server's back, as the demo does.
    pub async fn put_part(&self, id: OrganizationId, part: &str, rows: &Value) -> Outcome {
        let write = self.app.store.write().await?;
        let known = evidence::all(write.tx(), id).await?;
        let expected = Expected::Whole(evidence::revision(&known));
        let change = evidence::Change::between(known.get(part), rows.to_string())?;
        let parts = [(part.to_owned(), change)].into();
        let now = self.app.clock.now();
        evidence::replace(&write, id, expected, &parts, now).await?;
        let entry = trail::entry(&self.app.clock, Action::EvidenceReplace, part)?;
        Ok(write.commit(entry).await?)
    }

    /// Closes the database under the server.
    pub async fn lose_database(&self) -> Outcome {
        Ok(self.app.store.db().clone().close().await?)
    }
}

/// How often a race is run: as often as `MEMBERSHIP_ROUNDS` says, for a measure, or else this often.
pub fn rounds(usual: usize) -> usize {
    let wanted = std::env::var("MEMBERSHIP_ROUNDS").ok();
    wanted
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(usual)
}

/// The address of a route for an organization, with something for each other name in it.
pub fn address(route: &Route, organization: &str) -> Outcome<String> {
    filled(route, organization, "1")
}

/// The same with this location.
pub fn filled(route: &Route, organization: &str, location: &str) -> Outcome<String> {
    let values = [
        ("organization", organization),
        ("part", "people"),
        ("person", "1"),
        ("customer", "1"),
        ("program", "1"),
        ("import", "1"),
        ("location", location),
        ("user", "1"),
        ("role", "guest"),
        ("invitation", "1"),
        ("request", "1"),
        ("session", "1"),
        ("token", "1"),
        ("order", "1"),
        ("attempt", "1"),
        ("bill", "1"),
        ("entry", "1"),
        ("receipt", "1"),
        ("gateway", "sandbox"),
    ];
    Ok(paths::filled(route.path, &values)?)
}

/// Sends requests as one browser would.
pub struct Browser {
    router: Router,
    /// What it sends as its cookie.
    pub cookie: Option<String>,
    /// What it sends as its authorization.
    pub token: Option<String>,
}

impl Browser {
    /// One that talks to a server, with a cookie of before.
    pub fn with(router: Router, cookie: Option<String>) -> Self {
        Self {
            router,
            cookie,
            token: None,
        }
    }

    pub async fn get(&self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, &[], None).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
        self.send("GET", path, headers, None).await
    }

    pub async fn delete(&self, path: &str) -> Outcome<Answer> {
        self.send("DELETE", path, &[], None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Outcome<Answer> {
        self.send("POST", path, &[], Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Outcome<Answer> {
        self.send("PUT", path, &[], Some(body)).await
    }

    pub async fn put_tagged(&self, path: &str, etag: &str, body: Value) -> Outcome<Answer> {
        self.send("PUT", path, &[("if-match", etag)], Some(body))
            .await
    }

    pub async fn patch(&self, path: &str, etag: &str, body: Value) -> Outcome<Answer> {
        self.send("PATCH", path, &[("if-match", etag)], Some(body))
            .await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Outcome<Answer> {
        let mut headers = headers.to_vec();
        let body = body
            .map(|body| body.to_string().into_bytes())
            .unwrap_or_default();
        if !body.is_empty() {
            headers.push(("content-type", "application/json"));
        }
        self.send_raw(method, path, &headers, body).await
    }

    pub async fn send_raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Outcome<Answer> {
        let length = body.len().to_string();
        let mut headers = headers.to_vec();
        if !body.is_empty() {
            headers.push(("content-length", &length));
        }
        self.send_body(method, path, &headers, Body::from(body))
            .await
    }

    pub async fn send_body(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Outcome<Answer> {
        let response = self.begin(method, path, headers, body).await?;
        let (parts, body) = response.into_parts();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await?.to_bytes().to_vec(),
        })
    }

    /// An answer of which only the head is read.
    pub async fn begin(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Outcome<Response> {
        let mut request = Request::builder().method(method).uri(path);
        let cookie = self.cookie.as_deref().map(|cookie| ("cookie", cookie));
        let token = self.token.as_deref().map(|token| ("authorization", token));
        for (name, value) in headers.iter().copied().chain(cookie).chain(token) {
            request = request.header(name, value);
        }
        Ok(self.router.clone().oneshot(request.body(body)?).await?)
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// What the browser would send back.
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie")
            .split(';')
            .next()
            .map(str::to_owned)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json<T: DeserializeOwned>(&self) -> Outcome<T> {
        if !self.status.is_success() {
            return Err(Failure(format!("{}: {}", self.status, self.text())));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The problem, which every answer above 399 has to be.
    pub fn problem(&self) -> Outcome<Problem> {
        let problem: Problem = serde_json::from_slice(&self.body)
            .map_err(|error| format!("{} {}: {error}", self.status, self.text()))?;
        let consistent = self.header("content-type") == MEDIA_TYPE
            && problem.status == self.status.as_u16()
            && problem.request_id == self.header("x-request-id")
            && problem.kind.ends_with(&problem.code)
            && problem.instance.starts_with('/')
            && !problem.detail.is_empty();
        if consistent {
            Ok(problem)
        } else {
            Err(Failure(format!("{problem:?} {:?}", self.headers)))
        }
    }
}
