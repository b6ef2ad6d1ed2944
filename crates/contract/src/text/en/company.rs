//! What a change of company data causes, before it is saved.

use membership_domain::company::{Effects, Verified};
use membership_domain::evidence::Verification;

use crate::text::Words;

/// What is verified by itself.
#[must_use]
pub fn verified(part: Verified) -> &'static str {
    match part {
        Verified::LegalName => "legal name",
        Verified::Address => "address",
        Verified::PrimaryContact => "primary contact",
    }
}

/// The sentences about a change; none where it causes nothing.
#[must_use]
pub fn company_effects(effects: &Effects, words: &dyn Words) -> Vec<String> {
    if effects.verifies.is_empty() {
        return Vec::new();
    }
    let names = |parts: &[Verified]| {
        let names = parts.iter().map(|part| verified(*part).to_owned());
        words.list(&names.collect::<Vec<_>>())
    };
    let mut said = vec![format!(
        "Saving this starts a new verification of: {}.",
        names(&effects.verifies)
    )];
    if effects.pending.len() > effects.verifies.len() {
        let all = names(&effects.pending);
        said.push(format!("In verification then: {all}."));
    }
    if effects.stops_buying {
        let stop = "You can't buy or renew anything until it is accepted. What you bought stays.";
        said.push(stop.to_owned());
    } else if effects.verification == Verification::Pending {
        said.push("Buying and renewing stay closed until it is accepted.".to_owned());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Plain;

    #[test]
    fn a_change_says_what_it_causes_and_what_stays() {
        let said = |effects: &Effects| company_effects(effects, &Plain).join(" ");
        let mut effects = Effects {
            verifies: vec![Verified::LegalName, Verified::Address],
            pending: vec![Verified::LegalName, Verified::Address],
            verification: Verification::Pending,
            stops_buying: true,
        };
        assert_eq!(
            said(&effects),
            "Saving this starts a new verification of: legal name and address. You can't buy or \
             renew anything until it is accepted. What you bought stays."
        );
        effects.pending.push(Verified::PrimaryContact);
        effects.stops_buying = false;
        let said_then = said(&effects);
        assert!(
            said_then.contains("In verification then: legal name, address, and primary contact.")
        );
        assert!(said_then.ends_with("stay closed until it is accepted."));
        effects.verifies.clear();
        assert_eq!(said(&effects), "");
    }
}
