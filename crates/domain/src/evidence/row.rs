//! What rows of evidence have in common, whichever list they are in.

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::authority::{Authority, Writer};
use super::breach::Breach;
use super::{Evidence, FaultCode};

/// Fields and their days.
pub type Past = Vec<(String, NaiveDate)>;

/// The smallest row that counts, which has an authority of its own.
pub trait Authored: Clone + PartialEq {
    /// What it is about: another row with the same key says something else of the same thing.
    type Key: Ord;

    /// See [`Self::Key`].
    fn key(&self) -> Self::Key;
    /// Whom or what it is about, for a person.
    fn about(&self) -> String;
    /// Who says it.
    fn authority(&self) -> Authority;
    /// The same row as another says it: with its authority and source.
    fn as_said_by(&self, other: &Self) -> Self;

    /// Takes over the row that is known where that is the same, said by somebody of more weight.
    fn adopt(&mut self, known: &Self) {
        if self.authority() < known.authority() && self.as_said_by(known) == *known {
            self.clone_from(known);
        }
    }

    /// Why a writer may not change or remove it.
    fn kept_from(&self, writer: Writer) -> Option<FaultCode> {
        let authority = self.authority();
        (!writer.may_write(authority)).then(|| authority.kept())
    }
}

/// A row of one of the lists.
pub trait Row: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What no other row of the list has.
    type Key: Ord;
    /// The list's name in evidence as JSON.
    const PART: &'static str;

    /// See [`Self::Key`].
    fn key(&self) -> Self::Key;
    /// Whom or what it is about, for a person.
    fn about(&self) -> String;
    /// The days of what must have happened, by field; of a month its first.
    fn past(&self) -> Past;
    /// The list.
    fn rows(evidence: &Evidence) -> &[Self];
    /// The list, to be changed.
    fn list(evidence: &mut Evidence) -> &mut Vec<Self>;

    /// Takes over what is known, where that is the same, said by somebody of more weight.
    fn adopt(&mut self, known: &Self);
    /// Why a writer may not remove it.
    fn kept_from(&self, writer: Writer) -> Option<FaultCode>;
    /// Who says it, where it counts by itself, and who says each of the rows within it.
    fn authorities(&mut self) -> (Option<&mut Authority>, Vec<&mut Authority>);
    /// Tells of everything between two states of the list that a writer may not do.
    fn breaches(before: &[Self], after: &[Self], writer: Writer, tell: &mut dyn FnMut(Breach));
}

/// Calls a generic function for the rows of every list, in the order in which rows need each other.
#[macro_export]
macro_rules! every_part {
    ($function:ident($($argument:expr),*)) => {{
        use $crate::evidence as e;
        $function::<e::Person>($($argument),*);
        $function::<e::Customer>($($argument),*);
        $function::<e::Usage>($($argument),*);
        $function::<e::Membership>($($argument),*);
        $function::<e::Offer>($($argument),*);
        $function::<e::Reference>($($argument),*);
        $function::<e::Audit>($($argument),*);
        $function::<e::Invitation>($($argument),*);
        $function::<e::Declaration>($($argument),*);
        $function::<e::Figure>($($argument),*);
        $function::<e::PastScore>($($argument),*);
    }};
}
