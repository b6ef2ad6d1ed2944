//! A decision counts what the catalog accepts, as if nothing else were known.

use membership_domain::catalog::in_force;
use membership_domain::evidence::{Authority, RowKind};
use membership_domain::{Assessment, Basis, Catalog, Evidence, Hypothesis, assess};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::CATALOG;
use crate::given::{DAY, evidence};
use crate::order::shuffled;

/// Evidence of which different ones say the rows.
fn said() -> impl Strategy<Value = Evidence> {
    let authorities = vec(select(Authority::ALL.to_vec()), 1..40);
    (evidence(), authorities).prop_map(|(mut evidence, authorities)| {
        let mut next = authorities.into_iter().cycle();
        each(&mut evidence, &mut |_, authority| {
            *authority = next.next().unwrap_or_default();
            true
        });
        evidence
    })
}

/// Keeps the rows of every kind that `stays` says.
fn each(evidence: &mut Evidence, stays: &mut dyn FnMut(RowKind, &mut Authority) -> bool) {
    if !stays(RowKind::Joining, &mut evidence.profile.authority) {
        evidence.profile.joined_on = None;
    }
    for person in &mut evidence.people {
        if !stays(RowKind::People, &mut person.authority) {
            (person.linked_on, person.left_on) = (None, None);
        }
        if !stays(RowKind::People, &mut Authority::Claimed.clone()) {
            person.claimed_left_on = None;
        }
        let held = &mut person.certificates;
        held.retain_mut(|row| stays(RowKind::Certificates, &mut row.authority));
    }
    for customer in &mut evidence.customers {
        let known = &mut customer.associations;
        known.retain_mut(|row| stays(RowKind::Associations, &mut row.authority));
    }
    macro_rules! lists {
        ($($list:ident $kind:ident,)*) => {
            $(evidence.$list.retain_mut(|row| stays(RowKind::$kind, &mut row.authority));)*
        };
    }
    lists!(
        usage Usage,
        memberships Memberships,
        offers Offers,
        references References,
        audits Audits,
        invitations Invitations,
        declarations Declarations,
        figures Figures,
        past_scores PastScores,
    );
}

/// The evidence without the rows that the catalog's files do not name.
fn accepted(catalog: &Catalog, evidence: &Evidence) -> Evidence {
    let mut evidence = evidence.clone();
    each(&mut evidence, &mut |kind, authority| {
        let decision = catalog.decisions.iter().find(|known| known.rows == kind);
        let rule = in_force(&decision.expect("every kind").rules, DAY).expect("a version");
        rule.counts.contains(authority)
    });
    evidence
}

fn found(catalog: &Catalog, evidence: &Evidence, basis: Basis) -> Assessment {
    assess(catalog, evidence, basis, DAY, &Hypothesis::default())
}

/// The same, said to be of another basis.
fn called(mut assessment: Assessment, basis: Basis) -> Assessment {
    assessment.basis = basis;
    for program in &mut assessment.programs {
        program.basis = basis;
    }
    assessment
}

/// A catalog that takes the partner's word for some kinds.
fn lenient() -> Catalog {
    let mut catalog = CATALOG.clone();
    for decision in &mut catalog.decisions {
        if matches!(
            decision.rows,
            RowKind::People | RowKind::Certificates | RowKind::Usage
        ) {
            decision.rules[0].counts = Authority::ALL.to_vec();
        }
    }
    catalog
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_that_are_not_accepted_might_as_well_not_be_there(evidence in said()) {
        for catalog in [CATALOG.clone(), lenient()] {
            let decision = found(&catalog, &evidence, Basis::Decision);
            let rest = found(&catalog, &accepted(&catalog, &evidence), Basis::Entered);
            prop_assert_eq!(decision, called(rest, Basis::Decision));
        }
    }

    #[test]
    fn who_says_it_makes_no_difference_to_what_is_entered(evidence in said()) {
        let mut claimed = evidence.clone();
        each(&mut claimed, &mut |_, authority| {
            *authority = Authority::Claimed;
            true
        });
        let entered = |evidence| found(&CATALOG, evidence, Basis::Entered);
        prop_assert_eq!(entered(&evidence), entered(&claimed));
    }

    #[test]
    fn a_decision_is_the_same_in_whatever_order(evidence in said(), seed: u64) {
        let bytes = |evidence| {
            let decision = found(&CATALOG, evidence, Basis::Decision);
            serde_json::to_string(&decision).expect("JSON")
        };
        prop_assert_eq!(bytes(&evidence), bytes(&shuffled(evidence.clone(), seed)));
    }
}
