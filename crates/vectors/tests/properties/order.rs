//! The order of the evidence is irrelevant.

use membership_domain::Evidence;
use membership_domain::evidence::check;
use proptest::prelude::*;

use crate::given::{DAY, evidence};
use crate::{CATALOG, truth};

/// Every list in another order.
pub fn shuffled(mut evidence: Evidence, seed: u64) -> Evidence {
    let mut seed = seed;
    for person in &mut evidence.people {
        shuffle(&mut person.certificates, &mut seed);
    }
    for customer in &mut evidence.customers {
        shuffle(&mut customer.associations, &mut seed);
    }
    shuffle(&mut evidence.people, &mut seed);
    shuffle(&mut evidence.customers, &mut seed);
    shuffle(&mut evidence.usage, &mut seed);
    shuffle(&mut evidence.memberships, &mut seed);
    shuffle(&mut evidence.offers, &mut seed);
    shuffle(&mut evidence.references, &mut seed);
    shuffle(&mut evidence.audits, &mut seed);
    shuffle(&mut evidence.invitations, &mut seed);
    shuffle(&mut evidence.declarations, &mut seed);
    shuffle(&mut evidence.figures, &mut seed);
    shuffle(&mut evidence.past_scores, &mut seed);
    evidence
}

fn shuffle<T>(list: &mut [T], seed: &mut u64) {
    for last in (1..list.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        list.swap(last, (*seed >> 33) as usize % (last + 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_same_bytes_in_whatever_order(evidence in evidence(), seed: u64) {
        prop_assert_eq!(check(&evidence, &CATALOG), vec![]);
        let bytes = |evidence| serde_json::to_string(&truth(evidence, DAY)).expect("JSON");
        prop_assert_eq!(bytes(&evidence), bytes(&shuffled(evidence.clone(), seed)));
    }

    #[test]
    fn an_assessment_survives_the_wire(evidence in evidence()) {
        let assessment = truth(&evidence, DAY);
        let json = serde_json::to_string(&assessment).expect("JSON");
        let back: membership_domain::Assessment = serde_json::from_str(&json).expect("the same");
        prop_assert_eq!(back, assessment);
    }
}
