//! Imports of exports into an organization's evidence.

pub mod create;
pub mod preview;
#[cfg(test)]
mod tests;

use axum::body::Bytes;
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_import::{DateOrder, DecimalMark, Plan, Settings, read};

use crate::App;
use crate::http::problem::{Answer, Refused};
use crate::http::query::Pairs;

/// A file as it was sent, and how it is to be read.
struct Sent {
    bytes: Bytes,
    name: String,
    settings: Settings,
}

impl Sent {
    fn of(query: &Pairs, bytes: Bytes) -> Answer<Self> {
        query.only(&["name", "dates", "decimals"])?;
        let given = |name: &str| {
            let found = query.0.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let mut errors = Vec::new();
        let dates = match given("dates") {
            "" => None,
            "day_first" => Some(DateOrder::DayFirst),
            "month_first" => Some(DateOrder::MonthFirst),
            _ => {
                let detail = "Must be day_first or month_first.".to_owned();
                errors.push(FieldError::new("?dates", "unexpected", detail));
                None
            }
        };
        let decimals = match given("decimals") {
            "" => None,
            "point" => Some(DecimalMark::Point),
            "comma" => Some(DecimalMark::Comma),
            _ => {
                let detail = "Must be point or comma.".to_owned();
                errors.push(FieldError::new("?decimals", "unexpected", detail));
                None
            }
        };
        let name = match given("name").trim() {
            "" => "import",
            name => name,
        };
        if name.chars().count() > 200 || name.contains(char::is_control) {
            let detail = "Must be one line of at most 200 characters.".to_owned();
            errors.push(FieldError::new("?name", "unexpected", detail));
        }
        if errors.is_empty() {
            Ok(Self {
                bytes,
                name: name.to_owned(),
                settings: Settings { dates, decimals },
            })
        } else {
            Err(Refused::invalid(errors))
        }
    }

    /// What the file would change. Reading takes a moment, so not on the thread of other requests.
    async fn plan(self, app: &App, evidence: Evidence) -> Answer<Plan> {
        let catalog = app.catalog.clone();
        let work = move || {
            read(
                &self.bytes,
                &self.name,
                self.settings,
                &catalog.catalog,
                &evidence,
            )
        };
        let plan = tokio::task::spawn_blocking(work)
            .await
            .map_err(Refused::internal)?;
        plan.map_err(|fault| {
            let detail = en::file_fault(&fault);
            Refused::invalid(vec![FieldError::new("", "unreadable", detail)])
        })
    }
}
