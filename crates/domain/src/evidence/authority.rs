//! Who says that a row of evidence is so, and who may say it.

use serde::{Deserialize, Serialize};

use super::FaultCode;
use crate::roles::{Permission, Role, may};

/// Who says that a row is so. In the order of their weight.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The partner: entered, or imported from files of its own.
    #[default]
    Claimed,
    /// The program owner: decided by an operator, or sent by a feed with a credential of its own.
    Confirmed,
    /// The product itself: terms, orders, verification.
    MadeHere,
}

impl Authority {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Claimed, Self::Confirmed, Self::MadeHere];

    /// As it is stored, sent, and written in tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Confirmed => "confirmed",
            Self::MadeHere => "made_here",
        }
    }

    /// The inverse of [`Self::code`].
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether JSON can leave it out.
    #[must_use]
    pub fn is_claimed(&self) -> bool {
        *self == Self::Claimed
    }

    /// Why somebody who may not write a row of this authority may not change it.
    pub(super) fn kept(self) -> FaultCode {
        match self {
            Self::MadeHere => FaultCode::MadeHere,
            Self::Claimed | Self::Confirmed => FaultCode::Confirmed,
        }
    }
}

/// Who writes evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Writer {
    /// The partner's own people.
    #[default]
    Partner,
    /// Somebody who confirms: the program owner's people and feeds.
    Confirming,
    /// Somebody in a preview, where nothing is decided: it takes what files say.
    Preview,
}

impl Writer {
    /// What somebody with these roles is.
    #[must_use]
    pub fn of(roles: &[Role]) -> Self {
        if may(roles, Permission::ConfirmEvidence) {
            Self::Confirming
        } else {
            Self::Partner
        }
    }

    /// The authority of rows that say none.
    #[must_use]
    pub fn gives(self) -> Authority {
        match self {
            Self::Partner | Self::Preview => Authority::Claimed,
            Self::Confirming => Authority::Confirmed,
        }
    }

    /// Whether rows of this authority are this writer's to add, change and remove.
    #[must_use]
    pub fn may_write(self, authority: Authority) -> bool {
        match self {
            Self::Partner => authority == Authority::Claimed,
            Self::Confirming => authority != Authority::MadeHere,
            Self::Preview => true,
        }
    }

    /// The authority of a row once this writer has written it in a table, which may say one itself;
    /// `known` is that of the row that is there already, and `same` whether both say the same. To
    /// say again what somebody of more weight said leaves it as it is.
    ///
    /// # Errors
    /// Why this writer may not write it.
    pub fn settle(
        self,
        said: Option<Authority>,
        known: Option<Authority>,
        same: bool,
    ) -> Result<Authority, FaultCode> {
        let to = match known {
            Some(known) if !self.may_write(known) => {
                return match (same, said) {
                    (true, Some(said)) if said > known => Err(FaultCode::Authority),
                    (true, _) => Ok(known),
                    (false, _) => Err(known.kept()),
                };
            }
            Some(known) if same => said.unwrap_or(known.max(self.gives())),
            _ => said.unwrap_or(self.gives()),
        };
        if self.may_write(to) {
            Ok(to)
        } else {
            Err(FaultCode::Authority)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Authority::{Claimed, Confirmed, MadeHere};

    #[test]
    fn codes_come_back() {
        for authority in Authority::ALL {
            assert_eq!(Authority::of_code(authority.code()), Some(authority));
            let json = serde_json::to_value(authority).expect("a code");
            assert_eq!(json, authority.code());
        }
        assert_eq!(Authority::of_code("operator"), None);
    }

    #[test]
    fn no_role_of_a_partner_confirms() {
        assert_eq!(Writer::of(Role::ALL), Writer::Partner);
        assert_eq!(Writer::default().gives(), Claimed);
    }

    #[test]
    fn nobody_gives_more_than_is_theirs_and_a_repetition_takes_nothing() {
        let (partner, owner) = (Writer::Partner, Writer::Confirming);
        for (writer, said, known, same, becomes) in [
            (partner, None, None, false, Ok(Claimed)),
            (
                partner,
                Some(Confirmed),
                None,
                false,
                Err(FaultCode::Authority),
            ),
            (
                partner,
                Some(MadeHere),
                Some(Claimed),
                true,
                Err(FaultCode::Authority),
            ),
            (partner, None, Some(Confirmed), true, Ok(Confirmed)),
            (partner, Some(Claimed), Some(Confirmed), true, Ok(Confirmed)),
            (
                partner,
                Some(Confirmed),
                Some(Confirmed),
                true,
                Ok(Confirmed),
            ),
            (
                partner,
                Some(MadeHere),
                Some(Confirmed),
                true,
                Err(FaultCode::Authority),
            ),
            (
                partner,
                None,
                Some(Confirmed),
                false,
                Err(FaultCode::Confirmed),
            ),
            (
                partner,
                None,
                Some(MadeHere),
                false,
                Err(FaultCode::MadeHere),
            ),
            (owner, None, None, false, Ok(Confirmed)),
            (owner, None, Some(Claimed), true, Ok(Confirmed)),
            (owner, Some(Claimed), Some(Confirmed), true, Ok(Claimed)),
            (owner, None, Some(Confirmed), false, Ok(Confirmed)),
            (owner, None, Some(MadeHere), true, Ok(MadeHere)),
            (owner, None, Some(MadeHere), false, Err(FaultCode::MadeHere)),
            (
                owner,
                Some(MadeHere),
                None,
                false,
                Err(FaultCode::Authority),
            ),
            (
                Writer::Preview,
                Some(Confirmed),
                Some(MadeHere),
                false,
                Ok(Confirmed),
            ),
        ] {
            let settled = writer.settle(said, known, same);
            assert_eq!(settled, becomes, "{writer:?} {said:?} {known:?} {same}");
        }
    }
}
