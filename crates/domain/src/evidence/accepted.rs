//! Which rows are counted, by what they are about and who says them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Authority, Evidence, Person};

/// The kinds of rows that count by themselves, each with an authority of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// That and when the company joined the partner program: in its profile.
    Joining,
    /// That people are linked to the company, and that they left.
    People,
    /// Certificates in people's hands.
    Certificates,
    /// Connections to customers.
    Associations,
    /// Usage by month.
    Usage,
    /// Programs held.
    Memberships,
    /// Marketplace offers.
    Offers,
    /// References of customers.
    References,
    /// Audits.
    Audits,
    /// Invitations.
    Invitations,
    /// What the company states about itself.
    Declarations,
    /// Numbers that other systems report.
    Figures,
    /// Scores of past days.
    PastScores,
}

impl RowKind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Joining,
        Self::People,
        Self::Certificates,
        Self::Associations,
        Self::Usage,
        Self::Memberships,
        Self::Offers,
        Self::References,
        Self::Audits,
        Self::Invitations,
        Self::Declarations,
        Self::Figures,
        Self::PastScores,
    ];

    /// As the catalog names it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Joining => "joining",
            Self::People => "people",
            Self::Certificates => "certificates",
            Self::Associations => "associations",
            Self::Usage => "usage",
            Self::Memberships => "memberships",
            Self::Offers => "offers",
            Self::References => "references",
            Self::Audits => "audits",
            Self::Invitations => "invitations",
            Self::Declarations => "declarations",
            Self::Figures => "figures",
            Self::PastScores => "past_scores",
        }
    }
}

/// Which rows are counted, by their kind and authority: a bit for each authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted([u8; RowKind::ALL.len()]);

impl Accepted {
    /// All rows, whoever says them.
    pub const EVERYTHING: Self = Self([u8::MAX; RowKind::ALL.len()]);

    /// What `counts` says of each kind.
    #[must_use]
    pub fn of(counts: impl Fn(RowKind, Authority) -> bool) -> Self {
        Self(RowKind::ALL.map(|kind| {
            let counted = Authority::ALL.into_iter();
            let counted = counted.filter(|authority| counts(kind, *authority));
            counted.fold(0, |set, authority| set | 1 << authority as u8)
        }))
    }

    /// Whether rows of this kind and authority are counted.
    #[must_use]
    pub fn takes(&self, kind: RowKind, authority: Authority) -> bool {
        self.0[kind as usize] & 1 << authority as u8 != 0
    }

    /// Whether every row that is known is counted.
    #[must_use]
    pub fn takes_all(&self, evidence: &Evidence) -> bool {
        macro_rules! all {
            ($($list:ident $kind:ident,)*) => {
                $((evidence.$list.iter()).all(|row| self.takes(RowKind::$kind, row.authority)))&&*
            };
        }
        let held = evidence.people.iter().flat_map(|one| &one.certificates);
        let connected = evidence.customers.iter().flat_map(|one| &one.associations);
        let claims = |one: &Person| one.claimed_left_on.map(|_| Authority::Claimed);
        let days = evidence.people.iter();
        let mut days = days.flat_map(|one| claims(one).into_iter().chain([one.authority]));
        self.takes(RowKind::Joining, evidence.profile.authority)
            && days.all(|authority| self.takes(RowKind::People, authority))
            && { held }.all(|row| self.takes(RowKind::Certificates, row.authority))
            && { connected }.all(|row| self.takes(RowKind::Associations, row.authority))
            && all!(
                usage Usage,
                memberships Memberships,
                offers Offers,
                references References,
                audits Audits,
                invitations Invitations,
                declarations Declarations,
                figures Figures,
                past_scores PastScores,
            )
    }

    /// What is counted beside people, customers and usage. Of these there is much, so they are
    /// passed over where they are put in order, and never copied.
    pub(crate) fn records(&self, evidence: &Evidence) -> Evidence {
        macro_rules! counted {
            ($list:ident, $kind:ident) => {
                (evidence.$list.iter())
                    .filter(|row| self.takes(RowKind::$kind, row.authority))
                    .cloned()
                    .collect()
            };
        }
        let mut profile = evidence.profile.clone();
        if !self.takes(RowKind::Joining, profile.authority) {
            profile.joined_on = None;
        }
        Evidence {
            profile,
            people: Vec::new(),
            customers: Vec::new(),
            usage: Vec::new(),
            memberships: counted!(memberships, Memberships),
            offers: counted!(offers, Offers),
            references: counted!(references, References),
            audits: counted!(audits, Audits),
            invitations: counted!(invitations, Invitations),
            declarations: counted!(declarations, Declarations),
            figures: counted!(figures, Figures),
            past_scores: counted!(past_scores, PastScores),
        }
    }
}

impl Person {
    /// Since when the person is linked, as far as that is counted.
    #[must_use]
    pub fn linked(&self, accepted: &Accepted) -> Option<NaiveDate> {
        let counts = accepted.takes(RowKind::People, self.authority);
        self.linked_on.filter(|_| counts)
    }

    /// When the person left, as far as that is counted.
    #[must_use]
    pub fn left(&self, accepted: &Accepted) -> Option<NaiveDate> {
        let takes = |authority| accepted.takes(RowKind::People, authority);
        let left = self.left_on.filter(|_| takes(self.authority));
        left.or_else(|| self.claimed_left_on.filter(|_| takes(Authority::Claimed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_kinds_have_their_places() {
        for (place, kind) in RowKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
            assert_eq!(serde_json::to_value(kind).expect("a code"), kind.code());
        }
    }

    #[test]
    fn a_claim_that_somebody_left_counts_where_claims_do() {
        let mut read: Person = serde_json::from_value(serde_json::json!({
            "id": "a", "name": "Ada", "authority": "confirmed", "certificates": [],
        }))
        .expect("a person");
        let on = NaiveDate::from_ymd_opt(2023, 6, 30);
        let decisions = Accepted::of(|_, authority| !authority.is_claimed());
        (read.linked_on, read.claimed_left_on) = (on, on);
        assert_eq!((read.linked(&decisions), read.left(&decisions)), (on, None));
        assert_eq!(read.left(&Accepted::EVERYTHING), on);
        let earlier = NaiveDate::from_ymd_opt(2023, 6, 1);
        read.left_on = earlier;
        assert_eq!(read.left(&Accepted::EVERYTHING), earlier);
        read.authority = Authority::Claimed;
        assert_eq!(
            (read.linked(&decisions), read.left(&decisions)),
            (None, None)
        );
    }
}
