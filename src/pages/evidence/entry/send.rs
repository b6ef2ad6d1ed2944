//! What a row is sent with, as an import, and what is said against it.

use leptos::prelude::*;
use membership_contract::import::{ImportReport, Refused};
use membership_contract::paths as api_paths;
use membership_contract::problem::{FieldError, code};
use membership_contract::text::en;
use membership_domain::evidence::{Customer, Fault, FaultCode, Person, Usage};
use membership_domain::text::shown;

use super::Entry;
use crate::api::{Body, Method, Reply};
use crate::form::Saved;
use crate::paths;
use crate::text::by_hand as text;

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
pub type Enter = Callback<bool, Result<Entered, Vec<FieldError>>>;

impl Entry {
    /// Sends what is typed, or what is to be removed.
    pub(super) fn send(self, enter: Enter, remove: bool) {
        let entered = match enter.run(remove) {
            Ok(entered) => entered,
            Err(errors) => return self.editor.form.refuse(&errors),
        };
        let short: String = entered.name.chars().take(NAMED).collect();
        let (name, say, rows, search) = if remove {
            let name = text::by_hand_removed(&short);
            (name, text::removed(&entered.name), "remove", "")
        } else {
            let rows = if self.new { "add" } else { "" };
            let say = text::saved(&entered.name);
            (text::by_hand(&short), say, rows, entered.search.as_str())
        };
        let to = paths::with_query(&self.part.list.href(), &[("search", search)]);
        let path = api_paths::imports(self.organization);
        let address = paths::with_query(&path, &[("name", name.as_str()), ("rows", rows)]);
        let attempt = Callback::new(move |()| self.send(enter, remove));
        let request = (Method::Post, address, Body::json(&entered.rows));
        let done = move |reply: Reply| match reply.json::<ImportReport>(&path) {
            Err(error) => Err(vec![FieldError::new("", code::INVALID, error.detail())]),
            Ok(report) if report.refused.is_empty() => Ok(Saved { say, to }),
            Ok(report) => Err(report.refused.iter().map(|one| self.error(one)).collect()),
        };
        self.editor.save(attempt, request, done);
    }

    /// What the server says, at the field that it names.
    fn error(self, refused: &Refused) -> FieldError {
        let place = refused.column.as_deref().unwrap_or_default();
        // Before the field are the part and the row.
        let field: Vec<&str> = place.split('/').skip(3).collect();
        let pointer = match self.part.shape.fields.first() {
            // A new row as a whole is refused where its key is known.
            Some(key) if self.new && field.is_empty() => format!("/{}", key.name),
            _ => format!("/{}", field.join("/")),
        };
        FieldError::new(pointer, code::INVALID, refused.detail.clone())
    }
}

/// The id of somebody or something new: nobody else has it.
pub fn new_id() -> String {
    format!("entered-{}", js_sys::Date::now())
}

/// The source of what was changed here.
#[expect(clippy::unnecessary_wraps, reason = "as evidence has it")]
pub fn entered() -> Option<String> {
    Some("entered".to_owned())
}

/// What is wrong with a row, at the pointers of its fields.
pub struct Faults {
    /// The part of the evidence that has rows like this one.
    rows: &'static str,
    found: Vec<FieldError>,
}

impl Faults {
    /// Of a row of this part of the evidence.
    pub fn of(rows: &'static str) -> Self {
        let found = Vec::new();
        Self { rows, found }
    }

    /// What cannot be made into a value, if it is so: that the page alone can say.
    pub fn check(&mut self, wrong: bool, pointer: impl Into<String>, message: impl Into<String>) {
        if wrong {
            self.found
                .push(FieldError::new(pointer, code::INVALID, message));
        }
    }

    /// What the rules of evidence have against the text in a field, in the words that the server
    /// has for it. What is there already was taken under earlier rules, and the server keeps it.
    pub fn rule(
        &mut self,
        rule: fn(&str) -> Option<FaultCode>,
        field: &str,
        (value, known): (&str, Option<&str>),
    ) {
        let Some(code) = rule(value).filter(|_| known != Some(value)) else {
            return;
        };
        let fault = Fault {
            pointer: format!("/{}/0/{field}", self.rows),
            code,
            value: shown(value),
        };
        self.check(true, format!("/{field}"), en::evidence_fault(&fault));
    }

    /// The value, if nothing is wrong with it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn none<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.found.is_empty() {
            Ok(value)
        } else {
            Err(self.found)
        }
    }
}
