//! The columns of the four lists, and how a row of each reads.

use leptos::prelude::*;
use membership_contract::text::{Speaker, en};
use membership_domain::evidence::Authority;
use membership_lists::{CertificationRow, Counting, CustomerRow, PersonRow, UsageRow};
use serde::de::DeserializeOwned;

use crate::list::{Column, Phone, name, quiet};
use crate::text::evidence as words;
use crate::ui::{self, Mark};
use crate::{format, paths};

/// A row of the API that a list can show.
pub trait Row: DeserializeOwned + Send + Sync + 'static {
    /// What stands in the columns before the last, which is where it counts.
    fn cells(&self, speaker: &Speaker<'_>) -> Vec<AnyView>;

    /// What it is called.
    fn name(&self) -> String;

    /// Who says what is known of it, each once.
    fn authorities(&self) -> &[Authority];

    /// How it stands in each area and program.
    fn areas(&self) -> &[Counting];

    /// What is said of it on demand, and has no column; an empty text is left out.
    fn facts(&self, _: &Speaker<'_>) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What is said where it counts nowhere.
    fn nowhere(&self) -> &'static str {
        words::NOWHERE
    }
}

const COUNTS: Column = Column::text(words::COUNTS_IN, "", Phone::Line);

pub const PEOPLE: &[Column] = &[
    Column::text(words::NAME, "name", Phone::Start),
    Column::text(words::LINKED, "linked_on", Phone::End),
    Column::number(words::VALID, "valid", Phone::Out),
    COUNTS,
];

pub const CERTIFICATIONS: &[Column] = &[
    Column::text(words::PERSON, "name", Phone::Start),
    Column::text(words::CERTIFICATE, "certificate", Phone::Line),
    Column::text(words::LEVEL, "level", Phone::Out),
    Column::code(words::EARNED, "completed_on", Phone::Out),
    Column::code(words::EXPIRES, "expires_on", Phone::End),
    COUNTS,
];

pub const CUSTOMERS: &[Column] = &[
    Column::text(words::CUSTOMER, "name", Phone::Start),
    Column::text(words::ASSOCIATIONS, "", Phone::Line),
    Column::code(words::MONTHS, "last", Phone::Out),
    Column::number(words::ROWS, "rows", Phone::Out),
    COUNTS,
];

pub const USAGE: &[Column] = &[
    Column::text(words::CUSTOMER, "name", Phone::Start),
    Column::text(words::WORKLOAD, "workload", Phone::Line),
    Column::text(words::ASSOCIATION, "", Phone::Out),
    Column::code(words::MONTH, "month", Phone::End),
    Column::number(words::REVENUE, "revenue_cents", Phone::Named),
    Column::number(words::USERS, "users", Phone::Out),
    Column::number(words::SEATS, "seats", Phone::Out),
    COUNTS,
];

impl Row for PersonRow {
    fn cells(&self, _: &Speaker<'_>) -> Vec<AnyView> {
        let linked = match (self.left_on, self.claimed_left_on, self.linked_on) {
            (Some(left), _, _) => ui::status(Mark::Open, words::left(&format::day_and_year(left))),
            (None, Some(left), _) => {
                ui::status(Mark::Open, words::claimed_left(&format::day_and_year(left)))
            }
            (None, None, Some(_)) => ui::status(Mark::Normal, words::IS_LINKED),
            (None, None, None) => ui::status(Mark::Warn, words::NOT_LINKED),
        };
        vec![
            name(self.name.clone(), Some(paths::person(&self.id))),
            linked,
            ui::of(whole(self.valid), whole(self.certificates)),
        ]
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn facts(&self, _: &Speaker<'_>) -> Vec<(&'static str, String)> {
        let linked = self.linked_on.map(format::day);
        vec![
            (words::EMAIL, self.email.clone().unwrap_or_default()),
            (words::LINKED_SINCE, linked.unwrap_or_default()),
        ]
    }

    fn nowhere(&self) -> &'static str {
        if self.certificates == 0 {
            words::NO_CERTIFICATE
        } else {
            words::NOWHERE
        }
    }
}

impl Row for CertificationRow {
    fn cells(&self, speaker: &Speaker<'_>) -> Vec<AnyView> {
        let known = speaker.catalog.certificate(&self.certificate);
        let short = speaker.certificate(&self.certificate);
        let title = match known {
            Some(known) if known.name != short => format!("{short}: {}", known.name),
            _ => short,
        };
        let expires = match self.expires_on {
            Some(day) => format::day_and_year(day).into_any(),
            None => quiet(words::NEVER),
        };
        let level = self.level.map(en::level).unwrap_or_default();
        vec![
            name(self.name.clone(), Some(paths::person(&self.person))),
            title.into_any(),
            level.into_any(),
            format::day_and_year(self.completed_on).into_any(),
            expires,
        ]
    }

    fn name(&self) -> String {
        format!("{}, {}", self.name, self.certificate.to_ascii_uppercase())
    }

    fn authorities(&self) -> &[Authority] {
        std::slice::from_ref(&self.authority)
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn facts(&self, _: &Speaker<'_>) -> Vec<(&'static str, String)> {
        let level = self.level.map(en::level).unwrap_or_default();
        vec![
            (words::LEVEL, level.to_owned()),
            (words::EARNED, format::day(self.completed_on)),
            (words::SOURCE, self.source.clone().unwrap_or_default()),
        ]
    }
}

impl Row for CustomerRow {
    fn cells(&self, _: &Speaker<'_>) -> Vec<AnyView> {
        let kinds: Vec<&str> = self
            .associations
            .iter()
            .map(|kind| en::association(*kind))
            .collect();
        let months = match (self.first, self.last) {
            (Some(first), Some(last)) => {
                words::months(&first.to_string(), &last.to_string()).into_any()
            }
            _ => quiet(words::NO_USAGE),
        };
        vec![
            name(self.name.clone(), Some(paths::customer(&self.id))),
            format::list(&kinds).into_any(),
            months,
            format::number(whole(self.rows)).into_any(),
        ]
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn facts(&self, _: &Speaker<'_>) -> Vec<(&'static str, String)> {
        vec![(words::ROWS, format::number(whole(self.rows)))]
    }
}

impl Row for UsageRow {
    fn cells(&self, speaker: &Speaker<'_>) -> Vec<AnyView> {
        let usage = &self.usage;
        vec![
            name(self.name.clone(), Some(paths::usage(usage))),
            speaker.workload(&usage.workload).into_any(),
            en::association(usage.association).into_any(),
            // As it stands in exports.
            usage.month.to_string().into_any(),
            format::money(usage.revenue_cents, "USD").into_any(),
            format::number(whole(usage.users)).into_any(),
            ui::of(whole(usage.active), whole(usage.seats)),
        ]
    }

    fn name(&self) -> String {
        format!("{}, {}", self.name, self.usage.month)
    }

    fn authorities(&self) -> &[Authority] {
        std::slice::from_ref(&self.usage.authority)
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn facts(&self, _: &Speaker<'_>) -> Vec<(&'static str, String)> {
        let usage = &self.usage;
        let association = en::association(usage.association).to_owned();
        vec![
            (words::ASSOCIATION, association),
            (words::TENANT, usage.tenant.clone().unwrap_or_default()),
            (words::USERS, format::number(whole(usage.users))),
            (words::SEATS, words::of(usage.active, usage.seats)),
        ]
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use membership_lists::List;

    use super::*;

    #[test]
    fn the_api_sorts_by_each_column_that_sorts() {
        for (list, columns) in [
            (List::People, PEOPLE),
            (List::Certifications, CERTIFICATIONS),
            (List::Customers, CUSTOMERS),
            (List::Usage, USAGE),
        ] {
            for column in columns.iter().filter(|column| !column.sort.is_empty()) {
                assert!(
                    list.sorts().contains(&column.sort),
                    "{} of {list:?}",
                    column.sort
                );
            }
        }
    }

    #[test]
    fn the_filter_by_authority_has_each() {
        let offered: Vec<&str> = words::AUTHORITIES.iter().map(|(code, _)| *code).collect();
        let mut all = vec![""];
        all.extend(Authority::ALL.map(Authority::code));
        assert_eq!(offered, all);
    }

    #[test]
    fn on_a_phone_each_row_begins_with_what_it_is_about() {
        for columns in [PEOPLE, CERTIFICATIONS, CUSTOMERS, USAGE] {
            let at = |phone| {
                columns
                    .iter()
                    .filter(|column| column.phone == phone)
                    .count()
            };
            assert_eq!(at(Phone::Start), 1);
            assert!(at(Phone::End) <= 1);
        }
    }
}
