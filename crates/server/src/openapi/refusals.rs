//! What operations refuse because of what they are, before their handlers are asked; each handler
//! describes what it refuses itself.

use axum::http::Method;
use membership_contract::problem::MEDIA_TYPE;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};

use crate::guard::Needs;
use crate::routes::{ROUTES, Route};

/// Adds these refusals to all operations.
pub fn describe(document: &mut OpenApi) {
    for route in ROUTES {
        let item = document.paths.paths.get_mut(route.path);
        let Some(operation) = item.and_then(|item| operation(item, &route.method)) else {
            continue;
        };
        for (status, why) in refusals(route, operation) {
            let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
            let response = ResponseBuilder::new()
                .description(why)
                .content(MEDIA_TYPE, problem.build());
            let responses = &mut operation.responses.responses;
            let own = responses.entry(status.to_owned());
            own.or_insert_with(|| response.build().into());
        }
    }
}

fn operation<'a>(item: &'a mut PathItem, method: &Method) -> Option<&'a mut Operation> {
    match *method {
        Method::GET => item.get.as_mut(),
        Method::POST => item.post.as_mut(),
        Method::PUT => item.put.as_mut(),
        Method::PATCH => item.patch.as_mut(),
        Method::DELETE => item.delete.as_mut(),
        _ => None,
    }
}

/// Status and reason.
fn refusals(route: &Route, operation: &Operation) -> Vec<(&'static str, String)> {
    let has_body = route.body > 0;
    let permission = matches!(route.needs, Needs::Permission(_));
    let mut refusals = Vec::new();
    let mut refuses = |status, why: &str| refusals.push((status, why.to_owned()));
    if has_body || operation.parameters.is_some() {
        refuses("400", "Address, query or body cannot be read at all");
    }
    if route.needs != Needs::Nothing {
        refuses("401", "Nobody is signed in, or the session has ended");
    }
    match (permission, route.method.is_safe()) {
        (true, true) => refuses("403", "The caller's roles do not allow it"),
        (true, false) => refuses(
            "403",
            "The caller's roles do not allow it, or it comes from a page of another site",
        ),
        (false, false) => refuses("403", "It comes from a page of another site"),
        (false, true) => {}
    }
    if permission {
        refuses("404", "Not there, or nothing that the caller may see");
    }
    if route.takes_turns() {
        refuses(
            "429",
            "Too much of the organization is under way, or was within the hour",
        );
        refuses(
            "503",
            "Others are first for too long, or the database does not answer",
        );
    }
    if has_body {
        let most = format!("The body has more than {} KiB", route.body / 1024);
        refuses("413", &most);
        refuses("415", "The body is of another media type");
    }
    refusals
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::slice;

    use membership_contract::paths;

    use super::*;
    use crate::testing::{Browser, Outcome, TestApp, address};

    /// Statuses that a route gives to anybody before its handler is asked.
    async fn refused(browser: &Browser, route: &Route, organization: &str) -> Outcome<Vec<u16>> {
        let evil = ("origin", "https://evil.example");
        let (json, plain) = (
            ("content-type", "application/json"),
            ("content-type", "text/plain"),
        );
        let large = if route.body > 0 { route.body + 1 } else { 0 };
        let mut statuses = Vec::new();
        for (organization, header, body) in [
            (organization, evil, 0),
            ("%FF", json, 0),
            (organization, plain, 1),
            (organization, json, 1),
            (organization, json, large),
        ] {
            let (method, path) = (route.method.as_str(), address(route, organization)?);
            let body = vec![b'{'; body];
            let answer = browser
                .send_raw(method, &path, slice::from_ref(&header), body)
                .await?;
            if answer.status.is_client_error() {
                statuses.push(answer.problem()?.status);
            }
        }
        Ok(statuses)
    }

    #[tokio::test]
    async fn what_a_route_refuses_by_its_kind_is_described() -> Outcome {
        TestApp::each(async |app| {
            let home = app.organization("Contoso").await?.to_string();
            let mut document = crate::openapi::document();
            let mut seen = BTreeSet::new();
            for route in ROUTES {
                let item = document.paths.paths.get_mut(route.path);
                let operation = item.and_then(|item| operation(item, &route.method));
                let operation = operation.ok_or("a route without a description")?;
                // For each, because one of them signs out.
                let browser = app.signed_in("global-admin@contoso.example").await?;
                for status in refused(&browser, route, &home).await? {
                    let described = operation
                        .responses
                        .responses
                        .contains_key(&status.to_string());
                    assert!(described, "{} {}: {status}", route.method, route.path);
                    seen.insert((status, route.path));
                }
            }
            for known in [
                (400, paths::PERSON),
                (403, paths::SESSION),
                (413, paths::IMPORTS),
                (415, paths::EVIDENCE),
            ] {
                assert!(seen.contains(&known), "{known:?}: {seen:?}");
            }
            Ok(())
        })
        .await
    }
}
