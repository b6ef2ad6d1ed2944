//! People and what they are certified in.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Authority;
use crate::catalog::Certificate;
use crate::json::given;
use crate::text::{read_optional, read_trimmed};

/// Somebody who works for the partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, from = "Written")]
pub struct Person {
    /// Id, unique within the evidence.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Work address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The day on which the person linked the learning profile to the organization; without a
    /// link the person does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_on: Option<NaiveDate>,
    /// The day on which the person left, where known: nothing counts from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<NaiveDate>,
    /// Who says `linked_on` and `left_on`. Left out, it is `confirmed` where somebody else than the
    /// partner says one of the certificates, and otherwise `claimed`.
    #[serde(default)]
    pub authority: Authority,
    /// The day on which the person left as the partner says it, where `left_on` is not the
    /// partner's to write. It is a claim, and means nothing beside a `left_on` that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_left_on: Option<NaiveDate>,
    /// The certificates held, also expired ones.
    #[serde(default)]
    pub certificates: Vec<Held>,
}

/// A person as JSON has it. What was written before people had an authority says nothing of it:
/// then who confirmed a certificate had confirmed the link, and so it still counts. It is always
/// written since, so that a certificate which is confirmed later confirms no link.
#[derive(Deserialize)]
#[serde(rename = "Person", deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "read_trimmed")]
    id: String,
    #[serde(deserialize_with = "read_trimmed")]
    name: String,
    #[serde(default, deserialize_with = "read_optional")]
    email: Option<String>,
    #[serde(default)]
    linked_on: Option<NaiveDate>,
    #[serde(default)]
    left_on: Option<NaiveDate>,
    #[serde(default)]
    certificates: Vec<Held>,
    #[serde(default, deserialize_with = "given")]
    authority: Option<Authority>,
    #[serde(default)]
    claimed_left_on: Option<NaiveDate>,
}

impl From<Written> for Person {
    fn from(written: Written) -> Self {
        let certificates = written.certificates;
        let weightiest = certificates.iter().map(|held| held.authority).max();
        let unsaid = weightiest.unwrap_or_default().min(Authority::Confirmed);
        Self {
            id: written.id,
            name: written.name,
            email: written.email,
            linked_on: written.linked_on,
            left_on: written.left_on,
            authority: written.authority.unwrap_or(unsaid),
            claimed_left_on: written.claimed_left_on,
            certificates,
        }
    }
}

/// A certificate that a person holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HeldCertificate))]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The certificate's id in the catalog.
    pub certificate: String,
    /// The day it was earned.
    pub completed_on: NaiveDate,
    /// The last day it is valid; absent where it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// The day on which this became known, where it differs from when it was earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_on: Option<NaiveDate>,
    /// Where this is known from: a file's name, `api`, `entered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

impl Held {
    /// The last day it is valid: as reported, or as the catalog's validity makes it; `None` where
    /// it does not expire.
    #[must_use]
    pub fn last_day(&self, certificate: &Certificate) -> Option<NaiveDate> {
        self.expires_on.or_else(|| {
            self.completed_on
                .checked_add_months(Months::new(certificate.valid_months?))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn person(authority: Option<&str>, held: &[Option<&str>]) -> Value {
        let row = |authority: &Option<&str>| {
            let mut row = json!({"certificate": "az-104", "completed_on": "2023-01-10"});
            if let Some(authority) = authority {
                row["authority"] = json!(authority);
            }
            row
        };
        let held: Vec<Value> = held.iter().map(row).collect();
        let mut person = json!({"id": "a", "name": "Ada", "certificates": held});
        if let Some(authority) = authority {
            person["authority"] = json!(authority);
        }
        person
    }

    #[test]
    fn what_was_written_without_an_authority_has_that_of_its_certificates() {
        let (claimed, confirmed, made) = (Some("claimed"), Some("confirmed"), Some("made_here"));
        for (said, held, authority) in [
            (None, &[][..], "claimed"),
            (None, &[None, claimed], "claimed"),
            (None, &[None, confirmed], "confirmed"),
            (None, &[made], "confirmed"),
            (claimed, &[confirmed], "claimed"),
            (confirmed, &[None], "confirmed"),
        ] {
            let read: Person = serde_json::from_value(person(said, held)).expect("a person");
            let written = serde_json::to_value(&read).expect("JSON");
            assert_eq!(written["authority"], authority, "{said:?} {held:?}");
            // It is written, so that what is confirmed later changes nothing about it.
            let mut later = written.clone();
            later["certificates"] = json!([person(None, &[confirmed])["certificates"][0]]);
            let later: Person = serde_json::from_value(later).expect("a person");
            assert_eq!(later.authority, read.authority);
        }
        for authority in [json!(null), json!("operator")] {
            let mut wrong = person(None, &[]);
            wrong["authority"] = authority;
            assert!(serde_json::from_value::<Person>(wrong).is_err());
        }
    }
}
