//! What a file leaves open, and the answers.

use chrono::NaiveDate;
use membership_domain::evidence::Writer;
use serde::{Deserialize, Serialize};

/// Which number of 03/04/2023 is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The second: 31/12/2023.
    DayFirst,
    /// The first: 12/31/2023.
    MonthFirst,
}

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// What is done with rows in evidence as JSON. Without it they are added, or replace what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportRows))]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// They are new: one that is known is refused.
    Add,
    /// They are taken away: those that are known under the same keys, whatever else they say.
    Remove,
}

/// How customers without an id are taken whose names differ only in punctuation, space, marks or
/// script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SimilarNames {
    /// They are different customers.
    Different,
    /// They may be one: the lines that name the later one are refused.
    Refused,
}

/// A person's answers. What the file itself decides is not asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which number of a day is the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// What stands before the decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<DecimalMark>,
    /// How customers with similar names are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar_names: Option<SimilarNames>,
    /// What is done with rows in evidence as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
    /// The host's day, beyond which nothing has happened: no answer of a person's. Without it
    /// every day may have come.
    #[serde(skip)]
    pub today: Option<NaiveDate>,
    /// Who imports, as the host knows it: what rows may say about who says them, and which rows
    /// stay as they are. Without it, the partner.
    #[serde(skip)]
    pub writer: Writer,
}

impl Settings {
    /// Whether a day has not come yet.
    pub(crate) fn is_ahead(&self, day: NaiveDate) -> bool {
        self.today.is_some_and(|today| day > today)
    }
}

/// What has to be asked, with an example from the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportQuestion))]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Which number is the month.
    Dates {
        /// The column's name.
        column: String,
        /// The line of the example.
        line: u64,
        /// What stands there.
        value: String,
    },
    /// Whether a sign is before decimals or between thousands.
    Decimals {
        /// The column's name.
        column: String,
        /// The line of the example.
        line: u64,
        /// What stands there.
        value: String,
    },
    /// Whether customers with similar names are different ones.
    Names {
        /// The column's name.
        column: String,
        /// The line of the example.
        line: u64,
        /// What stands there.
        value: String,
        /// The name that it resembles.
        other: String,
    },
}
