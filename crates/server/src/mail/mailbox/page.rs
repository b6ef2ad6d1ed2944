//! `/mailbox`: what a developer's server sent, for whoever sits at this machine. It has links that
//! sign in, so only a browser here gets it, and none through a proxy.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri, Version, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use membership_domain::id::MailId;

use super::{Mailbox, Shown};
use crate::App;
use crate::http::html::escaped;
use crate::http::problem::{Answer, ApiError};
use crate::mail::delivery::Delivery;

/// The list.
pub const LIST: &str = "/mailbox";
/// One mail.
pub const MAIL: &str = "/mailbox/{mail}";
/// How both look.
pub const STYLE: &str = "/mailbox/style.css";

const SHEET: &str = include_str!("style.css");

/// What a proxy says, and no browser.
const FORWARDED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host"];

/// The pages; 404 each where mails go elsewhere.
pub fn router(app: &App) -> Router<App> {
    Router::new()
        .route(LIST, get(list))
        .route(STYLE, get(style))
        .route(MAIL, get(mail))
        .route_layer(from_fn_with_state(app.clone(), from_here))
}

fn mailbox(app: &App) -> Answer<&Mailbox> {
    match &*app.delivery {
        Delivery::Mailbox(mailbox) => Ok(mailbox),
        Delivery::Server(_) | Delivery::Nowhere => Err(ApiError::not_found()),
    }
}

/// Refuses what does not come from a browser on this machine: another site can give its name this
/// machine's address, and a proxy can be reached by anybody.
async fn from_here(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
    // As proxies ask that are not told otherwise.
    let old = request.version() < Version::HTTP_11;
    if mailbox(&app).is_err() || forwarded || old || !is_local(headers) {
        return ApiError::not_found().into_response();
    }
    next.run(request).await
}

fn is_local(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Uri>().ok());
    let host = host.as_ref().and_then(Uri::host);
    host.is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], SHEET).into_response()
}

async fn list(State(app): State<App>) -> Answer<Html<String>> {
    let mailbox = mailbox(&app)?;
    let mails = mailbox.newest();
    let line = |(id, mail): &(MailId, Shown)| {
        let (subject, to) = (escaped(&mail.subject), escaped(&mail.to));
        let at = time(mail);
        format!("<li><a href=\"{LIST}/{id}\">{subject}</a><p>To {to}, {at}</p></li>\n")
    };
    let lines: String = mails.iter().map(line).collect();
    let said = match lines.is_empty() {
        true => "<p>No emails yet.</p>\n".to_owned(),
        false => format!("<ol>\n{lines}</ol>\n"),
    };
    let folder = escaped(&mailbox.folder().display().to_string());
    let body = format!(
        "<h1>Mailbox</h1>\n<p>This server has no mail server, so its emails end here. Each is also \
         a file in <code>{folder}</code>.</p>\n{said}"
    );
    Ok(page("Mailbox", &body))
}

async fn mail(State(app): State<App>, Path(id): Path<String>) -> Answer<Html<String>> {
    let id: MailId = id.parse().map_err(|_| ApiError::not_found())?;
    let mail = mailbox(&app)?.one(id).ok_or_else(ApiError::not_found)?;
    let paragraph = |text: &String| format!("<p>{}</p>\n", escaped(text));
    let said: String = mail.paragraphs.iter().map(paragraph).collect();
    let (subject, to, why) = (
        escaped(&mail.subject),
        escaped(&mail.to),
        escaped(&mail.why),
    );
    let (opens, button) = (escaped(&mail.opens), escaped(&mail.button));
    let at = time(&mail);
    let body = format!(
        "<p><a href=\"{LIST}\">All emails</a></p>\n<h1>{subject}</h1>\n<p>To {to}, {at}</p>\n\
         <article>\n{said}<p><a href=\"{opens}\">{button}</a></p>\n<p>{why}</p>\n</article>\n"
    );
    Ok(page(&mail.subject, &body))
}

fn time(mail: &Shown) -> String {
    mail.at.format("%Y-%m-%d %H:%M UTC").to_string()
}

fn page(title: &str, body: &str) -> Html<String> {
    let title = escaped(title);
    Html(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ))
}
