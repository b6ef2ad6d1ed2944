//! Every refusal that is not about single values: its status and its code; its sentence is
//! [`Refusal::detail`], and says what, why and what lifts it. What is wrong with single values is
//! said by [`crate::check`] and comes as [`crate::problem::FieldError`]s.

use membership_domain::codes;
use membership_domain::invitation::InvitationState;
use membership_domain::link::LinkState;
use membership_domain::purchase::bank::BankEntryState;
use membership_domain::purchase::order::OrderRefusal;
use membership_domain::purchase::quote::QuoteRefusal;
use membership_domain::request::RequestState;
use membership_domain::roles::{GrantRefusal, Permission, Role, TokenRefusal};

use crate::problem::code;

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Address or headers cannot be read.
    Malformed,
    /// The query of the address cannot be read.
    UnreadableQuery {
        /// So many parameters an address may have.
        most: usize,
    },
    /// The body did not arrive as a whole.
    BrokenOff,
    /// The body is not JSON.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the reader says.
        reason: String,
    },
    /// The body is not text.
    NotUtf8,
    /// `Idempotency-Key` cannot be used.
    UnreadableKey {
        /// So many characters it may have.
        most: usize,
    },
    /// No session.
    NotSignedIn,
    /// A session that has ended.
    SessionEnded,
    /// Email or password do not fit.
    WrongCredentials,
    /// The password is right, and a code is needed beside it.
    CodeRequired,
    /// The code does not fit, or was used before.
    WrongCode,
    /// The last proof of who asks is too long ago for this.
    ProofRequired,
    /// The organization asks its admins for a second factor, and the caller has none.
    SecondFactorMissing,
    /// A second factor cannot be asked of others by somebody who has none.
    SecondFactorFirst,
    /// There is a second factor already.
    SecondFactorThere,
    /// There is no second factor, or none whose setup was begun.
    NoSecondFactor,
    /// No link has this token.
    LinkUnknown,
    /// The link cannot be used any more.
    LinkEnded(LinkState),
    /// A token that is unknown or has ended, or that may not do this.
    Token(TokenRefusal),
    /// None of the roles allows it.
    NotPermitted {
        /// What was asked for.
        permission: Permission,
        /// The roles that the caller has.
        held: Vec<Role>,
    },
    /// A role is not the caller's to give or take, or not like that.
    RoleNotGiven(GrantRefusal),
    /// What was decided about an invitation already.
    InvitationDecided(InvitationState),
    /// What was decided about a request already.
    RequestDecided(RequestState),
    /// The caller has the role already that they ask for.
    RoleHeld(Role),
    /// Nobody else in the organization may give the role.
    NobodyGives(Role),
    /// Somebody else is signed in than who was invited.
    InvitedAnother,
    /// Who was invited has an account, and is not signed in.
    InvitedAccount,
    /// Nobody else would have a role that an organization needs.
    LastHolder(Role),
    /// A write that another site's page may have caused.
    CrossSite,
    /// Nothing there, or nothing that the caller may know of.
    NotFound,
    /// The address does not know the method.
    MethodNotAllowed,
    /// It took too long as a whole.
    TookTooLong,
    /// A form arrived too slowly.
    BodyTooLate {
        /// So long it may take.
        seconds: u64,
    },
    /// A piece of a large body arrived too slowly.
    PieceTooLate {
        /// So long it may take.
        seconds: u64,
    },
    /// The clock of a server with real time.
    RealTime,
    /// Company data of a suspended account.
    Suspended,
    /// No room for another location.
    LocationsFull {
        /// How many there are.
        there: usize,
        /// So many there can be.
        most: usize,
    },
    /// A location that something refers to.
    LocationNeeded(LocationNeed),
    /// Another thing has a value that is one thing's alone.
    Duplicate,
    /// An import cannot be taken back; the sentence is [`crate::text::en::not_undone`]'s or
    /// [`crate::text::en::depended_on`]'s.
    NotUndone(String),
    /// Somebody else was faster.
    Stale,
    /// A tag that cannot show that nothing changed.
    WeakTag {
        /// As it was sent.
        sent: String,
    },
    /// `If-Match` cannot be read.
    UnreadableTag,
    /// The body is too large for this address.
    BodyTooLarge,
    /// Evidence would be too large with what was sent.
    EvidenceTooLarge {
        /// So much it may be.
        megabytes: usize,
    },
    /// The body is of another media type.
    MediaType {
        /// Those that the address takes.
        known: &'static [&'static str],
    },
    /// Single values that cannot be used; [`crate::problem::Problem::invalid_detail`] names them.
    Invalid,
    /// One key for two requests.
    KeyReused,
    /// A request that must not be done twice, without a key.
    NoKey,
    /// An order that its state doesn't allow.
    Order(OrderRefusal),
    /// What cannot be ordered, or not like this.
    Quote(QuoteRefusal),
    /// The price or the agreement that was confirmed holds no longer.
    PriceChanged,
    /// There is an open order of this offer already: its number.
    OrderThere(String),
    /// The payment provider does not answer.
    Gateway,
    /// A file of a bank that cannot be read: where, and why.
    BankFile(String),
    /// An entry of a bank whose state does not allow what was decided.
    BankEntry(BankEntryState),
    /// Another operator is at the case.
    Claimed {
        /// Their name.
        by: String,
    },
    /// The caller is no operator.
    NotAnOperator,
    /// An operator's account is nobody's member.
    OperatorAccount,
    /// The answer to an event of a payment provider that cannot be trusted.
    Forged,
    /// A write without `If-Match`.
    NoTag,
    /// Something was tried too often.
    TooManyTries {
        /// What.
        tried: Tried,
        /// When there is a try again.
        seconds: i64,
        /// What else helps, as the end of the sentence.
        lifted: String,
    },
    /// Too many mails to one address, or for one organization.
    TooManyMails {
        /// To whom: "to this address".
        whose: String,
        /// When there can be another one.
        seconds: i64,
    },
    /// Too many requests of a network are under way.
    TooManyAtOnce,
    /// Too many requests of one organization or user wait.
    TooManyWait {
        /// "of this organization", "of yours".
        whose: String,
        /// So many.
        many: usize,
    },
    /// An organization's share of the hour is used up.
    TooManyImports {
        /// The share.
        most: u32,
        /// When there is room for one more.
        seconds: i64,
    },
    /// Our fault.
    Internal,
    /// The database does not answer.
    Unavailable,
    /// The database went away while it was asked to keep a write.
    Uncertain,
    /// The tables are not those that this version works with; the sentence says how they differ and
    /// what to run.
    UnfitTables(String),
    /// Another organization or location got a PartnerID at the same moment.
    PartnerIdTaken {
        /// The PartnerID.
        id: String,
    },
    /// Other writes were in the way each time.
    Overtaken,
    /// The caller's own requests are first for too long.
    OwnFirst {
        /// "of this organization", "of yours".
        whose: String,
        /// So long, as text.
        seconds: String,
    },
    /// Requests of others are first for too long.
    OthersFirst,
    /// Answers that are being sent take all the memory.
    AnswersFull,
    /// What there is takes too long to go through.
    EvidenceTooLong {
        /// So long, as text.
        seconds: String,
    },
    /// The client is gone.
    ClientLeft,
}

codes! {
    /// What somebody can try too often, under its name in `RateLimit`.
    Tried {
        /// Passwords that are wrong.
        SignIn = "sign-in",
        /// Codes that are wrong.
        Code = "code",
        /// Links to reset a password.
        Reset = "reset",
        /// Links that do not exist.
        Link = "link",
    }
}

/// What needs a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationNeed {
    /// An organization has one at least.
    Last,
    /// It is the only one in the organization's country.
    Country,
    /// Somebody's role is limited to it.
    Roles,
    /// Figures of the evidence are about it.
    Figures,
}

/// The media type of most bodies.
pub const JSON: &[&str] = &["application/json"];

impl Refusal {
    /// As in HTTP.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.kind().0
    }

    /// One of [`code`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind().1
    }

    /// When to try again, in seconds, where that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooManyTries { seconds, .. }
            | Self::TooManyImports { seconds, .. }
            | Self::TooManyMails { seconds, .. } => Some(*seconds),
            Self::Overtaken => Some(1),
            Self::Unavailable
            | Self::Uncertain
            | Self::UnfitTables(_)
            | Self::Gateway
            | Self::TooManyAtOnce => Some(5),
            Self::TooManyWait { .. } => Some(10),
            Self::OwnFirst { .. }
            | Self::OthersFirst
            | Self::AnswersFull
            | Self::EvidenceTooLong { .. }
            | Self::ClientLeft => Some(60),
            _ => None,
        }
    }

    fn kind(&self) -> (u16, &'static str) {
        match self {
            Self::Malformed
            | Self::UnreadableQuery { .. }
            | Self::BrokenOff
            | Self::NotJson { .. }
            | Self::NotUtf8
            | Self::UnreadableKey { .. } => (400, code::MALFORMED),
            Self::NotSignedIn | Self::SessionEnded => (401, code::NOT_SIGNED_IN),
            Self::WrongCredentials => (401, code::WRONG_CREDENTIALS),
            Self::CodeRequired => (401, code::CODE_REQUIRED),
            Self::WrongCode => (401, code::WRONG_CODE),
            Self::ProofRequired => (403, code::PROOF_REQUIRED),
            Self::SecondFactorMissing => (403, code::SECOND_FACTOR_MISSING),
            Self::LinkUnknown => (404, code::LINK_UNKNOWN),
            Self::LinkEnded(_) => (410, code::LINK_ENDED),
            Self::NotPermitted { .. } => (403, code::NOT_PERMITTED),
            Self::RoleNotGiven(
                GrantRefusal::Token | GrantRefusal::Oneself | GrantRefusal::NotAmong(_),
            ) => (403, code::NOT_PERMITTED),
            Self::Token(TokenRefusal::Unknown | TokenRefusal::Ended(_)) => (401, code::TOKEN_ENDED),
            Self::Token(TokenRefusal::TooMany(_) | TokenRefusal::NotAtLocations(_)) => {
                (409, code::CONFLICT)
            }
            Self::Token(_) => (403, code::NOT_PERMITTED),
            Self::InvitedAnother => (403, code::NOT_PERMITTED),
            Self::RoleNotGiven(_)
            | Self::LastHolder(_)
            | Self::InvitedAccount
            | Self::RoleHeld(_)
            | Self::NobodyGives(_)
            | Self::InvitationDecided(_)
            | Self::RequestDecided(_) => (409, code::CONFLICT),
            Self::CrossSite => (403, code::CROSS_SITE),
            Self::NotFound => (404, code::NOT_FOUND),
            Self::MethodNotAllowed => (405, code::METHOD_NOT_ALLOWED),
            Self::TookTooLong | Self::BodyTooLate { .. } | Self::PieceTooLate { .. } => {
                (408, code::TIMEOUT)
            }
            Self::RealTime
            | Self::Suspended
            | Self::LocationsFull { .. }
            | Self::LocationNeeded(_)
            | Self::Duplicate
            | Self::SecondFactorFirst
            | Self::SecondFactorThere
            | Self::NoSecondFactor
            | Self::PartnerIdTaken { .. }
            | Self::NotUndone(_) => (409, code::CONFLICT),
            Self::Order(_)
            | Self::Quote(_)
            | Self::OrderThere(_)
            | Self::BankEntry(_)
            | Self::OperatorAccount
            | Self::Claimed { .. } => (409, code::CONFLICT),
            Self::BankFile(_) => (422, code::INVALID),
            Self::NotAnOperator => (404, code::NOT_FOUND),
            Self::PriceChanged => (409, code::PRICE_CHANGED),
            Self::Forged => (400, code::MALFORMED),
            Self::Stale | Self::WeakTag { .. } | Self::UnreadableTag => (412, code::STALE),
            Self::BodyTooLarge | Self::EvidenceTooLarge { .. } => (413, code::TOO_LARGE),
            Self::MediaType { .. } => (415, code::MEDIA_TYPE),
            Self::Invalid => (422, code::INVALID),
            Self::KeyReused => (422, code::KEY_REUSED),
            Self::NoTag | Self::NoKey => (428, code::PRECONDITION_REQUIRED),
            Self::TooManyMails { .. }
            | Self::TooManyTries { .. }
            | Self::TooManyAtOnce
            | Self::TooManyWait { .. }
            | Self::TooManyImports { .. } => (429, code::TOO_MANY),
            Self::Internal => (500, code::INTERNAL),
            Self::Unavailable | Self::Uncertain | Self::UnfitTables(_) | Self::Gateway => {
                (503, code::UNAVAILABLE)
            }
            Self::Overtaken
            | Self::OwnFirst { .. }
            | Self::OthersFirst
            | Self::AnswersFull
            | Self::EvidenceTooLong { .. }
            | Self::ClientLeft => (503, code::BUSY),
        }
    }
}

#[cfg(test)]
mod tests {
    use membership_domain::roles::TokenState;

    use super::*;
    use crate::problem::title;

    /// One of each.
    fn all() -> Vec<Refusal> {
        use Refusal as R;
        let (whose, seconds) = ("of yours".to_owned(), "90".to_owned());
        vec![
            R::Malformed,
            R::UnreadableQuery { most: 50 },
            R::BrokenOff,
            R::NotJson {
                line: 1,
                column: 2,
                reason: "trailing comma".to_owned(),
            },
            R::NotUtf8,
            R::UnreadableKey { most: 128 },
            R::NotSignedIn,
            R::SessionEnded,
            R::WrongCredentials,
            R::CodeRequired,
            R::WrongCode,
            R::ProofRequired,
            R::SecondFactorMissing,
            R::SecondFactorFirst,
            R::SecondFactorThere,
            R::NoSecondFactor,
            R::LinkUnknown,
            R::LinkEnded(LinkState::Used),
            R::LinkEnded(LinkState::Expired),
            R::LinkEnded(LinkState::Revoked),
            R::NotPermitted {
                permission: Permission::SeeWorkspace,
                held: vec![Role::Guest],
            },
            R::Token(TokenRefusal::Unknown),
            R::Token(TokenRefusal::Ended(TokenState::Expired)),
            R::Token(TokenRefusal::Ended(TokenState::Revoked)),
            R::Token(TokenRefusal::PeopleOnly),
            R::Token(TokenRefusal::Lacks(Permission::ViewAudit)),
            R::Token(TokenRefusal::Elsewhere),
            R::Token(TokenRefusal::MakerMayNot(Permission::ViewAudit)),
            R::Token(TokenRefusal::MakerBlocked),
            R::Token(TokenRefusal::NotAtLocations(Permission::ViewAudit)),
            R::Token(TokenRefusal::NotHeld(Permission::ViewAudit)),
            R::Token(TokenRefusal::TooMany(50)),
            R::RoleNotGiven(GrantRefusal::Token),
            R::RoleNotGiven(GrantRefusal::Oneself),
            R::RoleNotGiven(GrantRefusal::NotAmong(&[Role::GlobalAdmin])),
            R::RoleNotGiven(GrantRefusal::WholeOrganization(Role::Owner)),
            R::RoleNotGiven(GrantRefusal::NoLocation),
            R::RoleNotGiven(GrantRefusal::NotForGuests(Role::Owner)),
            R::LastHolder(Role::GlobalAdmin),
            R::InvitedAnother,
            R::RoleHeld(Role::Owner),
            R::NobodyGives(Role::Owner),
            R::InvitedAccount,
            R::InvitationDecided(InvitationState::Open),
            R::InvitationDecided(InvitationState::Expired),
            R::InvitationDecided(InvitationState::Accepted),
            R::InvitationDecided(InvitationState::Declined),
            R::InvitationDecided(InvitationState::Revoked),
            R::RequestDecided(RequestState::Refused),
            R::CrossSite,
            R::NotFound,
            R::MethodNotAllowed,
            R::TookTooLong,
            R::BodyTooLate { seconds: 10 },
            R::PieceTooLate { seconds: 10 },
            R::RealTime,
            R::Suspended,
            R::LocationsFull { there: 9, most: 9 },
            R::LocationNeeded(LocationNeed::Last),
            R::LocationNeeded(LocationNeed::Country),
            R::LocationNeeded(LocationNeed::Roles),
            R::LocationNeeded(LocationNeed::Figures),
            R::Duplicate,
            R::NotUndone("Undo the later import first.".to_owned()),
            R::Stale,
            R::WeakTag {
                sent: "W/\"7\"".to_owned(),
            },
            R::UnreadableTag,
            R::BodyTooLarge,
            R::EvidenceTooLarge { megabytes: 64 },
            R::MediaType { known: JSON },
            R::Invalid,
            R::KeyReused,
            R::NoTag,
            R::NoKey,
            R::PriceChanged,
            R::OrderThere("20231115-000123".to_owned()),
            R::Gateway,
            R::BankFile("Line 3: the file ends too early.".to_owned()),
            R::BankEntry(BankEntryState::Exact),
            R::Claimed {
                by: "Ines Duarte".to_owned(),
            },
            R::NotAnOperator,
            R::OperatorAccount,
            R::Forged,
            R::Order(OrderRefusal::State),
            R::Order(OrderRefusal::AttemptOpen),
            R::Order(OrderRefusal::NotByCard),
            R::Order(OrderRefusal::NotByWire),
            R::Order(OrderRefusal::NotYet),
            R::Order(OrderRefusal::MoneyReceived),
            R::Order(OrderRefusal::NoAmount),
            R::Quote(QuoteRefusal::NotPossible),
            R::Quote(QuoteRefusal::NoOffer),
            R::Quote(QuoteRefusal::NoOption),
            R::Quote(QuoteRefusal::NoPrice),
            R::Quote(QuoteRefusal::NoMethod),
            R::Quote(QuoteRefusal::NoBilling),
            R::TooManyTries {
                tried: Tried::SignIn,
                seconds: 10,
                lifted: String::new(),
            },
            R::TooManyMails {
                whose: "to this address".to_owned(),
                seconds: 360,
            },
            R::TooManyAtOnce,
            R::TooManyWait {
                whose: whose.clone(),
                many: 64,
            },
            R::TooManyImports {
                most: 600,
                seconds: 6,
            },
            R::Internal,
            R::Unavailable,
            R::Uncertain,
            R::UnfitTables("The tables are older.".to_owned()),
            R::PartnerIdTaken {
                id: "1000001".to_owned(),
            },
            R::Overtaken,
            R::OwnFirst {
                whose,
                seconds: seconds.clone(),
            },
            R::OthersFirst,
            R::AnswersFull,
            R::EvidenceTooLong { seconds },
            R::ClientLeft,
        ]
    }

    #[test]
    fn each_has_a_sentence_of_its_own_and_a_code_with_a_title() {
        let all = all();
        let mut said: Vec<String> = all.iter().map(Refusal::detail).collect();
        for refusal in &all {
            let detail = refusal.detail();
            assert!(detail.ends_with('.') && !detail.contains("  "), "{detail}");
            assert!((400..600).contains(&refusal.status()), "{refusal:?}");
            assert_ne!(title(refusal.code()), "Refused", "{refusal:?}");
            let waits = [429, 503].contains(&refusal.status());
            assert_eq!(refusal.retry_after().is_some(), waits, "{refusal:?}");
        }
        said.sort();
        said.dedup();
        assert_eq!(said.len(), all.len());
    }
}
