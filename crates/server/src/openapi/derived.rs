//! What operations take and refuse because of what they are, read off the table of routes and the
//! arguments of the handlers; each handler describes only what it refuses itself.

use axum::http::Method;
use membership_contract::problem::MEDIA_TYPE;
use membership_contract::refusal::Refusal;
use membership_domain::roles::{FEED, FOR_TOKENS};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{
    Content, ContentBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder,
    SecurityRequirement, Type,
};

use super::takes::Taken;
use crate::guard::Needs;
use crate::routes::{ROUTES, Route};

/// Adds it to all operations.
pub fn describe(document: &mut OpenApi) {
    for route in ROUTES {
        let item = document.paths.paths.get_mut(route.path);
        let Some(operation) = item.and_then(|item| operation(item, &route.method)) else {
            continue;
        };
        let taken = (route.endpoint)().taken;
        if route.needs != Needs::Nothing {
            operation.security = Some(ways_in(route.needs));
        }
        parameters(operation, route.path, &taken);
        if let Some(body) = &taken.body {
            operation
                .request_body
                .get_or_insert_with(|| RefOr::T(body.clone()));
        }
        for (status, why) in refusals(route, taken) {
            let response = ResponseBuilder::new()
                .description(why)
                .content(MEDIA_TYPE, problem());
            let responses = &mut operation.responses.responses;
            let own = responses.entry(status.to_string());
            own.or_insert_with(|| response.build().into());
        }
        for (status, response) in &mut operation.responses.responses {
            // What a handler refuses itself is a problem, too.
            if let (true, RefOr::T(response)) = (status.as_str() >= "400", response) {
                let told = response.content.entry(MEDIA_TYPE.to_owned());
                told.or_insert_with(|| problem().into());
            }
        }
    }
}

/// A session, or a token where machines may do it.
fn ways_in(needs: Needs) -> Vec<SecurityRequirement> {
    let requirement = |name| SecurityRequirement::new(name, <[String; 0]>::default());
    let mut ways = vec![requirement("session")];
    if needs == Needs::BankFiles {
        ways.push(requirement("token"));
    }
    if let Needs::Permission(permission) = needs
        && [FOR_TOKENS, FEED].concat().contains(&permission)
    {
        ways.push(requirement("token"));
    }
    ways
}

fn problem() -> Content {
    let problem = Ref::from_schema_name("Problem");
    ContentBuilder::new().schema(Some(problem)).build()
}

/// Those of the address and of the handler's arguments, unless the handler describes them.
fn parameters(operation: &mut Operation, path: &str, taken: &Taken) {
    let named = path.split('{').skip(1);
    let named = named.filter_map(|rest| rest.split('}').next()).map(in_path);
    let known = operation.parameters.take().unwrap_or_default();
    let derived = named.chain(taken.parameters.iter().cloned());
    let is_known = |one: &Parameter| {
        let mut names = known.iter().filter_map(name);
        names.any(|known| known.eq_ignore_ascii_case(&one.name))
    };
    let derived = derived.filter(|one| !is_known(one)).map(RefOr::T);
    let mut all: Vec<RefOr<Parameter>> = derived.collect();
    all.extend(known);
    // The parts of the address first, in its order; those that the handler describes are its last.
    all.sort_by_key(|one| !is_in_path(one));
    operation.parameters = Some(all).filter(|all| !all.is_empty());
}

fn is_in_path(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(one) if matches!(one.parameter_in, ParameterIn::Path))
}

fn name(parameter: &RefOr<Parameter>) -> Option<&str> {
    match parameter {
        RefOr::T(parameter) => Some(&parameter.name),
        RefOr::Ref(_) => None,
    }
}

/// An id of ours, unless the handler says otherwise.
fn in_path(name: &str) -> Parameter {
    let uuid = SchemaFormat::KnownFormat(KnownFormat::Uuid);
    let id = ObjectBuilder::new().schema_type(Type::String);
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(id.format(Some(uuid)).build()))
        .build()
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

/// Status and reason, those of the route before those of its handler's arguments.
fn refusals(route: &Route, taken: Taken) -> Vec<(u16, String)> {
    let has_body = route.body > 0;
    let permission = matches!(route.needs, Needs::Permission(_));
    let desk = matches!(route.needs, Needs::Operator | Needs::BankFiles);
    let mut refusals = Vec::new();
    let mut refuses = |status, why: &str| refusals.push((status, why.to_owned()));
    if has_body || route.path.contains('{') || !taken.parameters.is_empty() {
        refuses(400, "Address, query, headers or body cannot be read at all");
    }
    if route.needs != Needs::Nothing {
        refuses(401, &Refusal::NotSignedIn.detail());
    }
    match (permission, route.method.is_safe()) {
        (true, true) => refuses(403, "The caller's roles do not allow it"),
        (true, false) => refuses(
            403,
            "The caller's roles do not allow it, or it comes from a page of another site",
        ),
        (false, false) => refuses(403, &Refusal::CrossSite.detail()),
        (false, true) if desk => {
            refuses(403, &Refusal::SecondFactorMissing.detail());
        }
        (false, true) => {}
    }
    if permission || desk {
        refuses(404, &Refusal::NotFound.detail());
    }
    if route.takes_turns() {
        refuses(
            429,
            "Too many requests of the organization are in progress, or were made within the hour",
        );
        refuses(
            503,
            "Others are first for too long, or the database isn't answering",
        );
    }
    if has_body {
        let most = format!("The body has more than {} KiB", route.body / 1024);
        refuses(413, &most);
    }
    let told = |refusal: Refusal| (refusal.status(), refusal.detail());
    // Of one status the last argument's is the most usual: the body's.
    refusals.extend(taken.refusals.into_iter().rev().map(told));
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

    #[test]
    fn each_operation_says_what_it_needs_and_what_is_in_its_address() {
        let mut document = crate::openapi::document();
        for route in ROUTES {
            let item = document.paths.paths.get_mut(route.path);
            let operation = item.and_then(|item| operation(item, &route.method));
            let operation = operation.expect("a description");
            let secured = operation.security.is_some();
            assert_eq!(secured, route.needs != Needs::Nothing, "{}", route.path);
            let all = operation.parameters.iter().flatten();
            let mut names: Vec<&str> = all.filter_map(name).collect();
            let in_path = route.path.matches('{').count();
            for name in &names[..in_path] {
                assert!(route.path.contains(&format!("{{{name}}}")), "{name}");
            }
            names.sort_unstable_by_key(|name| name.to_lowercase());
            let many = names.len();
            names.dedup_by_key(|name| name.to_lowercase());
            assert_eq!(names.len(), many, "{}: each once", route.path);
            let conditional = names.contains(&"If-Match");
            let described = |status: &str| operation.responses.responses.contains_key(status);
            let key = |one: &&RefOr<Parameter>| name(one) == Some("Idempotency-Key");
            let key_needed = operation.parameters.iter().flatten().find(key);
            let key_needed = matches!(
                key_needed,
                Some(RefOr::T(key)) if key.required == Required::True
            );
            let is_needed = conditional || key_needed;
            assert_eq!(is_needed, described("428"), "{}", route.path);
            assert_eq!(conditional, described("412"), "{}", route.path);
        }
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
