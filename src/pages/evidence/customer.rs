//! A customer by hand, with the associations to it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use membership_contract::customer::CustomerDetail;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::{AssociationKind, Catalog};
use membership_domain::evidence::{Association, Authority, Customer};
use membership_domain::number::Number;

use super::form::{
    self, Document, Draw, Enter, Entered, Line, Lines, Part, Sheet, day, day_text, typed,
};
use crate::paths;
use crate::text::{customer as text, evidence as words};
use crate::ui::{Check, FieldProblem, LinkButton};

const ID: &str = "customer-id";
const NAME: &str = "customer-name";
const WITH_USAGE: &str = "customer-with-usage";

static PART: Part = Part {
    list: paths::CUSTOMERS,
    all: text::ALL_CUSTOMERS,
    gone: text::GONE,
    fields: &[("id", ID), ("name", NAME)],
    lines: text::ASSOCIATIONS,
    line: text::association,
    add: text::ADD,
};

/// What is being entered.
#[derive(Clone, Copy)]
struct Form {
    sheet: Sheet,
    known: StoredValue<Option<CustomerDetail>>,
    id: RwSignal<String>,
    name: RwSignal<String>,
    lines: Lines,
    /// Whether its usage is removed with it.
    with_usage: RwSignal<bool>,
}

/// The page of the customer in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = use_query_map().with_untracked(|query| query.get(paths::ROW_ID));
    let path = id.map(|id| api_paths::customer(organization.id, paths::encoded(&id)));
    form::page(&organization, &PART, path, Form::draw)
}

impl Form {
    fn draw(sheet: Sheet, known: Option<&CustomerDetail>) -> Draw {
        let customer = known.map(|known| &known.customer);
        let all = customer.map(|customer| customer.associations.as_slice());
        let all = all.unwrap_or_default().iter().map(|one| {
            let percent = one.active_percent.map(|percent| percent.to_string());
            [
                one.kind.code().to_owned(),
                one.workload.clone().unwrap_or_default(),
                day_text(Some(one.since)),
                percent.unwrap_or_default(),
            ]
        });
        let name = customer.map(|customer| customer.name.clone());
        let form = Self {
            sheet: sheet.known(known.is_some()),
            known: StoredValue::new(known.cloned()),
            id: sheet.draft.field(String::new()),
            name: sheet.draft.field(name.unwrap_or_default()),
            lines: sheet.draft.lines(all.collect()),
            with_usage: RwSignal::new(false),
        };
        Arc::new(move |catalog| form.view(catalog))
    }

    fn view(self, catalog: &Catalog) -> AnyView {
        let known = self.known.get_value();
        let workloads = StoredValue::new(form::workloads(catalog, text::ALL));
        let sheet = self.sheet;
        let line = Callback::new(move |line: Line| {
            let [kind, workload, since, percent] = line.cells;
            let workloads = workloads.get_value();
            let cells = vec![
                Sheet::choose("", text::ASSOCIATION, form::associations(), kind),
                Sheet::choose("", text::WORKLOAD, workloads, workload),
                sheet.text("", text::SINCE, "", "date", since),
                sheet.text("", text::PERCENT, "", "text", percent),
            ];
            cells.into_any()
        });
        let id = match &known {
            Some(known) => view! { <p class="muted">{text::id(&known.customer.id)}</p> }.into_any(),
            None => sheet.text(ID, text::ID, text::ID_HINT, "text", self.id),
        };
        let fields = vec![
            id,
            sheet.text(NAME, text::NAME, "", "text", self.name),
            self.lines.view(&PART, self.sheet.problems, line),
        ];
        let (title, actions, removal) = match known {
            Some(known) => {
                let Customer { id, name, .. } = known.customer;
                let usage = paths::with_query(&paths::USAGE.href(), &[("search", &name)]);
                let actions = view! {
                    <LinkButton href=paths::new_usage(&id)>{text::ADD_USAGE}</LinkButton>
                    <a href=usage>{text::USAGE}</a>
                };
                let rows = known.usage.len();
                let with_usage = (rows > 0).then(|| {
                    let label = text::with_usage(&words::found(rows as u64));
                    let set = Callback::new(move |on| self.with_usage.set(on));
                    view! { <Check id=WITH_USAGE label=label checked=self.with_usage on_change=set /> }
                });
                (name, actions.into_any(), with_usage.into_any())
            }
            None => (text::NEW.to_owned(), ().into_any(), ().into_any()),
        };
        let above = vec![(words::CUSTOMERS.to_owned(), paths::CUSTOMERS.href())];
        let enter = Enter::new(move |remove| self.enter(remove));
        sheet.view(above, (title, actions), enter, fields, removal)
    }

    fn enter(self, remove: bool) -> Result<Entered, Vec<FieldProblem>> {
        let known = self.known.get_value();
        let (customer, usage) = match known {
            Some(known) if remove && self.with_usage.get_untracked() => {
                (known.customer, known.usage)
            }
            Some(known) if remove && !known.usage.is_empty() => {
                let rows = words::found(known.usage.len() as u64);
                return Err(vec![FieldProblem {
                    field: Some(WITH_USAGE.into()),
                    message: text::usage_left(&known.customer.name, &rows),
                }]);
            }
            Some(known) if remove => (known.customer, Vec::new()),
            known => {
                let known = known.as_ref().map(|known| &known.customer);
                (self.customer(known)?, Vec::new())
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
    fn customer(self, known: Option<&Customer>) -> Result<Customer, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let name = typed(self.name).unwrap_or_default();
        if name.is_empty() {
            problems.push(FieldProblem {
                field: Some(NAME.into()),
                message: text::NO_NAME.to_owned(),
            });
        }
        let mut associations = Vec::new();
        for (at, line) in self.lines.get().into_iter().enumerate() {
            let [kind, workload, since, percent] = line.cells;
            let kind = kind.with_untracked(|code| AssociationKind::of_code(code));
            let percent: Option<Result<Number, _>> = typed(percent).map(|text| text.parse());
            let (since, percent) = (day(since), percent.transpose());
            let faults = [
                (kind.is_none(), text::NO_ASSOCIATION),
                (since.is_none(), text::NO_SINCE),
                (percent.is_err(), text::NO_PERCENT),
            ];
            problems.extend(form::line_problem(&PART, at, &faults));
            let (Some(kind), Some(since), Ok(active_percent)) = (kind, since, percent) else {
                continue;
            };
            let before = line.from.and_then(|at| known?.associations.get(at));
            let mut association = Association {
                kind,
                workload: typed(workload),
                since,
                active_percent,
                source: before.and_then(|before| before.source.clone()),
                authority: before.map(|before| before.authority).unwrap_or_default(),
            };
            if before != Some(&association) {
                association.source = form::entered();
                // What is entered here says who enters it.
                association.authority = Authority::Claimed;
            }
            associations.push(association);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let id = match known {
            Some(known) => known.id.clone(),
            None => typed(self.id).unwrap_or_else(form::new_id),
        };
        Ok(Customer {
            id,
            name,
            associations,
        })
    }
}
