//! What is known about an organization, whole and by part.
//!
//! The company's own data stands in its profile but belongs to the organization: it is filled in
//! when evidence is read, and refused when evidence would change it.

mod digest;
pub mod read;
pub mod read_part;
pub mod replace;
pub mod replace_part;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::{Fault, Profile, check_against};
use membership_import::{Changes, list_for_object};
use membership_store::evidence::{self as stored, Documents, Expected};
use membership_store::imports::{self as history, Import};
use membership_store::organizations::{self, Organization};
use serde_json::Value;
use uuid::Uuid;

use super::imports;
use crate::guard::Member;
use crate::http::body::{pointer, unnamed};
use crate::http::etag;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::{App, conversions, sessions};

/// The part that belongs to the organization, in part.
const PROFILE: &str = "profile";

/// Evidence as it is stored, with the organization that it is about.
pub struct Known {
    organization: Organization,
    documents: Documents,
}

impl Known {
    /// Reads it.
    pub async fn read(app: &App, member: &Member) -> Answer<Self> {
        let (db, id) = (app.store.read(), member.organization);
        let organization = organizations::by_id(db, id)
            .await?
            .ok_or_else(Refused::not_found)?;
        let documents = stored::all(db, id).await?;
        Ok(Self {
            organization,
            documents,
        })
    }

    /// The tag of the whole, without reading the whole.
    pub async fn tag_of(app: &App, member: &Member) -> Answer<String> {
        let (db, id) = (app.store.read(), member.organization);
        let organization = organizations::by_id(db, id)
            .await?
            .ok_or_else(Refused::not_found)?;
        let revision = stored::revision_of(db, id).await?;
        Ok(tag(&organization, revision))
    }

    /// All parts together, the company's own data filled in.
    pub fn evidence(&self) -> Answer<Evidence> {
        serde_json::from_str(&self.json()?).map_err(Refused::internal)
    }

    /// The same as JSON. What is stored is JSON already, and can be large: it is not read again.
    fn json(&self) -> Answer<String> {
        let stored = |part: &str| self.documents.get(part).map(|known| known.json.as_str());
        let profile = stored(PROFILE).map(serde_json::from_str::<Profile>);
        let profile = profile.transpose().map_err(Refused::internal)?;
        let own = self.own(&profile.unwrap_or_default())?;
        let own = serde_json::to_string(&own).map_err(Refused::internal)?;
        let empty = serde_json::to_value(Evidence::default()).map_err(Refused::internal)?;
        let mut whole = String::new();
        for (part, empty) in empty.as_object().into_iter().flatten() {
            let empty = empty.to_string();
            let json = match stored(part) {
                _ if part == PROFILE => &own,
                Some(json) => json,
                None => &empty,
            };
            whole.push(if whole.is_empty() { '{' } else { ',' });
            // The names of parts need no escapes.
            whole.extend(["\"", part, "\":", json]);
        }
        whole.push('}');
        Ok(whole)
    }

    /// The profile with the company's own data.
    fn own(&self, profile: &Profile) -> Answer<Profile> {
        Ok(Profile {
            name: self.organization.name.clone(),
            partner_id: Some(self.organization.partner_id.clone()),
            country: Some(self.organization.country.clone()),
            joined_on: profile.joined_on,
            verification: conversions::verification(&self.organization.verification)?,
        })
    }

    /// One part as JSON; 404 for a part that there is not.
    pub fn part(&self, part: &str) -> Answer<Value> {
        match serde_json::to_value(self.evidence()?).map_err(Refused::internal)? {
            Value::Object(mut parts) => parts.remove(part).ok_or_else(Refused::not_found),
            _ => Err(Refused::not_found()),
        }
    }

    /// Refuses a writer who does not know the present state.
    pub fn expect(&self, headers: &HeaderMap, part: Option<&str>) -> Answer<()> {
        let expected = etag::expected(headers)?.map(etag::of_revision);
        let tag = self.tag(part);
        if expected.as_ref() == Some(&tag) {
            return Ok(());
        }
        let current = match part {
            None => serde_json::to_value(self.evidence()?).map_err(Refused::internal)?,
            Some(part) => self.part(part)?,
        };
        Err(etag::stale(current, &tag))
    }

    /// The tag of the whole, or of one part. Both change with the organization's own data too.
    pub fn tag(&self, part: Option<&str>) -> String {
        let revision = match part {
            None => stored::revision(&self.documents),
            Some(part) => self
                .documents
                .get(part)
                .map_or(0, |document| document.revision),
        };
        tag(&self.organization, revision)
    }
}

fn tag(organization: &Organization, revision: i64) -> String {
    etag::of_revision(format!("{}.{revision}", organization.revision))
}

/// What a write brings: everything, or one part with its name.
pub enum Brought {
    /// All parts.
    Whole(Box<Evidence>),
    /// All parts, with what a file adds, and what is remembered of that.
    Import(Box<Evidence>, Import),
    /// What there is, without what an import changed.
    Undo(Uuid, Changes),
    /// One part, not looked at yet.
    Part(String, Value),
}

impl Brought {
    fn part(&self) -> Option<&str> {
        match self {
            Self::Whole(_) | Self::Import(..) | Self::Undo(..) => None,
            Self::Part(part, _) => Some(part),
        }
    }

    /// The evidence as it would be then.
    fn applied(&self, known: &Known) -> Answer<Evidence> {
        let (part, value) = match self {
            Self::Whole(evidence) | Self::Import(evidence, _) => return Ok((**evidence).clone()),
            Self::Undo(_, changes) => {
                let undone = changes.undo(&known.evidence()?);
                return undone.map_err(|why| imports::not_undone(&why));
            }
            Self::Part(part, value) => (part, value),
        };
        let mut whole = serde_json::to_value(known.evidence()?).map_err(Refused::internal)?;
        let slot = whole.get_mut(part).ok_or_else(Refused::not_found)?;
        *slot = value.clone();
        let given = whole.clone();
        let evidence = serde_path_to_error::deserialize(whole).map_err(|error| {
            let at = pointer(error.path());
            let detail = en::unread(&error.inner().to_string());
            Refused::invalid(vec![FieldError::new(
                within(part, &at),
                "unexpected",
                detail,
            )])
        })?;
        match list_for_object(&given, &evidence) {
            None => Ok(evidence),
            Some(at) => Err(unnamed(&within(part, &at))),
        }
    }
}

/// Replaces evidence, if the writer knows the present state and the result can be used.
pub async fn replace(
    app: &App,
    member: &Member,
    request_id: &RequestId,
    headers: &HeaderMap,
    brought: Brought,
) -> Answer<Known> {
    let undo = matches!(brought, Brought::Undo(..));
    if !undo {
        etag::expected(headers)?;
    }
    if let Some(part) = brought.part() {
        // An address that there is not is told before anything else.
        Known::read(app, member).await?.part(part)?;
    }
    let id = member.organization;
    let write = app.store.write().await?;
    let known = Known {
        organization: organizations::lock(&write, id).await?,
        documents: stored::all(write.read(), id).await?,
    };
    if let Brought::Undo(import, _) = &brought
        && history::is_undone(&write, *import).await?
    {
        // Somebody else was quicker: it is done once.
        return Ok(known);
    }
    // An import is undone row by row, and each row says itself whether it was changed since.
    if !undo {
        known.expect(headers, brought.part())?;
    }
    let evidence = brought.applied(&known)?;
    match refuse_faults(app, &known, &evidence, brought.part()) {
        Err(refused) if undo => return Err(imports::depended_on(refused)),
        other => other?,
    }
    let parts = documents(&evidence, brought.part())?;
    let (user, now) = (member.caller.user.id, app.clock.now());
    let (action, subject) = match &brought {
        Brought::Import(_, import) => ("evidence.import", import.id.to_string()),
        Brought::Undo(import, _) => ("evidence.undo", import.to_string()),
        Brought::Whole(_) => ("evidence.replace", "all".to_owned()),
        Brought::Part(part, _) => ("evidence.replace", part.clone()),
    };
    let mut entry = sessions::entry(app, request_id, user, Some(id), action, subject)?;
    entry.detail = digest::replaced(&known.documents, &parts);
    let expected = Expected::Whole(stored::revision(&known.documents));
    let documents = stored::replace(&write, id, expected, parts, now).await?;
    match brought {
        Brought::Import(_, import) => {
            let changes = Changes::between(&known.evidence()?, &evidence);
            let changes = serde_json::to_string(&changes).map_err(Refused::internal)?;
            history::insert(&write, id, import, changes).await?;
        }
        Brought::Undo(import, _) => history::mark_undone(&write, import, user, now).await?,
        Brought::Whole(_) | Brought::Part(..) => {}
    }
    write.commit(entry).await?;
    Ok(Known {
        organization: known.organization,
        documents,
    })
}

fn refuse_faults(app: &App, known: &Known, evidence: &Evidence, part: Option<&str>) -> Answer<()> {
    let mut errors = Vec::new();
    let own = known.own(&evidence.profile)?;
    let profile = &evidence.profile;
    for (key, same) in [
        ("name", profile.name == own.name),
        ("partner_id", profile.partner_id == own.partner_id),
        ("country", profile.country == own.country),
        ("verification", profile.verification == own.verification),
    ] {
        if !same {
            let detail = "Belongs to the organization: change it there, and leave it here as read.";
            errors.push((
                format!("/profile/{key}"),
                "read_only".to_owned(),
                detail.to_owned(),
            ));
        }
    }
    let found = check_against(&known.evidence()?, evidence, &app.catalog.catalog);
    errors.extend(found.into_iter().map(|fault| {
        let (code, detail) = (fault_code(&fault), en::evidence_fault(&fault));
        (fault.pointer, code, detail)
    }));
    if errors.is_empty() {
        return Ok(());
    }
    let errors = errors.into_iter().map(|(at, code, detail)| match part {
        Some(part) => FieldError::new(within(part, &at), &code, detail),
        None => FieldError::new(at, &code, detail),
    });
    Err(Refused::invalid(errors.collect()))
}

fn fault_code(fault: &Fault) -> String {
    let code = serde_json::to_value(fault.code).unwrap_or_default();
    code.as_str().unwrap_or("invalid").to_owned()
}

/// A place in the whole as a place in the body that brought one part. What that part makes wrong
/// elsewhere is named as a place in the whole: `/evidence/usage/0/customer`.
fn within(part: &str, pointer: &str) -> String {
    let inside = pointer
        .strip_prefix('/')
        .and_then(|rest| rest.strip_prefix(part));
    match inside.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(inside) => inside.to_owned(),
        None => format!("/evidence{pointer}"),
    }
}

fn documents(evidence: &Evidence, only: Option<&str>) -> Answer<BTreeMap<String, String>> {
    let Value::Object(parts) = serde_json::to_value(evidence).map_err(Refused::internal)? else {
        return Err(Refused::internal("evidence is no JSON object"));
    };
    let wanted = parts
        .into_iter()
        .filter(|(part, _)| only.is_none_or(|only| only == part));
    Ok(wanted
        .map(|(part, value)| (part, value.to_string()))
        .collect())
}

/// The whole with its tag.
fn whole(known: &Known) -> Answer<Response> {
    let kind = "application/json".to_owned();
    let headers = [
        (header::ETAG, known.tag(None)),
        (header::CONTENT_TYPE, kind),
    ];
    Ok((headers, known.json()?).into_response())
}

/// One part with its tag.
fn part(known: &Known, part: &str) -> Answer<Response> {
    Ok((
        [(header::ETAG, known.tag(Some(part)))],
        Json(known.part(part)?),
    )
        .into_response())
}
