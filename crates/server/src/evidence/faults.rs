//! What is wrong with evidence, as the API refuses it.

use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::evidence::{Fault, Faults, Writer};
use membership_domain::{Catalog, Evidence};

use super::Snapshot;
use crate::http::problem::{Answer, ApiError, MOST_ERRORS};

/// Refuses evidence that cannot be used, says something else of the company than the company, or
/// has rows that are not the writer's to write.
pub fn refuse_faults(
    known: &Snapshot,
    before: &Evidence,
    after: &Evidence,
    writer: Writer,
    catalog: &Catalog,
    part: Option<&str>,
) -> Answer<()> {
    let (own, profile) = (known.own(&after.profile)?, &after.profile);
    let at = |pointer: &str| match part {
        Some(part) => within(part, pointer),
        None => pointer.to_owned(),
    };
    let kept = [
        ("name", profile.name == own.name),
        ("partner_id", profile.partner_id == own.partner_id),
        ("country", profile.country == own.country),
        ("verification", profile.verification == own.verification),
    ];
    let changed = kept.iter().filter(|(_, same)| !same).map(|(key, _)| {
        let detail = "Belongs to the organization. Change it there, and leave it here as read.";
        FieldError::new(at(&format!("/profile/{key}")), "read_only", detail)
    });
    let mut errors: Vec<FieldError> = changed.collect();
    let faults = Faults::against(before, after, writer, catalog, MOST_ERRORS);
    let all = errors.len() + faults.all;
    errors.extend(faults.first.iter().map(|fault| {
        let detail = en::evidence_fault(fault);
        FieldError::new(at(&fault.pointer), &fault_code(fault), detail)
    }));
    if all == 0 {
        return Ok(());
    }
    Err(ApiError::invalid_of(errors, all))
}

fn fault_code(fault: &Fault) -> String {
    let code = serde_json::to_value(fault.code).unwrap_or_default();
    code.as_str().unwrap_or("invalid").to_owned()
}

/// A place in the whole as a place in the body that brought one part. What that part makes wrong
/// elsewhere is named as a place in the whole: `/evidence/usage/0/customer`.
pub fn within(part: &str, pointer: &str) -> String {
    let inside = pointer
        .strip_prefix('/')
        .and_then(|rest| rest.strip_prefix(part));
    match inside.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(inside) => inside.to_owned(),
        None => format!("/evidence{pointer}"),
    }
}
