//! The description of the API, made from the routes themselves.

mod derived;
pub mod takes;

use membership_contract::problem::Problem;
use membership_domain::{assess, catalog};
use membership_import::{DateOrder, DecimalMark, Rows, SimilarNames};
use membership_lists::State;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
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
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "Made under API tokens, and shown once. A cookie beside it is ignored.",
        ))
        .build();
    derived::describe(&mut document);
    let components = document.components.get_or_insert_with(Components::new);
    for (name, scheme) in [
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ("token", SecurityScheme::Http(bearer)),
    ] {
        components
            .security_schemes
            .insert(name.to_owned(), scheme.into());
    }
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

    /// The collection merges schemas by name without a word: two types of one name would be
    /// described as one of them.
    #[test]
    fn one_name_has_one_shape() -> Result<(), serde_json::Error> {
        let mut shapes = std::collections::BTreeMap::new();
        for route in routes::ROUTES {
            let (schemas, _, _) = (route.endpoint)().router;
            for (name, schema) in schemas {
                let shape = serde_json::to_string(&schema)?;
                let known = shapes.entry(name.clone()).or_insert_with(|| shape.clone());
                assert_eq!(*known, shape, "{name} in {}", route.path);
            }
        }
        assert!(shapes.len() > 50);
        let others = Others::openapi().components.unwrap_or_default();
        for (name, schema) in others.schemas {
            if let Some(known) = shapes.get(&name) {
                assert_eq!(*known, serde_json::to_string(&schema)?, "{name}");
            }
        }
        Ok(())
    }

    /// Names of one common word are taken as soon as another subject has such a thing.
    #[test]
    fn names_say_what_they_are_of() -> Result<(), serde_json::Error> {
        let document: serde_json::Value = serde_json::from_str(&json()?)?;
        let schemas = document["components"]["schemas"].as_object();
        let common = [
            "Amount",
            "Change",
            "Changes",
            "Counts",
            "Difference",
            "Entry",
            "Fault",
            "Format",
            "Found",
            "Item",
            "Items",
            "Kind",
            "Level",
            "Line",
            "List",
            "Next",
            "Now",
            "Order",
            "Outcome",
            "Page",
            "Part",
            "Plan",
            "Points",
            "Question",
            "Reason",
            "Record",
            "Refused",
            "Row",
            "Rows",
            "Rule",
            "Share",
            "Source",
            "State",
            "Status",
            "Step",
            "Task",
            "Term",
            "Test",
            "Value",
        ];
        let found: Vec<&String> = schemas
            .into_iter()
            .flat_map(|schemas| schemas.keys())
            .filter(|name| common.contains(&name.as_str()))
            .collect();
        assert_eq!(found, Vec::<&String>::new());
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
