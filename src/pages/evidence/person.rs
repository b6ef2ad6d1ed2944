//! Somebody by hand: the same form for a new person and for a known one.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::problem::FieldError;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::{Authority, FaultCode, Held, Person};

use super::entry::{self, Document, Enter, Entered, Entry, Faults, Form, Kept, Part};
use crate::form::{self, Field, Group, Kind, LineValues, Shape, TYPED, Values};
use crate::text::{by_hand, evidence as words, person as text};
use crate::{format, paths, ui};

/// The id of the reason why its days cannot be changed.
const DATES_KEPT: &str = "person-dates-kept";

static CERTIFICATES: Group = Group {
    name: "certificates",
    title: text::CERTIFICATES,
    legend: text::certificate,
    add: text::ADD,
    fields: &[
        (
            Field::new("certificate", text::CERTIFICATE, Kind::Choice),
            "",
        ),
        (Field::new("completed_on", text::EARNED, Kind::Day), ""),
        (Field::new("expires_on", text::LAST, Kind::Day), ""),
    ],
};

static PART: Part = Part {
    list: paths::PEOPLE,
    all: text::ALL,
    gone: text::GONE,
    shape: Shape {
        id: "person",
        version: 2,
        fields: &[
            Field::new("name", text::NAME, Kind::Text),
            Field::new("email", text::EMAIL, Kind::Email),
            Field::new("linked_on", text::LINKED, Kind::Day).hint(text::LINKED_HINT),
            Field::new("left_on", text::LEFT, Kind::Day).hint(text::LEFT_HINT),
            Field::new("claimed_left_on", text::CLAIMED_LEFT, Kind::Day)
                .hint(text::CLAIMED_LEFT_HINT),
        ],
        groups: &[&CERTIFICATES],
        typed: TYPED,
        stale: by_hand::STALE,
    },
};

/// The page of the person in the address, or of a new one.
pub fn page(organization: SessionOrganization) -> AnyView {
    form::of_address(move |query| {
        let id = query.get(paths::ROW_ID);
        let path = id.map(|id| api_paths::person(organization.id, paths::encoded(&id)));
        let form = Form {
            has: Arc::new(|_| true),
            values: Arc::new(values),
            view: Arc::new(view),
        };
        entry::page(&organization, &PART, path, form)
    })
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(format::day_input).unwrap_or_default()
}

fn values(person: Option<&Person>) -> Values {
    let text = |get: fn(&Person) -> Option<&String>| person.and_then(get).cloned();
    let held = person.map(|person| person.certificates.as_slice());
    let line = |(at, held): (usize, &Held)| {
        let fields = [
            ("certificate", held.certificate.clone()),
            ("completed_on", day(Some(held.completed_on))),
            ("expires_on", day(held.expires_on)),
        ];
        LineValues::known(at, &fields)
    };
    let lines = held.unwrap_or_default().iter().enumerate().map(line);
    Values::of(&[
        (
            "name",
            text(|person| Some(&person.name)).unwrap_or_default(),
        ),
        (
            "email",
            text(|person| person.email.as_ref()).unwrap_or_default(),
        ),
        ("linked_on", day(person.and_then(|person| person.linked_on))),
        ("left_on", day(person.and_then(|person| person.left_on))),
        (
            "claimed_left_on",
            day(person.and_then(|person| person.claimed_left_on)),
        ),
    ])
    .with(CERTIFICATES.name, lines.collect())
}

fn view(entry: Entry, known: Option<&Person>, catalog: &Catalog) -> AnyView {
    let entry = entry.known(known.is_some());
    let title = known.map_or_else(|| text::NEW.to_owned(), |known| known.name.clone());
    let certificates = catalog.certificates.iter().map(|known| {
        let (code, level) = (known.id.to_ascii_uppercase(), en::level(known.level));
        let label = format!("{code}: {} ({level})", known.name);
        (known.id.clone(), label)
    });
    let form = entry.editor.form;
    let lines = entry.editor.lines(&CERTIFICATES);
    let lines = lines.choosing("certificate", ui::choices(by_hand::CHOOSE, certificates));
    let held = known.map_or(&[][..], |known| &known.certificates);
    let kept = entry.kept_of(held.iter().map(|held| held.authority));
    let locked = known.is_some_and(|known| entry.kept(known.authority).is_some());
    let part = (locked || !kept.is_empty()).then_some(by_hand::KEPT_PART);
    let mut fields = vec![form.control("name"), form.control("email")];
    fields.extend(days(form, known, locked));
    fields.push(lines.locking(kept).view(form.problems));
    let above = vec![(words::PEOPLE.to_owned(), paths::PEOPLE.href())];
    let known = StoredValue::new(known.cloned());
    let enter = Enter::new(move |remove| {
        let person = match known.get_value() {
            Some(known) if remove => known,
            known => read(&entry.editor.typed(), known.as_ref(), entry::new_id)?,
        };
        Ok(Entered {
            name: person.name.clone(),
            search: person.name.clone(),
            rows: Document {
                people: vec![person],
                ..Document::default()
            },
        })
    });
    let kept = Kept {
        row: part,
        ..Kept::default()
    };
    let removal = (().into_any(), kept);
    entry.view(above, (title, ().into_any()), enter, fields, removal)
}

/// The fields for the days from and until which somebody counts. Beside those that are not the
/// partner's, it can claim that the person left.
fn days(form: form::Form, known: Option<&Person>, locked: bool) -> Vec<AnyView> {
    let left = known.is_some_and(|known| known.left_on.is_some());
    let claimed = known.is_some_and(|known| known.claimed_left_on.is_some());
    let control = |name| match locked {
        true => form.locked(name, DATES_KEPT),
        false => form.control(name),
    };
    let mut fields = vec![control("linked_on")];
    if left || !locked {
        fields.push(control("left_on"));
    }
    if locked {
        let why = view! { <p class="small muted" id=DATES_KEPT>{text::DATES_KEPT}</p> };
        fields.push(why.into_any());
    }
    if claimed || (locked && !left) {
        fields.push(form.control("claimed_left_on"));
    }
    fields
}

/// The person as entered, or what can be seen to be wrong.
fn read(
    typed: &Values,
    known: Option<&Person>,
    new_id: fn() -> String,
) -> Result<Person, Vec<FieldError>> {
    let mut faults = Faults::of("people");
    let (name, email) = (typed.text("name").to_owned(), typed.optional("email"));
    let name_known = known.map(|known| known.name.as_str());
    faults.rule(FaultCode::of_name, "name", (&name, name_known));
    if let Some(email) = &email {
        let email_known = known.and_then(|known| known.email.as_deref());
        faults.rule(FaultCode::of_address, "email", (email, email_known));
    }
    let mut certificates = Vec::new();
    for (at, line) in typed.lines(CERTIFICATES.name).iter().enumerate() {
        let (certificate, earned) = (line.optional("certificate"), line.day("completed_on"));
        let place = |field: &str| format!("/{}/{at}/{field}", CERTIFICATES.name);
        faults.check(
            certificate.is_none(),
            place("certificate"),
            text::NO_CERTIFICATE,
        );
        faults.check(earned.is_none(), place("completed_on"), text::NO_EARNED);
        let Some((certificate, completed_on)) = certificate.zip(earned) else {
            continue;
        };
        let before = line.from.and_then(|at| known?.certificates.get(at));
        let mut held = Held {
            certificate,
            completed_on,
            expires_on: line.day("expires_on"),
            known_on: before.and_then(|before| before.known_on),
            source: before.and_then(|before| before.source.clone()),
            authority: before.map(|before| before.authority).unwrap_or_default(),
        };
        if before != Some(&held) {
            held.source = entry::entered();
            // What is entered here says who enters it.
            held.authority = Authority::Claimed;
        }
        certificates.push(held);
    }
    let (linked_on, left_on) = (typed.day("linked_on"), typed.day("left_on"));
    let same = known.filter(|known| (known.linked_on, known.left_on) == (linked_on, left_on));
    faults.none(Person {
        // An export finds the person by address.
        id: known.map_or_else(new_id, |known| known.id.clone()),
        name,
        email,
        linked_on,
        left_on,
        authority: same.map(|known| known.authority).unwrap_or_default(),
        claimed_left_on: typed.day("claimed_left_on"),
        certificates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let line = LineValues::default();
        let typed = Values::of(&[("name", " ".to_owned()), ("email", "nobody".to_owned())]);
        let typed = typed.with("certificates", vec![line]);
        let errors = read(&typed, None, String::new).expect_err("nothing is there");
        let places: Vec<_> = errors.iter().map(|one| one.pointer.as_str()).collect();
        let lines = [
            "/certificates/0/certificate",
            "/certificates/0/completed_on",
        ];
        assert_eq!(places, ["/name", "/email", lines[0], lines[1]]);
    }
    #[test]
    fn what_the_rules_have_against_a_value_is_said_as_the_server_says_it() {
        let typed_over = |known: Option<&Person>, name: &str, email: &str| {
            let fields = [("name", name.to_owned()), ("email", email.to_owned())];
            let errors = read(&Values::of(&fields), known, String::new).err();
            let said = errors.into_iter().flatten().map(|one| one.detail);
            said.collect::<Vec<_>>()
        };
        let typed = |name: &str, email: &str| typed_over(None, name, email);
        assert_eq!(typed("Ada Berg", ""), [""; 0]);
        let said = typed("", "nobody");
        assert_eq!(said[0], "Enter the full name.");
        assert!(said[1].contains("isn't a valid email"), "{}", said[1]);
        let said = typed("=1+1", "ada@contoso.example");
        assert_eq!(said, ["Must not begin like a spreadsheet formula."]);
        let said = typed(&"a".repeat(201), "");
        assert_eq!(said, ["Must not be longer than 200 characters."]);
        let earlier = Person {
            id: "ada".to_owned(),
            name: "=1+1".to_owned(),
            email: None,
            linked_on: None,
            left_on: None,
            authority: Authority::Claimed,
            claimed_left_on: None,
            certificates: Vec::new(),
        };
        assert_eq!(typed_over(Some(&earlier), "=1+1", ""), [""; 0]);
    }

    #[test]
    fn days_that_stay_are_said_by_who_said_them_and_others_by_who_enters_them() {
        let known: Person = serde_json::from_value(serde_json::json!({
            "id": "a", "name": "Ada Berg", "linked_on": "2022-03-01", "authority": "confirmed",
        }))
        .expect("a person");
        let typed = values(Some(&known));
        assert_eq!(read(&typed, Some(&known), String::new), Ok(known.clone()));
        let with = |name: &'static str| {
            let fields = [
                ("name", "Ada Berg"),
                ("linked_on", "2022-03-01"),
                (name, "2023-10-31"),
            ];
            let typed = Values::of(&fields.map(|(name, typed)| (name, typed.to_owned())));
            read(&typed, Some(&known), String::new).expect("a person")
        };
        let left = with("claimed_left_on");
        assert_eq!(left.claimed_left_on, NaiveDate::from_ymd_opt(2023, 10, 31));
        assert_eq!(left.authority, Authority::Confirmed);
        assert_eq!(with("left_on").authority, Authority::Claimed);
    }
}
