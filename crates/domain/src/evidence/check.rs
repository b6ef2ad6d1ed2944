//! What evidence must be to be used at all. Pages, API and command line say the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::fault::{Fault, FaultCode, LARGEST_AMOUNT};
use super::keys::Keys;
use super::{Evidence, Membership, Person, Usage, Writer, written};
use crate::catalog::Catalog;
use crate::number::Number;
use crate::text::{address_key, canonical, shown};

/// Everything that is wrong, in the order of the document; empty where the evidence can be used.
#[must_use]
pub fn check(evidence: &Evidence, catalog: &Catalog) -> Vec<Fault> {
    let mut faults = Vec::new();
    each(evidence, catalog, &mut |fault| faults.push(fault));
    faults
}

/// What is wrong and was not before, and what the writer may not write. A row that was taken under
/// earlier rules does not stand in the way of others: it is known by what is wrong with which value,
/// wherever it stands now.
#[must_use]
pub fn check_against(
    before: &Evidence,
    after: &Evidence,
    writer: Writer,
    catalog: &Catalog,
) -> Vec<Fault> {
    Faults::against(before, after, writer, catalog, usize::MAX).first
}

/// The first of what is wrong, and how much is wrong in all: evidence can have more faults than
/// there is room for, and an answer names some of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// In the order of the document, what may not be written after what is wrong.
    pub first: Vec<Fault>,
    /// So many are wrong, with the first ones.
    pub all: usize,
}

impl Faults {
    /// As [`check_against`], without keeping more than `most`.
    #[must_use]
    pub fn against(
        before: &Evidence,
        after: &Evidence,
        writer: Writer,
        catalog: &Catalog,
        most: usize,
    ) -> Self {
        let mut faults = Self::default();
        // By kind, how often it was there before. Of evidence without faults nobody asks.
        let mut known: Option<BTreeMap<String, usize>> = None;
        each(after, catalog, &mut |fault| {
            let known = known.get_or_insert_with(|| kinds(before, catalog));
            if !known.is_empty()
                && let Some(times @ 1..) = known.get_mut(&fault.kind())
            {
                *times -= 1;
                return;
            }
            faults.add(fault, most);
        });
        written::each(before, after, writer, &mut |fault| faults.add(fault, most));
        faults
    }

    fn add(&mut self, fault: Fault, most: usize) {
        self.all += 1;
        if self.first.len() < most {
            self.first.push(fault);
        }
    }
}

fn kinds(evidence: &Evidence, catalog: &Catalog) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    each(evidence, catalog, &mut |fault| {
        *kinds.entry(fault.kind()).or_default() += 1;
    });
    kinds
}

/// Tells of one fault after the other, in the order of the document.
fn each(evidence: &Evidence, catalog: &Catalog, tell: &mut dyn FnMut(Fault)) {
    let mut checker = Checker { catalog, tell };
    checker.people(&evidence.people);
    checker.customers(evidence);
    checker.usage(evidence);
    checker.records(evidence);
}

struct Checker<'a, 't> {
    catalog: &'a Catalog,
    tell: &'t mut dyn FnMut(Fault),
}

impl<'a> Checker<'a, '_> {
    fn fault(&mut self, pointer: String, code: FaultCode, value: &str) {
        (self.tell)(Fault {
            pointer,
            code,
            value: shown(value),
        });
    }

    fn id(&mut self, pointer: String, id: &str) {
        if let Some(code) = FaultCode::of_id(id) {
            self.fault(pointer, code, id);
        }
    }

    fn name(&mut self, pointer: String, name: &str) {
        if let Some(code) = FaultCode::of_name(name) {
            self.fault(pointer, code, name);
        }
    }

    fn day(&mut self, pointer: String, day: NaiveDate) {
        if let Some(code) = FaultCode::of_day(day) {
            self.fault(pointer, code, &day.to_string());
        }
    }

    fn number(&mut self, pointer: String, number: Number) {
        self.up_to(pointer, number, LARGEST_AMOUNT);
    }

    fn up_to(&mut self, pointer: String, number: Number, most: u64) {
        if let Some(code) = FaultCode::of_amount_up_to(number, most) {
            self.fault(pointer, code, &number.to_string());
        }
    }

    fn span(&mut self, pointer: String, start: NaiveDate, end: Option<NaiveDate>) {
        if let Some(end) = end {
            self.day(pointer.clone(), end);
            if end < start {
                self.fault(pointer, FaultCode::EndsBeforeStart, &end.to_string());
            }
        }
    }

    fn unique(&mut self, seen: &mut BTreeSet<String>, pointer: String, id: &str) {
        self.id(pointer.clone(), id);
        if !seen.insert(canonical(id)) {
            self.fault(pointer, FaultCode::Duplicate, id);
        }
    }

    fn people(&mut self, people: &'a [Person]) {
        let mut seen = BTreeSet::new();
        let mut emails = BTreeSet::new();
        for (index, person) in people.iter().enumerate() {
            let at = format!("/people/{index}");
            self.unique(&mut seen, format!("{at}/id"), &person.id);
            self.name(format!("{at}/name"), &person.name);
            if let Some(email) = &person.email {
                let at = format!("{at}/email");
                if let Some(code) = FaultCode::of_address(email) {
                    self.fault(at.clone(), code, email);
                }
                if !emails.insert(address_key(email)) {
                    self.fault(at, FaultCode::Duplicate, email);
                }
            }
            if let Some(linked) = person.linked_on {
                self.day(format!("{at}/linked_on"), linked);
            }
            let here = person.linked_on.or(person.left_on);
            if let Some(since) = here {
                self.span(format!("{at}/left_on"), since, person.left_on);
            }
            let claimed = person.claimed_left_on;
            if let Some(since) = person.linked_on.or(claimed) {
                self.span(format!("{at}/claimed_left_on"), since, claimed);
            }
            for (index, held) in person.certificates.iter().enumerate() {
                let at = format!("{at}/certificates/{index}");
                if self.catalog.certificate(&held.certificate).is_none() {
                    self.fault(
                        format!("{at}/certificate"),
                        FaultCode::UnknownCertificate,
                        &held.certificate,
                    );
                }
                self.day(format!("{at}/completed_on"), held.completed_on);
                self.span(
                    format!("{at}/expires_on"),
                    held.completed_on,
                    held.expires_on,
                );
                if let Some(day) = held.known_on {
                    self.day(format!("{at}/known_on"), day);
                }
            }
        }
    }

    fn customers(&mut self, evidence: &'a Evidence) {
        let mut seen = BTreeSet::new();
        for (index, customer) in evidence.customers.iter().enumerate() {
            let at = format!("/customers/{index}");
            self.unique(&mut seen, format!("{at}/id"), &customer.id);
            self.name(format!("{at}/name"), &customer.name);
            for (index, association) in customer.associations.iter().enumerate() {
                let at = format!("{at}/associations/{index}");
                self.day(format!("{at}/since"), association.since);
                if let Some(workload) = &association.workload {
                    self.workload(format!("{at}/workload"), workload);
                }
                if let Some(percent) = association.active_percent {
                    self.up_to(format!("{at}/active_percent"), percent, 100);
                }
            }
        }
    }

    fn workload(&mut self, pointer: String, id: &str) {
        if self.catalog.workload(id).is_none() {
            self.fault(pointer, FaultCode::UnknownWorkload, id);
        }
    }

    fn usage(&mut self, evidence: &'a Evidence) {
        let customers: BTreeSet<&str> = evidence
            .customers
            .iter()
            .map(|customer| customer.id.as_str())
            .collect();
        let workloads: BTreeSet<&str> = self
            .catalog
            .workloads
            .iter()
            .map(|workload| workload.id.as_str())
            .collect();
        let mut seen = BTreeSet::new();
        for (index, usage) in evidence.usage.iter().enumerate() {
            let at = |key: &str| format!("/usage/{index}/{key}");
            if !customers.contains(usage.customer.as_str()) {
                self.fault(at("customer"), FaultCode::UnknownCustomer, &usage.customer);
            }
            if !workloads.contains(usage.workload.as_str()) {
                self.fault(at("workload"), FaultCode::UnknownWorkload, &usage.workload);
            }
            for (key, id) in [
                ("tenant", &usage.tenant),
                ("subscription", &usage.subscription),
            ] {
                if let Some(id) = id {
                    self.id(at(key), id);
                }
            }
            self.day(at("month"), usage.month.first_day());
            self.amounts(usage, &at);
            let key = (
                usage.tenant_id(),
                usage.subscription.as_deref(),
                usage.workload.as_str(),
                usage.association,
                usage.month,
            );
            if !seen.insert(key) {
                self.fault(
                    format!("/usage/{index}"),
                    FaultCode::Duplicate,
                    usage.tenant_id(),
                );
            }
        }
    }

    fn amounts(&mut self, usage: &Usage, at: &dyn Fn(&str) -> String) {
        if usage.revenue_cents < 0 {
            let value = usage.revenue_cents.to_string();
            self.fault(at("revenue_cents"), FaultCode::Negative, &value);
        }
        for (key, amount) in [
            ("revenue_cents", usage.revenue_cents.unsigned_abs()),
            ("users", usage.users),
            ("seats", usage.seats),
            ("active", usage.active),
        ] {
            if amount > LARGEST_AMOUNT {
                self.fault(at(key), FaultCode::TooLarge, &amount.to_string());
            }
        }
        if usage.active > usage.seats {
            self.fault(
                at("active"),
                FaultCode::MoreActiveThanPaid,
                &usage.active.to_string(),
            );
        }
    }

    fn program(&mut self, pointer: String, id: &str) {
        if self.catalog.program(id).is_none() {
            self.fault(pointer, FaultCode::UnknownProgram, id);
        }
    }

    fn pack(&mut self, pointer: String, membership: &Membership) {
        let program = self.catalog.program(&membership.program);
        if let (Some(program), Some(id)) = (program, &membership.pack)
            && !program.packs.iter().any(|pack| pack.id == *id)
        {
            self.fault(pointer, FaultCode::UnknownPack, id);
        }
    }

    fn records(&mut self, evidence: &Evidence) {
        // The organization has a name of its own while this says none.
        if !evidence.profile.name.is_empty() {
            self.name("/profile/name".into(), &evidence.profile.name);
        }
        if let Some(day) = evidence.profile.joined_on {
            self.day("/profile/joined_on".into(), day);
        }
        for (index, membership) in evidence.memberships.iter().enumerate() {
            let at = format!("/memberships/{index}");
            self.program(format!("{at}/program"), &membership.program);
            self.pack(format!("{at}/pack"), membership);
            self.day(format!("{at}/started_on"), membership.started_on);
            self.span(
                format!("{at}/ends_on"),
                membership.started_on,
                membership.ends_on,
            );
        }
        for (index, offer) in evidence.offers.iter().enumerate() {
            self.name(format!("/offers/{index}/name"), &offer.name);
            self.day(format!("/offers/{index}/published_on"), offer.published_on);
        }
        for (index, reference) in evidence.references.iter().enumerate() {
            let at = format!("/references/{index}");
            self.program(format!("{at}/program"), &reference.program);
            self.name(format!("{at}/customer"), &reference.customer);
            self.day(format!("{at}/submitted_on"), reference.submitted_on);
            self.span(
                format!("{at}/approved_on"),
                reference.submitted_on,
                reference.approved_on,
            );
        }
        for (index, audit) in evidence.audits.iter().enumerate() {
            self.program(format!("/audits/{index}/program"), &audit.program);
            self.day(format!("/audits/{index}/decided_on"), audit.decided_on);
        }
        for (index, invitation) in evidence.invitations.iter().enumerate() {
            let at = format!("/invitations/{index}");
            self.program(format!("{at}/program"), &invitation.program);
            self.day(format!("{at}/issued_on"), invitation.issued_on);
            self.span(
                format!("{at}/expires_on"),
                invitation.issued_on,
                invitation.expires_on,
            );
        }
        let keys = Keys::of(self.catalog);
        for (index, declaration) in evidence.declarations.iter().enumerate() {
            if let Some(code) = keys.of_declaration(declaration) {
                let at = format!("/declarations/{index}/key");
                let code = FaultCode::of_text(&declaration.key).unwrap_or(code);
                self.fault(at, code, &declaration.key);
            }
            self.day(
                format!("/declarations/{index}/declared_on"),
                declaration.declared_on,
            );
        }
        for (index, figure) in evidence.figures.iter().enumerate() {
            if let Some((field, code)) = keys.of_figure(figure) {
                let at = format!("/figures/{index}/{field}");
                let code = FaultCode::of_text(&figure.key).unwrap_or(code);
                self.fault(at, code, &figure.key);
            }
            let texts = [("location", &figure.location), ("region", &figure.region)];
            for (field, text) in texts {
                if let Some(text) = text {
                    self.name(format!("/figures/{index}/{field}"), text);
                }
            }
            self.day(format!("/figures/{index}/reported_on"), figure.reported_on);
            self.number(format!("/figures/{index}/value"), figure.value);
        }
        for (index, past) in evidence.past_scores.iter().enumerate() {
            if self.catalog.score(&past.score).is_none() {
                let at = format!("/past_scores/{index}/score");
                self.fault(at, FaultCode::UnknownScore, &past.score);
            }
            self.day(format!("/past_scores/{index}/day"), past.day);
            self.number(format!("/past_scores/{index}/total"), past.total);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Authority;

    #[test]
    fn what_was_wrong_before_is_no_reason_against_something_else() {
        let catalog = Catalog::default();
        let person = |id: &str, name: &str| Person {
            id: id.to_owned(),
            name: name.to_owned(),
            email: None,
            linked_on: None,
            left_on: None,
            authority: Authority::Claimed,
            claimed_left_on: None,
            certificates: Vec::new(),
        };
        let of = |people: Vec<Person>| Evidence {
            people,
            ..Evidence::default()
        };
        let before = of(vec![person("a", "Ada"), person("b", "=1+1")]);
        let after = of(vec![person("b", "=1+1"), person("c", "Cem")]);
        assert_eq!(
            check_against(&before, &after, Writer::Partner, &catalog),
            []
        );
        let after = of(vec![person("b", "=1+1"), person("c", "=1+1")]);
        let faults = check_against(&before, &after, Writer::Partner, &catalog);
        let pointers: Vec<&str> = faults.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(pointers, ["/people/1/name"]);
    }
    #[test]
    fn the_first_faults_are_kept_and_all_are_counted() {
        let person = Person {
            id: String::new(),
            name: String::new(),
            email: None,
            linked_on: None,
            left_on: None,
            authority: Authority::Claimed,
            claimed_left_on: None,
            certificates: Vec::new(),
        };
        let after = Evidence {
            people: vec![person; 1000],
            ..Evidence::default()
        };
        let (before, catalog) = (Evidence::default(), Catalog::default());
        let all = check_against(&before, &after, Writer::Partner, &catalog);
        let some = Faults::against(&before, &after, Writer::Partner, &catalog, 7);
        assert_eq!((some.all, some.first.as_slice()), (all.len(), &all[..7]));
        assert_eq!(
            Faults::against(&after, &after, Writer::Partner, &catalog, 7).all,
            0
        );
    }
}
