//! The sandbox's own page, outside of the app: who pays, for what, and with which test card.

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::DateTime;
use membership_domain::money::Currency;
use membership_store::audit::{Action, Actor};
use membership_store::jobs::{Claim, Kind};
use membership_store::sandbox::{self, SandboxPayment};
use serde::Deserialize;
use serde_json::json;

use super::story::Story;
use super::{NAME, SIGNATURE, Sent, signed};
use crate::http::html::escaped;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::events;
use crate::write::{Tx, write};
use crate::{App, jobs, trail};

/// A payment's page.
const PAYMENT: &str = "/sandbox-gateway/payments/{payment}";
/// How it looks.
const STYLE: &str = "/sandbox-gateway/style.css";

/// A coin, so that no browser asks for another icon.
const ICON: &str = "/sandbox-gateway/icon.svg";
const COIN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\">\
    <circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"#7a5c00\"/></svg>";

const SHEET: &str = include_str!("style.css");

/// The path of a payment's page.
#[must_use]
pub fn path(id: &str) -> String {
    format!("/sandbox-gateway/payments/{id}")
}

/// The pages; 404 each where another provider is used.
pub fn router() -> Router<App> {
    Router::new()
        .route(PAYMENT, get(show).post(pay))
        .route(STYLE, get(style))
        .route(ICON, get(icon))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], SHEET).into_response()
}

async fn icon() -> Response {
    ([(header::CONTENT_TYPE, "image/svg+xml")], COIN).into_response()
}

async fn known(app: &App, id: &str) -> Answer<SandboxPayment> {
    if app.gateway.name() != NAME {
        return Err(ApiError::not_found());
    }
    let known = sandbox::by_id(app.store.db(), id).await?;
    known.ok_or_else(ApiError::not_found)
}

async fn show(State(app): State<App>, Path(id): Path<String>) -> Answer<Response> {
    let payment = known(&app, &id).await?;
    Ok(Html(html(&payment)).into_response())
}

/// What the form has.
#[derive(Deserialize)]
struct Chosen {
    card: String,
}

async fn pay(
    State(app): State<App>,
    Path(id): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Answer<Response> {
    let payment = known(&app, &id).await?;
    let real = app.clock.real();
    if chosen.card == "leave" {
        return Ok(Redirect::to(&payment.return_to).into_response());
    }
    let story = Story::from_code(&chosen.card).ok_or_else(ApiError::not_found)?;
    let course = story.course();
    let changed = sandbox::change(&app.store, &id, real, |known| {
        // A second press, in another tab or after Back, pays nothing a second time.
        (known.state == "open").then(|| SandboxPayment {
            state: match course.declined {
                Some(_) => "declined".to_owned(),
                None => "succeeded".to_owned(),
            },
            reason: course.declined.map(|reason| reason.code().to_owned()),
            card: Some(story.digits().to_owned()),
            dispute: course.disputed.then(|| "open".to_owned()),
            silent: course.silent,
            ..known.clone()
        })
    });
    let changed = changed.await?;
    if payment.state == "open" && changed.is_some() {
        tell(&app, &id, &story.course().events).await?;
    }
    Ok(Redirect::to(&payment.return_to).into_response())
}

/// Queues the events of a payment.
async fn tell(app: &App, id: &str, events: &[chrono::Duration]) -> Answer<()> {
    if events.is_empty() {
        return Ok(());
    }
    write(&app.store, async |write: Tx| {
        for (number, after) in events.iter().enumerate() {
            let job = jobs::Task {
                kind: Kind::SandboxEvent,
                key: format!("evt_{id}_{number}"),
                organization: None,
                detail: json!({"payment": id}),
                run_at: match after.is_zero() {
                    true => DateTime::UNIX_EPOCH,
                    false => app.clock.now() + *after,
                },
            };
            jobs::enqueue(app, &write, job).await?;
        }
        let mut entry = trail::entry(&app.clock, Action::PaymentEvent, id)?;
        entry.actor = Actor::Server;
        Answer::Ok(((), Some(entry)))
    })
    .await
}

/// The job that sends one event, as it would come from outside.
pub async fn send(app: &App, claim: &Claim) -> anyhow::Result<()> {
    let payment = claim.detail["payment"].as_str().unwrap_or_default();
    let sent = Sent {
        id: claim.key.clone(),
        payment: payment.to_owned(),
    };
    let body = serde_json::to_vec(&sent)?;
    let mut headers = axum::http::HeaderMap::new();
    headers.insert(SIGNATURE, signed(&body, app.clock.real()).parse()?);
    let taken = events::take(app, NAME, &headers, &body).await;
    taken.map_err(|refused| anyhow::anyhow!("{}", refused.detail()))?;
    write(&app.store, async |write: Tx| {
        membership_store::jobs::finish(&write, claim).await?;
        let entry = jobs::entry(&app.clock, claim.kind, Action::PaymentEvent, &claim.key)?;
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

fn html(payment: &SandboxPayment) -> String {
    let amount = match payment.currency.parse::<Currency>() {
        Ok(currency) => currency.decimal(payment.amount),
        Err(_) => payment.amount.to_string(),
    };
    let body = match payment.state.as_str() {
        "open" => {
            let cards: String = (Story::ALL.iter())
                .map(|story| {
                    format!(
                        "<li><button name=\"card\" value=\"{}\"><span>{}</span> \
                         <small>card ending in {}</small></button></li>",
                        story.code(),
                        story.name(),
                        story.digits()
                    )
                })
                .collect();
            format!(
                "<form method=\"post\"><p>Choose a test card. No money moves.</p>\
                 <ul>{cards}</ul>\
                 <p><button name=\"card\" value=\"leave\" class=\"plain\">Leave without paying\
                 </button></p></form>"
            )
        }
        state => format!(
            "<p>This payment has ended: {}.</p><p><a href=\"{}\">Back to the order</a></p>",
            escaped(state),
            escaped(&payment.return_to)
        ),
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Sandbox payment</title><link rel=\"icon\" href=\"{ICON}\">\
         <link rel=\"stylesheet\" href=\"{STYLE}\"></head>\
         <body><main><p class=\"mark\">Sandbox payment provider</p>\
         <h1>Pay {} {}</h1><p>Order {}: {}</p>{body}</main></body></html>",
        escaped(&amount),
        escaped(&payment.currency),
        escaped(&payment.order_number),
        escaped(&payment.description),
    )
}
