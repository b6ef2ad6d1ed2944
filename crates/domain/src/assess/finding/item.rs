//! Pieces of evidence, one by one and as a list that costs nothing to copy: thousands stand behind
//! some findings, and the same ones behind several.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::reason::Reason;
use crate::number::Number;
use crate::shared::Shared;

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingItem))]
pub struct Item {
    /// What sort of evidence.
    pub subject: Subject,
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Shared,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: Shared,
    /// The certificate or workload it counts with, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub with: Option<Shared>,
    /// How much of the measured value it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The last day it counts, if nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Why it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What sort of evidence an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingSubject))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    Person,
    /// A customer's tenant.
    Customer,
    /// A workload.
    Workload,
    /// A program held.
    Program,
    /// A marketplace offer.
    Offer,
    /// A reference.
    Reference,
    /// An audit.
    Audit,
    /// A figure that another system reports.
    Figure,
    /// A location of the partner.
    Location,
    /// A person or customer that a preview made up.
    Hypothetical,
}

/// Pieces of evidence, shared by everything that tells of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items(Arc<Vec<Item>>);

impl Items {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Deref for Items {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.0
    }
}

impl From<Vec<Item>> for Items {
    fn from(items: Vec<Item>) -> Self {
        Self(Arc::new(items))
    }
}

impl<'a> IntoIterator for &'a Items {
    type Item = &'a Item;
    type IntoIter = std::slice::Iter<'a, Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Serialize for Items {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
