//! Entries in words, with the names that people have now.

use std::collections::{BTreeSet, HashMap};

use membership_contract::audit::{AuditChange, AuditEntry, AuditFact, AuditPerson};
use membership_contract::text::en;
use membership_domain::audit::Actor;
use membership_domain::id::{OrganizationId, TokenId, UserId};
use membership_store::audit::canonical::canonical;
use membership_store::audit::{Personal, Shown};
use membership_store::{Store, StoreError, members, organizations, tokens};
use serde_json::Value;

/// Entries of an organization as they are told.
pub async fn told(
    store: &Store,
    organization: OrganizationId,
    entries: Vec<Shown>,
) -> Result<Vec<AuditEntry>, StoreError> {
    let names = Names::of(store, organization, &entries).await?;
    Ok(entries
        .into_iter()
        .map(|entry| names.entry(entry))
        .collect())
}

/// Who is named in some entries.
struct Names {
    people: HashMap<UserId, String>,
    locations: HashMap<String, String>,
    tokens: HashMap<String, String>,
}

impl Names {
    async fn of(
        store: &Store,
        organization: OrganizationId,
        entries: &[Shown],
    ) -> Result<Self, StoreError> {
        let people = entries.iter().flat_map(|entry| [entry.user, entry.about]);
        let people: BTreeSet<UserId> = people.flatten().collect();
        let people: Vec<UserId> = people.into_iter().collect();
        let mut names = Self {
            people: members::names(store.db(), organization, &people).await?,
            locations: HashMap::new(),
            tokens: HashMap::new(),
        };
        let acting = entries.iter().filter(|entry| entry.actor == Actor::Token);
        let acting = acting.filter_map(|entry| entry.by.as_deref()?.parse().ok());
        let acting: BTreeSet<TokenId> = acting.collect();
        let acting: Vec<TokenId> = acting.into_iter().collect();
        let named = tokens::names(store.db(), organization, &acting).await?;
        names.tokens = named
            .into_iter()
            .map(|(id, name)| (id.to_string(), name))
            .collect();
        if entries
            .iter()
            .any(|entry| entry.action.starts_with("location."))
        {
            let places = organizations::locations(store.db(), organization).await?;
            let named = places.into_iter().map(|one| (one.id.to_string(), one.name));
            names.locations = named.collect();
        }
        Ok(names)
    }

    fn person(&self, id: Option<UserId>) -> Option<AuditPerson> {
        id.map(|id| AuditPerson {
            id,
            name: self.people.get(&id).cloned(),
        })
    }

    fn entry(&self, entry: Shown) -> AuditEntry {
        let changes = changes(&entry.changes, &entry.personal);
        let subject = self.subject(&entry, &changes);
        let mut told = AuditEntry {
            id: entry.place.id,
            at: entry.place.at,
            actor: entry.actor,
            who: self.person(entry.user),
            by_name: (entry.by.as_ref()).and_then(|by| self.tokens.get(by).cloned()),
            by: entry.by,
            session: entry.session,
            about: self.person(entry.about),
            action: entry.action,
            subject: entry.subject,
            said: String::new(),
            changes,
            facts: facts(&entry.detail),
            request_id: entry.request_id,
        };
        told.said = en::audit_said(&told, &subject);
        told
    }

    /// The name of what it was done to: as it was called then, as it is called now, or its id.
    fn subject(&self, entry: &Shown, changes: &[AuditChange]) -> String {
        let field = |name: &str| changes.iter().find(|change| change.field == name);
        let then = field("name").or_else(|| field("file"));
        let then = then.and_then(|change| change.after.clone().or_else(|| change.before.clone()));
        let now = || self.locations.get(&entry.subject).cloned();
        then.or_else(now).unwrap_or_else(|| entry.subject.clone())
    }
}

fn changes(stored: &Value, personal: &[Personal]) -> Vec<AuditChange> {
    let all = stored.as_array().into_iter().flatten();
    let change = |(number, change): (usize, &Value)| {
        let field = change["field"].as_str().unwrap_or_default();
        let mut erased = false;
        let mut side = |side: &str| {
            let value = &change[side];
            if value.get("sha256").is_none() {
                return text(field, value);
            }
            let place = format!("/changes/{number}/{side}");
            let known = personal.iter().find(|one| one.place == place);
            erased |= known.is_none();
            known.map(|known| known.value.clone())
        };
        let (before, after) = (side("before"), side("after"));
        AuditChange {
            field: field.to_owned(),
            label: en::audit_label(field),
            before,
            after,
            erased,
        }
    };
    all.enumerate().map(change).collect()
}

/// Each field of the detail, those of one within it too.
fn facts(detail: &Value) -> Vec<AuditFact> {
    let fields = detail.as_object().into_iter().flatten();
    let fact = |(name, value): (&String, &Value)| {
        let value = text(name, value)?;
        let label = en::audit_label(name);
        Some(AuditFact { label, value })
    };
    fields.filter_map(fact).collect()
}

/// A value in words; nothing for none.
fn text(field: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(if *yes { "Yes" } else { "No" }.to_owned()),
        Value::String(text) => Some(en::audit_value(field, text)),
        Value::Array(items) => {
            let items = items.iter().filter_map(|item| text(field, item));
            Some(items.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
        }
        Value::Number(_) | Value::Object(_) => Some(canonical(value)),
    }
}
