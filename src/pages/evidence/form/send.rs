//! What a form is sent with, and what is said against it.

use leptos::prelude::*;
use membership_contract::import::{ImportReport, Refused};
use membership_contract::paths as api_paths;
use membership_domain::evidence::{Customer, Person, Usage};

use super::Sheet;
use super::lines::line_id;
use crate::api::{Abort, Body, Method, send};
use crate::drafts;
use crate::paths;
use crate::text::by_hand as text;
use crate::ui::{self, FieldProblem};

/// So many characters of a name stand in the history.
const NAMED: usize = 150;

/// Rows of evidence.
#[derive(Default, serde::Serialize)]
pub struct Document {
    /// People.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Customer>,
    /// What they used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<Usage>,
}

/// What was entered, or what is to be removed.
pub struct Entered {
    /// The rows.
    pub rows: Document,
    /// Whom or what they are about.
    pub name: String,
    /// The words that find it in its list.
    pub search: String,
}

/// Gives what is to be sent: to be removed, where true. `Err` is what can be seen to be wrong with
/// it without asking the server.
pub type Enter = Callback<bool, Result<Entered, Vec<FieldProblem>>>;

impl Sheet {
    pub(super) fn send_over(self, enter: Enter) {
        let path = api_paths::imports(self.organization);
        wasm_bindgen_futures::spawn_local(async move {
            let abort = Abort::new();
            let reply = send(Method::Get, &path, Body::default(), abort.signal()).await;
            if let Ok(reply) = reply {
                // The page may be gone by now.
                let Some(remove) = self.removing.try_get_value() else {
                    return;
                };
                self.tag.set_value(reply.etag);
                self.send(enter, remove);
            }
        });
    }

    pub(super) fn send(self, enter: Enter, remove: bool) {
        self.removing.set_value(remove);
        let entered = match enter.run(remove) {
            Ok(entered) => entered,
            Err(problems) => return self.problems.set(problems),
        };
        self.problems.set(Vec::new());
        let short: String = entered.name.chars().take(NAMED).collect();
        let (name, said, rows, search) = if remove {
            let name = text::by_hand_removed(&short);
            (name, text::removed(&entered.name), "remove", "")
        } else {
            let rows = if self.new { "add" } else { "" };
            let said = text::saved(&entered.name);
            (text::by_hand(&short), said, rows, entered.search.as_str())
        };
        let to = paths::with_query(&self.part.list.href(), &[("search", search)]);
        let path = api_paths::imports(self.organization);
        let address = paths::with_query(&path, &[("name", name.as_str()), ("rows", rows)]);
        let draft = self.draft.key();
        let body = Body {
            if_match: self.tag.get_value(),
            ..Body::json(&entered.rows)
        };
        self.save
            .run(
                Method::Post,
                address,
                body,
                move |reply| match reply.json::<ImportReport>(&path) {
                    Err(error) => self.save.error.set(Some(error)),
                    Ok(report) if report.refused.is_empty() => {
                        drafts::remove(&draft);
                        ui::live::say(&said);
                        // The page may be gone by now.
                        self.go.try_with_value(|go| go(&to));
                    }
                    Ok(report) => {
                        let problems = report.refused.iter().map(|refused| self.problem(refused));
                        self.problems.set(problems.collect());
                    }
                },
            );
    }

    /// What the server says, at the field that it names.
    fn problem(self, refused: &Refused) -> FieldProblem {
        let place = refused.column.as_deref().unwrap_or_default();
        // Before the field are the part and the row.
        let mut steps = place.split('/').skip(3);
        let (field, line) = (steps.next().unwrap_or_default(), steps.next());
        // A new row as a whole is refused where its key is known.
        let is_key = self.new && field.is_empty();
        let mut fields = self.part.fields.iter();
        let known = fields.find(|(name, _)| is_key || *name == field);
        let number = line.and_then(|number| number.parse::<usize>().ok());
        let detail = &refused.detail;
        match number {
            Some(number) => FieldProblem {
                field: Some(line_id(number + 1).into()),
                message: format!("{}: {detail}", (self.part.line)(number + 1)),
            },
            None => FieldProblem {
                field: known.map(|(_, id)| (*id).into()),
                message: detail.clone(),
            },
        }
    }
}
