//! What a customer used of one workload in one month, by hand.

mod cents;

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_contract::customer::CustomerDetail;
use membership_contract::paths as api_paths;
use membership_contract::problem::FieldError;
use membership_contract::session::SessionOrganization;
use membership_contract::text::{Speaker, en};
use membership_domain::catalog::{AssociationKind, Catalog};
use membership_domain::evidence::{Authority, FaultCode, Usage};
use membership_domain::month::Month;

use super::entry::{self, Document, Enter, Entered, Entry, Faults, Form, Kept, Part};
use crate::form::{self, Field, Kind, Shape, TYPED, Values};
use crate::paths;
use crate::text::{by_hand, customer as text, evidence as words};
use crate::workspace::Browser;

static PART: Part = Part {
    list: paths::USAGE,
    all: text::ALL_USAGE,
    gone: text::USAGE_GONE,
    shape: Shape {
        id: "usage",
        version: 1,
        fields: &[
            Field::new("month", text::MONTH, Kind::Month).hint(text::MONTH_HINT),
            Field::new("workload", text::WORKLOAD, Kind::Choice),
            Field::new("association", text::ASSOCIATION, Kind::Choice),
            Field::new("tenant", text::TENANT, Kind::Text).hint(text::TENANT_HINT),
            Field::new("subscription", text::SUBSCRIPTION, Kind::Text),
            Field::new("revenue_cents", text::REVENUE, Kind::Short),
            Field::new("users", text::USERS, Kind::Short),
            Field::new("seats", text::SEATS, Kind::Short),
            Field::new("active", text::ACTIVE, Kind::Short),
        ],
        groups: &[],
        typed: TYPED,
        stale: by_hand::STALE,
    },
};

/// The page of the row in the address, or of a new one of the customer there.
pub fn page(organization: SessionOrganization) -> AnyView {
    form::of_address(move |query| {
        let keys = paths::USAGE_KEYS.map(|key| query.get(key).unwrap_or_default());
        of(&organization, keys)
    })
}

fn of(organization: &SessionOrganization, keys: [String; 6]) -> AnyView {
    let [id, month, ..] = &keys;
    let path = api_paths::customer(organization.id, paths::encoded(id));
    let new = month.is_empty();
    let row = Arc::new(move |detail: &CustomerDetail| {
        let mut rows = detail.usage.iter();
        rows.find(|row| paths::usage_keys(row) == keys).cloned()
    });
    let (find, fill) = (row.clone(), row.clone());
    let form = Form::<CustomerDetail> {
        has: Arc::new(move |detail| new || find(detail).is_some()),
        values: Arc::new(move |detail| values(detail.and_then(|detail| fill(detail)).as_ref())),
        view: Arc::new(move |entry, detail, catalog| {
            detail.map_or_else(
                || ().into_any(),
                |detail| view(entry, detail, row(detail), catalog),
            )
        }),
    };
    entry::page(organization, &PART, Some(path), form)
}

fn values(known: Option<&Usage>) -> Values {
    // What is zero is left out, as in a file.
    let number = |number: fn(&Usage) -> u64| {
        let some = known.map(number).filter(|number| *number > 0);
        some.map(|number| number.to_string()).unwrap_or_default()
    };
    let revenue = known.map(|row| row.revenue_cents);
    let revenue = revenue.filter(|cents| *cents != 0).map(cents::in_dollars);
    // What makes a row one cannot be changed, and is typed for a new one alone.
    let mut values = Values::of(&[
        ("revenue_cents", revenue.unwrap_or_default()),
        ("users", number(|row| row.users)),
        ("seats", number(|row| row.seats)),
        ("active", number(|row| row.active)),
    ]);
    for name in ["month", "workload", "association", "tenant", "subscription"] {
        values.fields.insert(name.to_owned(), String::new());
    }
    values
}

fn view(entry: Entry, detail: &CustomerDetail, known: Option<Usage>, catalog: &Catalog) -> AnyView {
    let entry = entry.known(known.is_some());
    let (id, name) = (detail.customer.id.clone(), detail.customer.name.clone());
    let form = entry.editor.form;
    let mut fields = match &known {
        Some(row) => vec![said(catalog, row)],
        None => vec![
            form.control("month"),
            form.choose("workload", entry::workloads(catalog, by_hand::CHOOSE)),
            form.choose("association", entry::associations()),
            form.control("tenant"),
            form.control("subscription"),
        ],
    };
    let whole = known.as_ref().and_then(|row| entry.kept(row.authority));
    let control = |name| match whole {
        None => form.control(name),
        Some(_) => form.locked(name, entry::KEPT),
    };
    fields.extend(["revenue_cents", "users", "seats", "active"].map(control));
    let title = match &known {
        Some(row) => text::usage_of(&name, &row.month.to_string()),
        None => text::ADD_USAGE.to_owned(),
    };
    let above = vec![
        (words::CUSTOMERS.to_owned(), paths::CUSTOMERS.href()),
        (name.clone(), paths::customer(&id)),
    ];
    let known = StoredValue::new(known);
    let enter = Enter::new(move |remove| {
        let row = match known.get_value() {
            Some(known) if remove => known,
            known => read(&entry.editor.typed(), known.as_ref(), &id)?,
        };
        let month = row.month.to_string();
        Ok(Entered {
            search: format!("{name} {month}"),
            name: text::usage_of(&name, &month),
            rows: Document {
                usage: vec![row],
                ..Document::default()
            },
        })
    });
    let kept = Kept { whole, row: whole };
    let removal = (().into_any(), kept);
    entry.view(above, (title, ().into_any()), enter, fields, removal)
}

/// The row as entered, or what can be seen to be wrong.
fn read(typed: &Values, known: Option<&Usage>, customer: &str) -> Result<Usage, Vec<FieldError>> {
    let mut faults = Faults::of("usage");
    let mut row = known.cloned().unwrap_or_else(|| Usage {
        customer: customer.to_owned(),
        tenant: typed.optional("tenant"),
        subscription: typed.optional("subscription"),
        workload: typed.text("workload").to_owned(),
        association: AssociationKind::Pal,
        month: Month::of(NaiveDate::default()),
        revenue_cents: 0,
        users: 0,
        seats: 0,
        active: 0,
        source: None,
        authority: Authority::Claimed,
    });
    if known.is_none() {
        let month = typed.text("month").parse();
        faults.check(month.is_err(), "/month", text::NO_MONTH);
        row.month = month.unwrap_or(row.month);
        faults.check(row.workload.is_empty(), "/workload", text::NO_WORKLOAD);
        let association = AssociationKind::of_code(typed.text("association"));
        faults.check(association.is_none(), "/association", text::NO_ASSOCIATION);
        row.association = association.unwrap_or(row.association);
        let ids = [("tenant", &row.tenant), ("subscription", &row.subscription)];
        for (field, id) in ids
            .into_iter()
            .filter_map(|(field, id)| Some((field, id.as_deref()?)))
        {
            faults.rule(FaultCode::of_id, field, (id, None));
        }
    }
    let revenue = cents::of_dollars(typed.text("revenue_cents"));
    faults.check(revenue.is_none(), "/revenue_cents", text::NO_DOLLARS);
    row.revenue_cents = revenue.unwrap_or_default();
    for (field, label, put) in [
        ("users", text::USERS, &mut row.users),
        ("seats", text::SEATS, &mut row.seats),
        ("active", text::ACTIVE, &mut row.active),
    ] {
        let count = typed.optional(field).map_or(Ok(0), |text| text.parse());
        faults.check(count.is_err(), format!("/{field}"), text::no_count(label));
        *put = count.unwrap_or_default();
    }
    if known != Some(&row) {
        row.source = entry::entered();
    }
    faults.none(row)
}

/// What makes a known row one, in words.
fn said(catalog: &Catalog, row: &Usage) -> AnyView {
    let words = &Browser;
    let speaker = Speaker { catalog, words };
    let association = en::association(row.association).to_owned();
    let of = [speaker.workload(&row.workload), association];
    let tenants = [&row.tenant, &row.subscription];
    let all = of.into_iter().chain(tenants.into_iter().flatten().cloned());
    let all: Vec<String> = all.collect();
    view! { <p class="muted">{all.join(" · ")}</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_checked_at_its_own_field() {
        let typed = Values::of(&[
            ("revenue_cents", "1,23".to_owned()),
            ("users", "many".to_owned()),
            ("active", "-1".to_owned()),
        ]);
        let errors = read(&typed, None, "fabrikam").expect_err("nothing is right");
        let places: Vec<_> = errors.iter().map(|one| one.pointer.as_str()).collect();
        let keys = ["/month", "/workload", "/association"];
        assert_eq!(places[..3], keys);
        assert_eq!(places[3..], ["/revenue_cents", "/users", "/active"]);
    }
}
