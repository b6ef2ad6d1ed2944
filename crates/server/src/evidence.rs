//! Evidence as it is stored and written, for all routes that read or write it.
//!
//! The company's own data is in its profile but belongs to the organization: it is filled in when
//! evidence is read, and refused when evidence would change it.

pub mod edit;
mod faults;
pub mod look;
pub mod parts;
mod replaced;
pub mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;

use membership_domain::Evidence;
use membership_domain::evidence::Profile;
use membership_domain::id::OrganizationId;
use membership_store::evidence::{self as stored, Change, Document, Documents};
use membership_store::organizations::{self, Organization};

use crate::App;
use crate::guard::Member;
use crate::http::etag;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::turns::Watch;

/// The part that belongs to the organization, in part.
const PROFILE: &str = "profile";

/// Evidence as it is stored at one moment, with the organization that it is about.
#[derive(Debug)]
pub struct Snapshot {
    organization: Organization,
    documents: Documents,
}

impl Snapshot {
    /// Reads it.
    pub async fn read(app: &App, member: &Member) -> Answer<Self> {
        Self::of(app, member.organization).await
    }

    /// Reads that of an organization.
    pub async fn of(app: &App, id: OrganizationId) -> Answer<Self> {
        let db = app.store.db();
        let organization = organizations::by_id(db, id)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let documents = stored::all(db, id).await?;
        Ok(Self {
            organization,
            documents,
        })
    }

    /// The tag of the whole, without reading the whole.
    pub async fn tag_of(app: &App, id: OrganizationId) -> Answer<String> {
        let known = stored::revisions_with(app.store.db(), id).await?;
        let (own, evidence) = known.ok_or_else(ApiError::not_found)?;
        Ok(tag(own, evidence))
    }

    /// All parts together, the company's own data filled in. Takes a moment where there is much, and
    /// stops where nobody waits for it any more.
    pub fn evidence(&self, watch: &Watch) -> Answer<Evidence> {
        let stored = |part: &str| self.documents.get(part).map(Cow::Borrowed);
        rows(self.profile()?, stored, watch)
    }

    /// The same; what a part was read from goes before the next one is read.
    pub fn into_evidence(mut self, watch: &Watch) -> Answer<Evidence> {
        let profile = self.profile()?;
        rows(
            profile,
            |part| self.documents.remove(part).map(Cow::Owned),
            watch,
        )
    }

    /// The bytes that it has as JSON.
    pub fn size(&self) -> usize {
        self.documents.values().map(Document::size).sum()
    }

    /// The same as JSON, with another text for one part. What is stored is JSON already, and can
    /// be large: it is not read again.
    fn json(&self, other: Option<(&str, &str)>) -> Answer<String> {
        let mut whole = String::new();
        for part in parts()? {
            whole.push(if whole.is_empty() { '{' } else { ',' });
            // The names of parts need no escapes.
            whole.extend(["\"", &part, "\":"]);
            match other.filter(|(name, _)| *name == part) {
                Some((_, text)) => whole.push_str(text),
                None => whole.push_str(&self.part(&part)?),
            }
        }
        whole.push('}');
        Ok(whole)
    }

    /// One part as JSON; 404 for a part that there is not.
    fn part(&self, part: &str) -> Answer<Cow<'_, str>> {
        match self.documents.get(part) {
            _ if part == PROFILE => {
                let own = serde_json::to_string(&self.profile()?);
                own.map(Cow::Owned).map_err(ApiError::internal)
            }
            Some(document) => Ok(document.json()?),
            // All others are lists.
            None if parts()?.iter().any(|known| known == part) => Ok(Cow::Borrowed("[]")),
            None => Err(ApiError::not_found()),
        }
    }

    /// The profile as it is read.
    fn profile(&self) -> Answer<Profile> {
        let stored = self.documents.get(PROFILE).map(Document::json);
        let profile = match stored.transpose()? {
            Some(json) => serde_json::from_str(&json).map_err(ApiError::internal)?,
            None => Profile::default(),
        };
        self.own(&profile)
    }

    /// The profile with the company's own data.
    fn own(&self, profile: &Profile) -> Answer<Profile> {
        Ok(Profile {
            name: self.organization.name.clone(),
            partner_id: Some(self.organization.partner_id.clone()),
            country: Some(self.organization.country.clone()),
            joined_on: profile.joined_on,
            authority: profile.authority,
            verification: self.organization.verification,
        })
    }

    /// Refuses a writer who does not know the present state.
    pub fn expect(&self, known: &IfMatch, part: Option<&str>) -> Answer<()> {
        let current = || Ok(self.tagged(part)?.1);
        known.expect(&self.tag(part), current)
    }

    /// The whole or one part as JSON, with its tag.
    pub fn tagged(&self, part: Option<&str>) -> Answer<(String, String)> {
        let text = match part {
            None => self.json(None)?,
            Some(part) => self.part(part)?.into_owned(),
        };
        Ok((self.tag(part), text))
    }

    /// The tag of the whole once these are written.
    fn tag_with(&self, parts: &BTreeMap<String, Change>) -> String {
        let others = self.documents.iter();
        let others = others.filter(|(part, _)| !parts.contains_key(*part));
        let others: i64 = others.map(|(_, document)| document.revision).sum();
        let written: i64 = parts.values().map(Change::revision).sum();
        tag(self.organization.revision, others + written)
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
        tag(self.organization.revision, revision)
    }
}

/// Evidence with this profile and the rows of every list that is stored.
fn rows<'k>(
    profile: Profile,
    mut stored: impl FnMut(&str) -> Option<Cow<'k, Document>>,
    watch: &Watch,
) -> Answer<Evidence> {
    let mut evidence = Evidence {
        profile,
        ..Evidence::default()
    };
    parts::read(&mut evidence, |part| {
        watch.expect()?;
        Ok(stored(part))
    })?;
    watch.expect()?;
    Ok(evidence)
}

/// The tag of what has this revision, of an organization with that one.
pub fn tag(organization: i64, revision: i64) -> String {
    etag::of_revision(format!("{organization}.{revision}"))
}

/// The names of all parts.
fn parts() -> Answer<Vec<String>> {
    match serde_json::to_value(Evidence::default()) {
        Ok(serde_json::Value::Object(parts)) => {
            Ok(parts.into_iter().map(|(name, _)| name).collect())
        }
        other => Err(ApiError::internal(format!(
            "evidence must be an object: {other:?}"
        ))),
    }
}
