//! Ids with a type: a user's cannot be handed in where an organization's is wanted.
//!
//! On the wire and in the database an id is a UUID as text, whatever it is of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The id of a `T`: UUIDv7, so that ids are in the order in which they were given.
///
/// ```compile_fail,E0308
/// use membership_domain::id::{OrganizationId, UserId};
///
/// fn wants(_: OrganizationId) {}
/// wants(UserId::nil());
/// ```
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

/// Names what ids are of. None of these has a value.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $id:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum $kind {}

            $(#[$doc])*
            pub type $id = Id<$kind>;
        )*
    };
}

kinds! {
    /// An organization.
    Organization OrganizationId,
    /// A person with an account.
    User UserId,
    /// A location of an organization.
    Location LocationId,
    /// An import into an organization's evidence.
    Import ImportId,
    /// An invitation into an organization.
    Invitation InvitationId,
    /// A request that somebody decides.
    Request RequestId,
    /// A piece of work that is done later.
    Job JobId,
    /// A mail.
    Mail MailId,
    /// An entry of the audit log.
    Entry EntryId,
    /// A one-time link.
    Link LinkId,
    /// A token of an organization.
    Token TokenId,
    /// An order.
    Order OrderId,
    /// An attempt to pay an order by card.
    Attempt AttemptId,
    /// A piece of money that came in.
    Receipt ReceiptId,
    /// A bill.
    Bill BillId,
    /// A term of a membership.
    Term TermId,
    /// A statement of a bank.
    Statement StatementId,
    /// An entry of a statement of a bank.
    BankEntry BankEntryId,
    /// An entry of the books.
    Posting PostingId,
    /// A session, as it is told of: made from what is stored of it, and good for nothing else.
    Session SessionId,
}

impl<T> Id<T> {
    /// Of whatever this is the id: for what makes ids, reads or stores them.
    #[must_use]
    pub const fn of(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The id of nothing that is stored.
    #[must_use]
    pub const fn nil() -> Self {
        Self::of(Uuid::nil())
    }

    /// From a number.
    #[must_use]
    pub const fn from_u128(number: u128) -> Self {
        Self::of(Uuid::from_u128(number))
    }

    /// The same as an id of something else: where people and tokens share a column.
    #[must_use]
    pub const fn cast<U>(self) -> Id<U> {
        Id::of(self.0)
    }

    /// Its sixteen bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

// Not derived: that would ask of `T` what is asked of an id.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::of)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_text_everywhere() {
        let text = "0189f7ea-ae2f-7809-8aeb-b819cf5e9e7f";
        let id: UserId = text.parse().expect("an id");
        assert_eq!(id.to_string(), text);
        assert_eq!(format!("{id:?}"), text);
        let json = serde_json::to_string(&id).expect("JSON");
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<UserId>(&json).expect("an id"), id);
        assert_eq!(id.as_bytes()[..2], [0x01, 0x89]);
        assert!("7".parse::<UserId>().is_err() && UserId::nil() < id);
    }
}
