//! What has no rows of its own.

use membership_domain::Evidence;
use membership_domain::evidence::{
    Audit, Declaration, Figure, Invitation, Membership, Offer, PastScore, Profile, Reference,
};
use serde::{Deserialize, Serialize};

/// Evidence without people, customers and usage. A type of its own, so that programs need no
/// parser for those as JSON.
#[derive(Serialize, Deserialize)]
pub struct Records {
    profile: Profile,
    memberships: Vec<Membership>,
    offers: Vec<Offer>,
    references: Vec<Reference>,
    audits: Vec<Audit>,
    invitations: Vec<Invitation>,
    declarations: Vec<Declaration>,
    figures: Vec<Figure>,
    past_scores: Vec<PastScore>,
}

impl Records {
    pub(super) fn of(evidence: &Evidence) -> Self {
        Self {
            profile: evidence.profile.clone(),
            memberships: evidence.memberships.clone(),
            offers: evidence.offers.clone(),
            references: evidence.references.clone(),
            audits: evidence.audits.clone(),
            invitations: evidence.invitations.clone(),
            declarations: evidence.declarations.clone(),
            figures: evidence.figures.clone(),
            past_scores: evidence.past_scores.clone(),
        }
    }

    pub(super) fn evidence(self) -> Evidence {
        Evidence {
            people: Vec::new(),
            customers: Vec::new(),
            usage: Vec::new(),
            profile: self.profile,
            memberships: self.memberships,
            offers: self.offers,
            references: self.references,
            audits: self.audits,
            invitations: self.invitations,
            declarations: self.declarations,
            figures: self.figures,
            past_scores: self.past_scores,
        }
    }
}
