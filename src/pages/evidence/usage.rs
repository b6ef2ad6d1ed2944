//! What a customer used of one workload in one month, by hand.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use membership_contract::customer::CustomerDetail;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::{Speaker, en};
use membership_domain::catalog::{AssociationKind, Catalog};
use membership_domain::evidence::{Authority, Customer, Usage};
use membership_domain::month::Month;

use super::form::{self, Document, Enter, Entered, Part, Sheet, cents, typed};
use crate::paths;
use crate::text::{by_hand, customer as text, evidence as words};
use crate::ui::FieldProblem;
use crate::workspace::Browser;

const MONTH: &str = "usage-month";
const WORKLOAD: &str = "usage-workload";
const ASSOCIATION: &str = "usage-association";
const TENANT: &str = "usage-tenant";
const SUBSCRIPTION: &str = "usage-subscription";
const REVENUE: &str = "usage-revenue";
const USERS: &str = "usage-users";
const SEATS: &str = "usage-seats";
const ACTIVE: &str = "usage-active";

static PART: Part = Part {
    list: paths::USAGE,
    all: text::ALL_USAGE,
    gone: text::USAGE_GONE,
    fields: &[
        ("month", MONTH),
        ("workload", WORKLOAD),
        ("association", ASSOCIATION),
        ("tenant", TENANT),
        ("subscription", SUBSCRIPTION),
        ("revenue_cents", REVENUE),
        ("users", USERS),
        ("seats", SEATS),
        ("active", ACTIVE),
    ],
    lines: "",
    line: |_| String::new(),
    add: "",
};

/// What is being entered.
#[derive(Clone, Copy)]
struct Form {
    sheet: Sheet,
    customer: StoredValue<Customer>,
    known: StoredValue<Option<Usage>>,
    month: RwSignal<String>,
    workload: RwSignal<String>,
    association: RwSignal<String>,
    tenant: RwSignal<String>,
    subscription: RwSignal<String>,
    revenue: RwSignal<String>,
    users: RwSignal<String>,
    seats: RwSignal<String>,
    active: RwSignal<String>,
}

/// The page of the row in the address, or of a new one of the customer there.
pub fn page(organization: SessionOrganization) -> AnyView {
    let keys = use_query_map()
        .with_untracked(|query| paths::USAGE_KEYS.map(|key| query.get(key).unwrap_or_default()));
    let [id, ..] = &keys;
    let path = api_paths::customer(organization.id, paths::encoded(id));
    form::page::<CustomerDetail>(&organization, &PART, Some(path), move |sheet, detail| {
        let Some(detail) = detail else {
            return Arc::new(|_| form::gone(&PART));
        };
        let [_, month, ..] = &keys;
        let row = detail
            .usage
            .iter()
            .find(|row| paths::usage_keys(row) == keys);
        if row.is_none() && !month.is_empty() {
            return Arc::new(|_| form::gone(&PART));
        }
        let form = Form::of(sheet, detail.customer.clone(), row);
        Arc::new(move |catalog| form.view(catalog))
    })
}

impl Form {
    fn of(sheet: Sheet, customer: Customer, known: Option<&Usage>) -> Self {
        let draft = sheet.draft;
        let empty = || draft.field(String::new());
        // What is zero is left out, as in a file.
        let number = |number: fn(&Usage) -> u64| {
            let some = known.map(number).filter(|number| *number > 0);
            draft.field(some.map(|number| number.to_string()).unwrap_or_default())
        };
        let revenue = known.map(|row| row.revenue_cents);
        let revenue = revenue.filter(|cents| *cents != 0).map(cents::in_dollars);
        Self {
            sheet: sheet.known(known.is_some()),
            customer: StoredValue::new(customer),
            known: StoredValue::new(known.cloned()),
            month: empty(),
            workload: empty(),
            association: empty(),
            tenant: empty(),
            subscription: empty(),
            revenue: draft.field(revenue.unwrap_or_default()),
            users: number(|row| row.users),
            seats: number(|row| row.seats),
            active: number(|row| row.active),
        }
    }

    fn view(self, catalog: &Catalog) -> AnyView {
        let customer = self.customer.get_value();
        let known = self.known.get_value();
        let title = match &known {
            Some(row) => text::usage_of(&customer.name, &row.month.to_string()),
            None => text::ADD_USAGE.to_owned(),
        };
        let sheet = self.sheet;
        let mut fields = match &known {
            Some(row) => vec![said(catalog, row)],
            None => self.keys(catalog),
        };
        fields.extend([
            sheet.text(REVENUE, text::REVENUE, "", "text", self.revenue),
            sheet.text(USERS, text::USERS, "", "text", self.users),
            sheet.text(SEATS, text::SEATS, "", "text", self.seats),
            sheet.text(ACTIVE, text::ACTIVE, "", "text", self.active),
        ]);
        let above = vec![
            (words::CUSTOMERS.to_owned(), paths::CUSTOMERS.href()),
            (customer.name, paths::customer(&customer.id)),
        ];
        let enter = Enter::new(move |remove| self.enter(remove));
        let head = (title, ().into_any());
        sheet.view(above, head, enter, fields, ().into_any())
    }

    /// What makes a new row one: of a known one it cannot change.
    fn keys(self, catalog: &Catalog) -> Vec<AnyView> {
        let sheet = self.sheet;
        let workloads = form::workloads(catalog, by_hand::CHOOSE);
        let (tenant, subscription) = (self.tenant, self.subscription);
        vec![
            sheet.text(MONTH, text::MONTH, text::MONTH_HINT, "month", self.month),
            Sheet::choose(WORKLOAD, text::WORKLOAD, workloads, self.workload),
            Sheet::choose(
                ASSOCIATION,
                text::ASSOCIATION,
                form::associations(),
                self.association,
            ),
            sheet.text(TENANT, text::TENANT, text::TENANT_HINT, "text", tenant),
            sheet.text(SUBSCRIPTION, text::SUBSCRIPTION, "", "text", subscription),
        ]
    }

    fn enter(self, remove: bool) -> Result<Entered, Vec<FieldProblem>> {
        let known = self.known.get_value();
        let row = match known {
            Some(known) if remove => known,
            known => self.row(known.as_ref())?,
        };
        let (name, month) = (
            self.customer.with_value(|customer| customer.name.clone()),
            row.month.to_string(),
        );
        Ok(Entered {
            search: format!("{name} {month}"),
            name: text::usage_of(&name, &month),
            rows: Document {
                usage: vec![row],
                ..Document::default()
            },
        })
    }

    /// The row as entered, or what can be seen to be wrong.
    fn row(self, known: Option<&Usage>) -> Result<Usage, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &'static str, message: &str| {
            problems.push(FieldProblem {
                field: Some(field.into()),
                message: message.to_owned(),
            });
        };
        let mut row = known.cloned().unwrap_or_else(|| Usage {
            customer: self.customer.with_value(|customer| customer.id.clone()),
            tenant: typed(self.tenant),
            subscription: typed(self.subscription),
            workload: typed(self.workload).unwrap_or_default(),
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
            match typed(self.month).and_then(|month| month.parse().ok()) {
                Some(month) => row.month = month,
                None => wrong(MONTH, text::NO_MONTH),
            }
            if row.workload.is_empty() {
                wrong(WORKLOAD, text::NO_WORKLOAD);
            }
            match (self.association).with_untracked(|code| AssociationKind::of_code(code)) {
                Some(association) => row.association = association,
                None => wrong(ASSOCIATION, text::NO_ASSOCIATION),
            }
        }
        match self.revenue.with_untracked(|text| cents::of_dollars(text)) {
            Some(cents) => row.revenue_cents = cents,
            None => wrong(REVENUE, text::NO_DOLLARS),
        }
        for (field, label, input, put) in [
            (USERS, text::USERS, self.users, &mut row.users),
            (SEATS, text::SEATS, self.seats, &mut row.seats),
            (ACTIVE, text::ACTIVE, self.active, &mut row.active),
        ] {
            match typed(input).map_or(Ok(0), |text| text.parse()) {
                Ok(count) => *put = count,
                Err(_) => wrong(field, &text::no_count(label)),
            }
        }
        if known != Some(&row) {
            row.source = form::entered();
        }
        if problems.is_empty() {
            Ok(row)
        } else {
            Err(problems)
        }
    }
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
