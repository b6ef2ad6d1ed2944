//! From rows of four sorts to the cells of one table.

use membership_contract::text::{Speaker, en};
use membership_domain::month::Month;
use membership_lists::{CertificationRow, Counting, CustomerRow, Page, PersonRow, UsageRow};
use serde::de::DeserializeOwned;

use crate::text::evidence as words;
use crate::{format, paths};

/// A column: its name in a row of the API where it sorts, its words, and whether it holds numbers.
pub type Column = (&'static str, &'static str, bool);

/// A row of the API that the table can show.
pub trait Shown: DeserializeOwned + Send + Sync + 'static {
    const COLUMNS: &'static [Column];

    fn cells(&self, speaker: &Speaker<'_>) -> Vec<String>;
    fn areas(&self) -> &[Counting];

    /// Where its first cell leads.
    fn link(&self) -> Option<String> {
        None
    }

    /// What is said where it counts nowhere.
    fn nowhere(&self) -> &'static str {
        words::NOWHERE
    }
}

/// A page of rows in words.
#[derive(Clone, PartialEq)]
pub struct Piece {
    pub rows: Vec<Told>,
    pub total: u64,
    pub next: Option<String>,
}

/// A row in words.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// Where the first cell leads, if anywhere.
    pub link: Option<String>,
    pub cells: Vec<String>,
    /// Where it counts: areas first, and the one that is looked for.
    pub counts: Vec<Place>,
    /// How many of them come first.
    pub first: usize,
    /// Where it does not although a rule looks at it, names and reason: in what is looked for, and
    /// elsewhere.
    pub own: Vec<Not>,
    pub not: Vec<Not>,
    /// What is said where it counts nowhere.
    pub nowhere: &'static str,
}

/// Where a row does not count, by name, and why.
pub type Not = (Vec<String>, String);

/// An area or program in which a row counts.
#[derive(Clone, PartialEq)]
pub struct Place {
    pub href: String,
    pub name: String,
    /// In which of its metrics or requirements.
    pub metrics: String,
}

impl Piece {
    /// `area` is what is looked for, if anything.
    pub fn of<R: Shown>(speaker: &Speaker<'_>, page: &Page<R>, area: &str) -> Self {
        let told = |row: &R| {
            let (cells, link) = (row.cells(speaker), row.link());
            Told {
                nowhere: row.nowhere(),
                ..Told::of(speaker, row.areas(), area, cells, link)
            }
        };
        Self {
            rows: page.items.iter().map(told).collect(),
            total: page.total,
            next: page.next.clone(),
        }
    }
}

impl Told {
    fn of(
        speaker: &Speaker<'_>,
        areas: &[Counting],
        area: &str,
        cells: Vec<String>,
        link: Option<String>,
    ) -> Self {
        let counting = areas.iter().filter(|known| !known.metrics.is_empty());
        let leads =
            |known: &Counting| known.area == area || speaker.catalog.score(&known.area).is_some();
        let (mut counts, others): (Vec<&Counting>, Vec<&Counting>) =
            counting.partition(|known| leads(known));
        let first = counts.len();
        counts.extend(others);
        let place = |known: &Counting| Place {
            href: paths::place(speaker.catalog, &known.area),
            name: speaker.place(&known.area),
            metrics: speaker.metrics(known),
        };
        Self {
            link,
            cells,
            counts: counts.into_iter().map(place).collect(),
            first,
            own: speaker.does_not_count(&mut areas.iter().filter(|known| known.area == area)),
            not: speaker.does_not_count(&mut areas.iter().filter(|known| known.area != area)),
            nowhere: words::NOWHERE,
        }
    }
}

impl Shown for PersonRow {
    const COLUMNS: &'static [Column] = &[
        ("name", words::NAME, false),
        ("email", words::EMAIL, false),
        ("linked_on", words::LINKED, false),
        ("valid", words::VALID, true),
    ];

    fn cells(&self, _: &Speaker<'_>) -> Vec<String> {
        let linked = match (self.left_on, self.linked_on) {
            (Some(left), _) => words::left(&format::day(left)),
            (None, Some(linked)) => words::since(&format::day(linked)),
            (None, None) => words::NOT_LINKED.to_owned(),
        };
        vec![
            self.name.clone(),
            self.email.clone().unwrap_or_default(),
            linked,
            words::of(self.valid, self.certificates),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn link(&self) -> Option<String> {
        Some(paths::person(&self.id))
    }

    fn nowhere(&self) -> &'static str {
        if self.certificates == 0 {
            words::NO_CERTIFICATE
        } else {
            words::NOWHERE
        }
    }
}

impl Shown for CertificationRow {
    const COLUMNS: &'static [Column] = &[
        ("name", words::PERSON, false),
        ("certificate", words::CERTIFICATE, false),
        ("level", words::LEVEL, false),
        ("completed_on", words::EARNED, false),
        ("expires_on", words::EXPIRES, false),
        ("source", words::SOURCE, false),
    ];

    fn cells(&self, speaker: &Speaker<'_>) -> Vec<String> {
        let known = speaker.catalog.certificate(&self.certificate);
        let short = speaker.certificate(&self.certificate);
        let title = match known {
            Some(known) if known.name != short => format!("{short}: {}", known.name),
            _ => short,
        };
        let expires = self
            .expires_on
            .map_or_else(|| words::NEVER.to_owned(), format::day);
        vec![
            self.name.clone(),
            title,
            self.level.map(en::level).unwrap_or_default().to_owned(),
            format::day(self.completed_on),
            expires,
            self.source.clone().unwrap_or_default(),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn link(&self) -> Option<String> {
        Some(paths::person(&self.person))
    }
}

impl Shown for CustomerRow {
    const COLUMNS: &'static [Column] = &[
        ("name", words::CUSTOMER, false),
        ("", words::ASSOCIATIONS, false),
        ("last", words::MONTHS, false),
        ("rows", words::ROWS, true),
    ];

    fn cells(&self, _: &Speaker<'_>) -> Vec<String> {
        let kinds: Vec<&str> = self
            .associations
            .iter()
            .map(|kind| en::association(*kind))
            .collect();
        let months = match (self.first, self.last) {
            (Some(first), Some(last)) => words::months(&month(first), &month(last)),
            _ => words::NO_USAGE.to_owned(),
        };
        vec![
            self.name.clone(),
            format::list(&kinds),
            months,
            format::number(whole(self.rows)),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn link(&self) -> Option<String> {
        Some(paths::customer(&self.id))
    }
}

impl Shown for UsageRow {
    const COLUMNS: &'static [Column] = &[
        ("name", words::CUSTOMER, false),
        ("workload", words::WORKLOAD, false),
        ("", words::ASSOCIATION, false),
        ("month", words::MONTH, false),
        ("revenue_cents", words::REVENUE, true),
        ("users", words::USERS, true),
        ("seats", words::SEATS, true),
    ];

    fn cells(&self, speaker: &Speaker<'_>) -> Vec<String> {
        let usage = &self.usage;
        vec![
            self.name.clone(),
            speaker.workload(&usage.workload),
            en::association(usage.association).to_owned(),
            month(usage.month),
            format::money(usage.revenue_cents, "USD"),
            format::number(whole(usage.users)),
            words::of(usage.active, usage.seats),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }

    fn link(&self) -> Option<String> {
        Some(paths::usage(&self.usage))
    }
}

/// As it stands in exports.
fn month(month: Month) -> String {
    month.to_string()
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
            (List::People, PersonRow::COLUMNS),
            (List::Certifications, CertificationRow::COLUMNS),
            (List::Customers, CustomerRow::COLUMNS),
            (List::Usage, UsageRow::COLUMNS),
        ] {
            for (name, ..) in columns.iter().filter(|(name, ..)| !name.is_empty()) {
                assert!(list.sorts().contains(name), "{name} of {list:?}");
            }
        }
    }
}
