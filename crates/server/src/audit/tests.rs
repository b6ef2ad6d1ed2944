//! Every write of the API is told, with who did it.

use axum::http::Method;
use membership_contract::account::OwnSessions;
use membership_contract::import::Import;
use membership_contract::invitations::Invitation;
use membership_contract::organization::Organization;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::requests::AccessRequest;
use membership_contract::tokens::NewToken;
use membership_contract::users::UserPage;
use membership_domain::id::OrganizationId;
use membership_domain::roles::Role;
use membership_store::audit::{self, Actor};
use serde_json::{Value, json};

use crate::routes::ROUTES;
use crate::testing::{Answer, Browser, Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";
const FILE: &str = r#"{"people":[{"id":"told","name":"Told"}]}"#;

/// Sends a write with the tag of what it is over, if that has one.
async fn over(
    browser: &Browser,
    (method, path): (&Method, &str),
    tagged: Option<&str>,
    body: Option<Value>,
) -> Outcome<Answer> {
    let mut headers = Vec::new();
    let tag = match tagged {
        Some(tagged) => browser.get(tagged).await?.header("etag").to_owned(),
        None => String::new(),
    };
    if !tag.is_empty() {
        headers.push(("if-match", tag.as_str()));
    }
    browser.send(method.as_str(), path, &headers, body).await
}

/// Does what a route of the table does; nothing for one that changes nothing. A new route that
/// writes needs a line here.
async fn done(
    browser: &Browser,
    id: OrganizationId,
    route: (&Method, &str),
) -> Outcome<Option<Answer>> {
    let (method, template) = route;
    let organization = paths::organization(id);
    let company = async || browser.get(&organization).await?.json::<Organization>();
    let send = async |path: &str, tagged: Option<&str>, body: Value| {
        let body = Some(body).filter(|body| !body.is_null());
        over(browser, (method, path), tagged, body).await
    };
    let (evidence, imports) = (paths::evidence(id), paths::imports(id));
    let part = paths::evidence_part(id, "offers");
    let answer = match (method.as_str(), template) {
        (_, paths::CHANGE_PREVIEW | paths::IMPORT_PREVIEW | paths::LINK_LOOK) => return Ok(None),
        // These take a link or a code that is on its way to somebody, or what somebody else asked for:
        // told in the tests beside them. So is what follows from an
        // order, in its order.
        (
            _,
            paths::PASSWORD_RESET
            | paths::INVITATION_ACCEPTANCE
            | paths::INVITATION_REFUSAL
            | paths::RECOVERY_CODES
            | paths::SIGN_IN_POLICY
            | paths::REQUEST_DECISION
            | paths::GATEWAY_EVENTS
            | paths::ORDERS
            | paths::ORDER
            | paths::ORDER_ANSWERS
            | paths::ORDER_PLACEMENT
            | paths::ORDER_METHOD
            | paths::ORDER_ATTEMPTS
            | paths::ORDER_ATTEMPT
            | paths::ORDER_PROOF
            | paths::ORDER_PAYMENT_CHECK
            | paths::DESK_STATEMENTS
            | paths::DESK_BANK_DECISION
            | paths::DESK_BANK_CLAIM
            | paths::DESK_PARKED_DECISION,
        )
        | ("PUT" | "DELETE", paths::TOTP) => return Ok(None),
        (_, paths::PROOF) => {
            let proof = json!({"password": crate::demo::PASSPHRASE});
            send(paths::PROOF, None, proof).await?
        }
        (_, paths::PASSWORD) => {
            let change = json!({"old": crate::demo::PASSPHRASE, "new": "a lantern in the fog"});
            send(paths::PASSWORD, None, change).await?
        }
        (_, paths::SESSIONS | paths::TOTP) => send(template, None, Value::Null).await?,
        (_, paths::OWN_SESSION) => {
            let all: OwnSessions = browser.get(paths::SESSIONS).await?.json()?;
            let one = all.items.first().ok_or("no session")?;
            send(&paths::own_session(one.id), None, Value::Null).await?
        }
        (_, template) if template.starts_with(paths::USERS) => {
            people(browser, id, (method, template)).await?
        }
        ("POST", paths::INVITATIONS) => {
            let body = json!({"emails": ["told@contoso.example"], "roles": []});
            send(&paths::invitations(id), None, body).await?
        }
        (_, paths::INVITATION | paths::INVITATION_SENDING) => {
            let body =
                json!({"emails": [format!("{}@contoso.example", template.len())], "roles": []});
            browser.post(&paths::invitations(id), body).await?;
            let all: Page<Invitation> = browser.get(&paths::invitations(id)).await?.json()?;
            let one = all.items.first().ok_or("no invitation")?.id;
            let at = match template {
                paths::INVITATION => paths::invitation(id, one),
                _ => paths::invitation_sending(id, one),
            };
            send(&at, None, Value::Null).await?
        }
        (_, template) if template.starts_with(paths::REQUESTS) => {
            requests(browser, id, (method, template)).await?
        }
        ("PUT", paths::CLOCK) => {
            let now = json!({"now": "2023-11-16T09:00:00Z"});
            send(paths::CLOCK, None, now).await?
        }
        ("POST", paths::SESSION) => {
            let who = json!({"email": ADMIN, "password": crate::demo::PASSPHRASE});
            send(paths::SESSION, None, who).await?
        }
        ("DELETE", paths::SESSION) => send(paths::SESSION, None, Value::Null).await?,
        ("PATCH", paths::ORGANIZATION) => {
            send(
                &organization,
                Some(&organization),
                json!({"name": "Contoso One"}),
            )
            .await?
        }
        ("POST", paths::LOCATIONS) => {
            let body = json!({"name": "Porto", "country": "PT", "address": "Rua 1"});
            send(&paths::locations(id), Some(&organization), body).await?
        }
        ("PATCH", paths::LOCATION) => {
            let last = company().await?.locations.pop().ok_or("no location")?;
            let body = json!({"address": "Rua 2"});
            send(&paths::location(id, last.id), Some(&organization), body).await?
        }
        (_, paths::TOKENS | paths::TOKEN) => {
            let body = json!({"name": "Told", "permissions": ["view_audit"], "days": 1});
            let made = browser.post(&paths::tokens(id), body).await?;
            match *method == Method::POST {
                true => made,
                false => {
                    let made: NewToken = made.json()?;
                    let at = paths::token(id, made.token.id);
                    send(&at, None, Value::Null).await?
                }
            }
        }
        (_, paths::BILLING_PROFILE) => {
            let path = paths::billing_profile(id);
            send(&path, Some(&path), crate::testing::shop::profile()).await?
        }
        ("PUT", paths::EVIDENCE) => {
            let all = browser.get(&evidence).await?.json()?;
            send(&evidence, Some(&evidence), all).await?
        }
        ("PUT", paths::EVIDENCE_PART) => send(&part, Some(&part), json!([])).await?,
        ("POST", paths::IMPORTS) => {
            send(&imports, Some(&evidence), serde_json::from_str(FILE)?).await?
        }
        ("POST", paths::IMPORT_UNDO) => {
            let history: Page<Import> = browser.get(&imports).await?.json()?;
            let last = history.items.first().ok_or("no import")?;
            send(&paths::import_undo(id, last.id), None, Value::Null).await?
        }
        unknown => return Err(format!("{unknown:?}: a line for this write").into()),
    };
    Ok(Some(answer))
}

/// What changes people.
async fn people(
    browser: &Browser,
    id: OrganizationId,
    (method, template): (&Method, &str),
) -> Outcome<Answer> {
    let at = format!("{}?search=referrals-user", paths::users(id));
    let found: UserPage = browser.get(&at).await?.json()?;
    let user = found.items.first().ok_or("nobody")?.id;
    let role = paths::user_role(id, user, Role::ReportViewer);
    let (path, before) = match (method.as_str(), template) {
        ("PUT", _) => (role, None),
        (_, paths::USER_ROLE) => (role.clone(), Some(("PUT", role))),
        ("DELETE", paths::USER_DEACTIVATION) => {
            let at = paths::user_deactivation(id, user);
            (at.clone(), Some(("POST", at)))
        }
        (_, paths::USER_DEACTIVATION) => (paths::user_deactivation(id, user), None),
        _ => {
            let at = format!("{}?search=helpdesk", paths::users(id));
            let found: UserPage = browser.get(&at).await?.json()?;
            (
                paths::user(id, found.items.first().ok_or("nobody")?.id),
                None,
            )
        }
    };
    if let Some((method, path)) = before {
        let body = (method == "PUT").then(|| json!({}));
        browser.send(method, &path, &[], body).await?;
    }
    let body = (*method == Method::PUT).then(|| json!({}));
    browser.send(method.as_str(), &path, &[], body).await
}

/// What people ask for. The administrator asks for the removal of a location, and decides what
/// nobody else asked for: that is told beside it.
async fn requests(
    browser: &Browser,
    id: OrganizationId,
    (method, template): (&Method, &str),
) -> Outcome<Answer> {
    let company: Organization = browser.get(&paths::organization(id)).await?.json()?;
    let mut abroad = company.locations.iter();
    let abroad = abroad.find(|one| one.country != company.country);
    let location = abroad.ok_or("no location abroad")?.id;
    let body = json!({"location": location, "reason": "Told."});
    match (method.as_str(), template) {
        ("POST", paths::REQUESTS) => browser.post(&paths::requests(id), body).await,
        _ => {
            let asked = browser.post(&paths::requests(id), body).await?;
            let asked: AccessRequest = asked.json()?;
            browser.delete(&paths::request(id, asked.id)).await
        }
    }
}

#[tokio::test]
async fn every_write_is_told_with_person_session_and_request() -> Outcome {
    TestApp::each(async |app| {
        let id = app.organization("Contoso").await?;
        // An import before one is undone.
        let writes = ROUTES.iter().filter(|route| route.method != Method::GET);
        for route in writes {
            // Who changes how they sign in is needed for nothing else.
            let who = match route.path {
                paths::PASSWORD => "owner@contoso.example",
                paths::TOTP => "manager@contoso.example",
                _ => ADMIN,
            };
            let browser = app.signed_in(who).await?;
            let which = (&route.method, route.path);
            let Some(answer) = done(&browser, id, which).await? else {
                continue;
            };
            assert!(answer.status.is_success(), "{which:?}: {}", answer.text());
            let request = answer.header("x-request-id");
            let all = audit::newest(app.app.store.db(), 10_000).await?;
            let told = all.iter().find(|entry| entry.request_id == request);
            let told = told.ok_or_else(|| format!("{which:?} isn't told"))?;
            let is_known = told.user.is_some() && told.session.is_some();
            assert!(
                told.actor == Actor::Person && is_known,
                "{which:?}: {told:?}"
            );
            let of_organization = route.path.contains("{organization}");
            assert_eq!(
                told.organization,
                of_organization.then_some(id),
                "{which:?}"
            );
        }
        Ok(())
    })
    .await
}
