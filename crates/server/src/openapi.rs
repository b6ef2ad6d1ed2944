//! The description of the API, made from the routes themselves.

mod refusals;

use membership_contract::problem::Problem;
use membership_domain::{assess, catalog};
use membership_import::{DateOrder, DecimalMark, Rows, SimilarNames};
use membership_lists::State;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi};

use crate::routes;

/// What trees are made of: the collection does not go into what refers to itself.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    assess::Item,
    assess::Kind,
    assess::Points,
    assess::RuleRef,
    catalog::People,
    catalog::Share,
    catalog::Threshold,
    State,
    DateOrder,
    DecimalMark,
    Rows,
    SimilarNames,
    Problem,
)))]
struct Others;

/// The whole description, OpenAPI 3.1.
pub fn document() -> OpenApi {
    let mut document = routes::described().into_openapi();
    document.merge(Others::openapi());
    document.info = InfoBuilder::new()
        .title("Membership workspace")
        .version("1")
        .description(Some(
            "Programs, evidence and assessments of partner organizations. Every answer that is \
             not a success is a problem (RFC 9457); every write of an existing thing needs \
             If-Match with its ETag.",
        ))
        .license(Some(License::new("MIT OR Apache-2.0")))
        .build();
    let cookie = ApiKeyValue::with_description(
        "__Host-session",
        "Set by creating a session; HttpOnly, so no page can read it.",
    );
    refusals::describe(&mut document);
    document
        .components
        .get_or_insert_with(Components::new)
        .security_schemes
        .insert(
            "session".to_owned(),
            SecurityScheme::ApiKey(ApiKey::Cookie(cookie)).into(),
        );
    document
}

/// The description as it is printed and compared.
pub fn json() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&document())? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_to_a_schema() -> Result<(), serde_json::Error> {
        let json = json()?;
        let document: serde_json::Value = serde_json::from_str(&json)?;
        let references = json.split("\"#/").skip(1);
        let missing: std::collections::BTreeSet<&str> = references
            .filter_map(|rest| rest.split('"').next())
            .filter(|place| document.pointer(&format!("/{place}")).is_none())
            .collect();
        assert_eq!(missing, std::collections::BTreeSet::new());
        Ok(())
    }

    /// The file is the API's promise: a change of it is seen in review. Regenerate it with
    /// `membership-server openapi > crates/server/openapi.json`.
    #[test]
    fn the_description_is_the_one_in_the_repository() -> Result<(), serde_json::Error> {
        let kept = include_str!("../openapi.json");
        let json = json()?;
        let line = kept
            .lines()
            .zip(json.lines())
            .position(|(kept, now)| kept != now);
        assert!(
            kept == json,
            "openapi.json differs from line {:?}",
            line.map(|line| line + 1)
        );
        Ok(())
    }

    #[test]
    fn operation_ids_are_a_verb_and_a_resource() {
        let json = json().unwrap_or_default();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        let mut ids = Vec::new();
        for item in value["paths"]
            .as_object()
            .into_iter()
            .flat_map(|paths| paths.values())
        {
            for operation in item.as_object().into_iter().flat_map(|item| item.values()) {
                ids.extend(operation["operationId"].as_str().map(str::to_owned));
            }
        }
        assert_eq!(ids.len(), crate::routes::ROUTES.len());
        for id in &ids {
            let verb = id.split('_').next().unwrap_or_default();
            assert!(
                ["get", "list", "create", "replace", "update", "delete"].contains(&verb),
                "{id}"
            );
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), crate::routes::ROUTES.len(), "each id once");
    }
}
