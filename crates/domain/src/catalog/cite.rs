//! Where a value comes from, and how sure it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::shared::Shared;

/// How sure a value of the catalog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Stated in the program's own documentation.
    Documented,
    /// From a later or unofficial source; may be outdated or partial.
    Secondary,
    /// Follows from documented facts, stated nowhere.
    Inferred,
    /// Made up, because the real value is not published: marked wherever it is shown.
    Sample,
}

/// A value's certainty and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CatalogCite))]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// How sure it is.
    pub certainty: Certainty,
    /// The id of a [`Source`].
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: Shared,
}

/// A page or document that values were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CatalogSource))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short id that [`Cite::source`] names.
    pub id: String,
    /// The page's title.
    pub title: String,
    /// The page's own date, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

/// Something that holds from a day on, until a later version of it does.
pub trait Dated {
    /// The first day on which it holds.
    fn effective_from(&self) -> NaiveDate;
}

/// The version in force on `day`: the latest one that has begun.
pub fn in_force<T: Dated>(versions: &[T], day: NaiveDate) -> Option<&T> {
    versions
        .iter()
        .filter(|version| version.effective_from() <= day)
        .max_by_key(|version| version.effective_from())
}

macro_rules! dated {
    ($($type:ty),+) => {$(
        impl $crate::catalog::Dated for $type {
            fn effective_from(&self) -> chrono::NaiveDate {
                self.effective_from
            }
        }
    )+};
}
pub(crate) use dated;
