//! A customer by hand, with the associations to it.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::customer::CustomerDetail;
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::{AssociationKind, Catalog};
use membership_domain::evidence::{Association, Authority, Customer, FaultCode};
use membership_domain::number::Number;

use super::entry::{self, Document, Enter, Entered, Entry, Faults, Form, Kept, Part};
use crate::form::{self, Field, Group, Kind, LineValues, Shape, TYPED, Values};
use crate::text::{by_hand, customer as text, evidence as words, lists};
use crate::ui::{Check, LinkButton};
use crate::{format, paths};

/// The id of what removes its usage with it, as the form gives it.
const WITH_USAGE: &str = "customer-with_usage";

static ASSOCIATIONS: Group = Group {
    name: "associations",
    title: text::ASSOCIATIONS,
    legend: text::association,
    add: text::ADD,
    fields: &[
        (Field::new("kind", text::ASSOCIATION, Kind::Choice), ""),
        (Field::new("workload", text::WORKLOAD, Kind::Choice), ""),
        (Field::new("since", text::SINCE, Kind::Day), ""),
        (Field::new("active_percent", text::PERCENT, Kind::Short), ""),
    ],
};

static PART: Part = Part {
    list: paths::CUSTOMERS,
    all: text::ALL_CUSTOMERS,
    gone: text::GONE,
    shape: Shape {
        id: "customer",
        version: 1,
        fields: &[
            Field::new("id", text::ID, Kind::Text).hint(text::ID_HINT),
            Field::new("name", text::NAME, Kind::Text),
        ],
        groups: &[&ASSOCIATIONS],
        typed: TYPED,
        stale: by_hand::STALE,
    },
};

/// The page of the customer in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    form::of_address(move |query| {
        let id = query.get(paths::ROW_ID);
        let path = id.map(|id| api_paths::customer(organization.id, paths::encoded(&id)));
        let form = Form {
            has: Arc::new(|_| true),
            values: Arc::new(values),
            view: Arc::new(view),
        };
        entry::page(&organization, &PART, path, form)
    })
}

fn values(known: Option<&CustomerDetail>) -> Values {
    let customer = known.map(|known| &known.customer);
    let line = |(at, one): (usize, &Association)| {
        let percent = one.active_percent.map(|percent| percent.to_string());
        let fields = [
            ("kind", one.kind.code().to_owned()),
            ("workload", one.workload.clone().unwrap_or_default()),
            ("since", format::day_input(one.since)),
            ("active_percent", percent.unwrap_or_default()),
        ];
        LineValues::known(at, &fields)
    };
    let all = customer.map(|customer| customer.associations.as_slice());
    let lines = all.unwrap_or_default().iter().enumerate().map(line);
    let name = customer.map(|customer| customer.name.clone());
    // Of a known one the id cannot be changed, and is no field.
    Values::of(&[("id", String::new()), ("name", name.unwrap_or_default())])
        .with(ASSOCIATIONS.name, lines.collect())
}

fn view(entry: Entry, known: Option<&CustomerDetail>, catalog: &Catalog) -> AnyView {
    let entry = entry.known(known.is_some());
    let form = entry.editor.form;
    let lines = entry.editor.lines(&ASSOCIATIONS);
    let lines = lines.choosing("kind", entry::associations());
    let lines = lines.choosing("workload", entry::workloads(catalog, text::ALL));
    let id = match known {
        Some(known) => view! { <p class="muted">{text::id(&known.customer.id)}</p> }.into_any(),
        None => form.control("id"),
    };
    let associations = known.map_or(&[][..], |known| &known.customer.associations);
    let kept = entry.kept_of(associations.iter().map(|one| one.authority));
    // It goes only with its usage.
    let used = known.map_or(&[][..], |known| &known.usage);
    let mut used = used.iter().map(|row| row.authority);
    let part = !kept.is_empty() || used.any(|authority| entry.kept(authority).is_some());
    let kept_row = Kept {
        row: part.then_some(by_hand::KEPT_PART),
        ..Kept::default()
    };
    let lines = lines.locking(kept).view(form.problems);
    let fields = vec![id, form.control("name"), lines];
    let with_usage = RwSignal::new(false);
    let (title, actions, removal) = match known {
        Some(known) => {
            let rows = lists::found(known.usage.len() as u64);
            let removal = (!known.usage.is_empty()).then(|| {
                let label = text::with_usage(&rows);
                let set = Callback::new(move |on| with_usage.set(on));
                view! { <Check id=WITH_USAGE label=label checked=with_usage on_change=set /> }
            });
            let name = known.customer.name.clone();
            (name, actions(&known.customer), removal.into_any())
        }
        None => (text::NEW.to_owned(), ().into_any(), ().into_any()),
    };
    let above = vec![(words::CUSTOMERS.to_owned(), paths::CUSTOMERS.href())];
    let known = StoredValue::new(known.cloned());
    let enter = Enter::new(move |remove| {
        let usage_too = with_usage.get_untracked();
        let typed = entry.editor.typed();
        known.with_value(|known| entered(known.as_ref(), &typed, remove.then_some(usage_too)))
    });
    entry.view(above, (title, actions), enter, fields, (removal, kept_row))
}

fn actions(customer: &Customer) -> AnyView {
    let usage = paths::with_query(&paths::USAGE.href(), &[("search", &customer.name)]);
    view! {
        <LinkButton href=paths::new_usage(&customer.id)>{text::ADD_USAGE}</LinkButton>
        <a href=usage>{text::USAGE}</a>
    }
    .into_any()
}

/// What is sent. `remove`: the customer goes, and with it its usage where true.
fn entered(
    known: Option<&CustomerDetail>,
    typed: &Values,
    remove: Option<bool>,
) -> Result<Entered, Vec<FieldError>> {
    let (customer, usage) = match (known, remove) {
        (Some(known), Some(false)) if !known.usage.is_empty() => {
            let rows = lists::found(known.usage.len() as u64);
            let left = text::usage_left(&known.customer.name, &rows);
            return Err(vec![FieldError::new("/with_usage", code::INVALID, left)]);
        }
        (Some(known), Some(_)) => (known.customer.clone(), known.usage.clone()),
        (known, _) => {
            let known = known.map(|known| &known.customer);
            (read(typed, known, entry::new_id)?, Vec::new())
        }
    };
    Ok(Entered {
        name: customer.name.clone(),
        search: customer.name.clone(),
        rows: Document {
            customers: vec![customer],
            usage,
            ..Document::default()
        },
    })
}

/// The customer as entered, or what can be seen to be wrong.
fn read(
    typed: &Values,
    known: Option<&Customer>,
    new_id: fn() -> String,
) -> Result<Customer, Vec<FieldError>> {
    let mut faults = Faults::of("customers");
    let name = typed.text("name").to_owned();
    let name_known = known.map(|known| known.name.as_str());
    faults.rule(FaultCode::of_name, "name", (&name, name_known));
    let mut associations = Vec::new();
    for (at, line) in typed.lines(ASSOCIATIONS.name).iter().enumerate() {
        let kind = AssociationKind::of_code(line.text("kind"));
        let since = line.day("since");
        let percent = line.optional("active_percent");
        let percent = percent.map(|text| text.parse::<Number>()).transpose();
        let place = |field: &str| format!("/{}/{at}/{field}", ASSOCIATIONS.name);
        faults.check(kind.is_none(), place("kind"), text::NO_ASSOCIATION);
        faults.check(since.is_none(), place("since"), text::NO_SINCE);
        faults.check(percent.is_err(), place("active_percent"), text::NO_PERCENT);
        let (Some(kind), Some(since), Ok(active_percent)) = (kind, since, percent) else {
            continue;
        };
        let before = line.from.and_then(|at| known?.associations.get(at));
        let mut association = Association {
            kind,
            workload: line.optional("workload"),
            since,
            active_percent,
            source: before.and_then(|before| before.source.clone()),
            authority: before.map(|before| before.authority).unwrap_or_default(),
        };
        if before != Some(&association) {
            association.source = entry::entered();
            // What is entered here says who enters it.
            association.authority = Authority::Claimed;
        }
        associations.push(association);
    }
    let id = match known {
        Some(known) => known.id.clone(),
        None => typed.optional("id").unwrap_or_else(new_id),
    };
    faults.rule(
        FaultCode::of_id,
        "id",
        (&id, known.map(|known| known.id.as_str())),
    );
    faults.none(Customer {
        id,
        name,
        associations,
    })
}
