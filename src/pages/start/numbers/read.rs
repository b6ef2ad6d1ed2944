//! What is typed as numbers of a company, or what is wrong with it.

use membership_contract::problem::{FieldError, code};
use membership_local::guided::{Guided, Use};

use super::{CERTIFICATES, PEOPLE, USES};
use crate::form::{Group, Kind, LineValues, Values};
use crate::text::{forms, start as words};

/// What was entered, or what is wrong with it.
pub fn read(typed: &Values) -> Result<Guided, Vec<FieldError>> {
    let mut errors = Vec::new();
    let people = number(typed.text("people"), PEOPLE);
    if people.is_none() {
        let message = said(words::PEOPLE, PEOPLE);
        errors.push(FieldError::new("/people", code::INVALID, message));
    }
    let certificates = typed.lines(CERTIFICATES.name).iter().enumerate();
    let certificates = certificates.filter_map(|(at, line)| {
        let [holders] = numbers(&CERTIFICATES, at, line, &mut errors)?;
        // How many hold something says nothing where nobody knows how many there are.
        let more = people.is_some_and(|people| holders > people);
        let faults = [
            (
                "certificate",
                line.text("certificate").is_empty(),
                words::NO_CERTIFICATE,
            ),
            ("holders", more, words::MORE_HOLDERS),
        ];
        errors.extend(so(&CERTIFICATES, at, &faults));
        Some((line.text("certificate").to_owned(), holders))
    });
    let certificates = certificates.collect();
    let uses = typed.lines(USES.name).iter().enumerate();
    let uses = uses.filter_map(|(at, line)| {
        let [customers, new, revenue, seats, active] = numbers(&USES, at, line, &mut errors)?;
        let faults = [
            (
                "workload",
                line.text("workload").is_empty(),
                words::NO_WORKLOAD,
            ),
            ("new", new > customers, words::MORE_NEW),
            ("active", active > seats, words::MORE_ACTIVE),
        ];
        errors.extend(so(&USES, at, &faults));
        Some(Use {
            workload: line.text("workload").to_owned(),
            customers,
            new,
            revenue_cents: i64::from(revenue).saturating_mul(100),
            seats,
            active,
        })
    });
    let uses = uses.collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Guided {
        name: typed.text("name").to_owned(),
        joined: !typed.text("joined").is_empty(),
        people: people.unwrap_or_default(),
        certificates,
        uses,
    })
}

fn number(text: &str, most: i64) -> Option<u32> {
    let number: i64 = text.parse().ok()?;
    let number = Some(number).filter(|number| (0..=most).contains(number))?;
    u32::try_from(number).ok()
}

fn said(label: &str, most: i64) -> String {
    format!("{label}: {}", forms::whole_number(0, most))
}

/// The numbers of a line in the order of its fields; what is none is said.
fn numbers<const N: usize>(
    group: &Group,
    at: usize,
    line: &LineValues,
    errors: &mut Vec<FieldError>,
) -> Option<[u32; N]> {
    let before = errors.len();
    let mut all = [0; N];
    let mut next = all.iter_mut();
    for (field, _) in group.fields {
        let Kind::Count(most) = field.kind else {
            continue;
        };
        match (number(line.text(field.name), most), next.next()) {
            (Some(number), Some(place)) => *place = number,
            _ => {
                let place = format!("/{}/{at}/{}", group.name, field.name);
                errors.push(FieldError::new(
                    place,
                    code::INVALID,
                    said(field.label, most),
                ));
            }
        }
    }
    (errors.len() == before).then_some(all)
}

/// Those faults of a line that are so.
fn so(group: &Group, at: usize, faults: &[(&'static str, bool, &'static str)]) -> Vec<FieldError> {
    let found = faults.iter().filter(|(_, is_so, _)| *is_so);
    let error = |(field, _, message): &(&str, bool, &str)| {
        FieldError::new(
            format!("/{}/{at}/{field}", group.name),
            code::INVALID,
            *message,
        )
    };
    found.map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::super::usual;
    use super::*;
    use membership_local::guided::MOST;

    #[test]
    fn a_small_company_lacks_only_what_must_be_chosen() {
        let errors = read(&usual()).expect_err("nothing is chosen");
        let places: Vec<_> = errors.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(places, ["/certificates/0/certificate", "/uses/0/workload"]);
    }

    #[test]
    fn what_is_no_number_is_said_and_not_compared() {
        let mut typed = usual();
        typed.fields.insert("people".to_owned(), "12.5".to_owned());
        let errors = read(&typed).expect_err("half a person");
        assert_eq!(
            errors[0].detail,
            "People: Enter a whole number from 0 to 500."
        );
        assert!(errors.iter().all(|one| one.detail != words::MORE_HOLDERS));
        typed.fields.insert("people".to_owned(), "3".to_owned());
        let errors = read(&typed).expect_err("four of three");
        assert!(errors.iter().any(|one| one.detail == words::MORE_HOLDERS));
    }

    #[test]
    fn the_hint_names_the_limit() {
        assert!(words::PEOPLE_HINT.contains(&MOST.to_string()));
    }
}
