//! Lists of evidence as tables for spreadsheets.

use membership_domain::evidence::Authority;
use membership_lists::{CertificationRow, Counting, CustomerRow, PersonRow, UsageRow};

use crate::csv;
use crate::text::{Speaker, en};

/// A row that can stand in a spreadsheet.
pub trait Tabular {
    /// The names of its columns, but for the two about counting.
    const COLUMNS: &'static [&'static str];

    /// Its cells, as many as there are columns.
    fn cells(&self) -> Vec<String>;

    /// How it stands in each area and program.
    fn areas(&self) -> &[Counting];
}

/// Rows as CSV, each with where it counts and why not elsewhere.
#[must_use]
pub fn table<R: Tabular>(speaker: &Speaker<'_>, rows: &[R]) -> String {
    let mut header = R::COLUMNS.to_vec();
    header.extend(["Counts in", "Does not count in"]);
    let lines = rows.iter().map(|row| {
        let mut cells = row.cells();
        cells.push(speaker.counts_in(row.areas()).join("; "));
        let not = speaker.does_not_count(&mut row.areas().iter());
        let not: Vec<String> = not
            .iter()
            .map(|(areas, why)| format!("{}: {why}", speaker.words.list(areas)))
            .collect();
        cells.push(not.join("; "));
        cells
    });
    csv::table(&header, lines)
}

/// Who says a row, or what is known of somebody: as an import reads it.
fn said(authorities: &[Authority]) -> String {
    let names: Vec<&str> = (authorities.iter().copied().map(en::authority)).collect();
    names.join("; ")
}

fn optional<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

impl Tabular for PersonRow {
    const COLUMNS: &'static [&'static str] = &[
        "Id",
        "Name",
        "Email",
        "Linked",
        "Left",
        "Left, claimed",
        "Certificates",
        "Valid certificates",
        "Authority",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            optional(self.email.as_ref()),
            optional(self.linked_on.as_ref()),
            optional(self.left_on.as_ref()),
            optional(self.claimed_left_on.as_ref()),
            self.certificates.to_string(),
            self.valid.to_string(),
            said(&self.authorities),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }
}

impl Tabular for CertificationRow {
    const COLUMNS: &'static [&'static str] = &[
        "Person",
        "Name",
        "Certificate",
        "Level",
        "Completed",
        "Expires",
        "Source",
        "Authority",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.person.clone(),
            self.name.clone(),
            self.certificate.to_ascii_uppercase(),
            self.level.map(en::level).unwrap_or_default().to_owned(),
            self.completed_on.to_string(),
            optional(self.expires_on.as_ref()),
            optional(self.source.as_ref()),
            said(&[self.authority]),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }
}

impl Tabular for CustomerRow {
    const COLUMNS: &'static [&'static str] = &[
        "Id",
        "Name",
        "Associations",
        "First month",
        "Last month",
        "Usage rows",
        "Authority",
    ];

    fn cells(&self) -> Vec<String> {
        let kinds: Vec<&str> = self
            .associations
            .iter()
            .map(|kind| en::association(*kind))
            .collect();
        vec![
            self.id.clone(),
            self.name.clone(),
            kinds.join("; "),
            optional(self.first.as_ref()),
            optional(self.last.as_ref()),
            self.rows.to_string(),
            said(&self.authorities),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }
}

impl Tabular for UsageRow {
    // With the names that an import looks for: what was fixed comes back in.
    const COLUMNS: &'static [&'static str] = &[
        "Customer",
        "CustomerId",
        "Tenant",
        "Subscription",
        "Workload",
        "Association",
        "Month",
        "Revenue",
        "Users",
        "Seats",
        "Active",
        "Source",
        "Authority",
    ];

    fn cells(&self) -> Vec<String> {
        let usage = &self.usage;
        let cents = usage.revenue_cents;
        vec![
            self.name.clone(),
            usage.customer.clone(),
            optional(usage.tenant.as_ref()),
            optional(usage.subscription.as_ref()),
            usage.workload.clone(),
            en::association(usage.association).to_owned(),
            usage.month.to_string(),
            format!("{}.{:02}", cents / 100, cents.abs() % 100),
            usage.users.to_string(),
            usage.seats.to_string(),
            usage.active.to_string(),
            optional(usage.source.as_ref()),
            said(&[usage.authority]),
        ]
    }

    fn areas(&self) -> &[Counting] {
        &self.areas
    }
}
