//! Sets of associations.

use crate::catalog::AssociationKind;

/// A set of associations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub const ALL: Self = Self(u8::MAX);

    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// These and the others.
    pub fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether one of these is among the others.
    pub fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// These without the others.
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Each of them, in their order.
    pub fn iter(self) -> impl Iterator<Item = AssociationKind> {
        let all = AssociationKind::ALL.into_iter();
        all.filter(move |kind| self.contains(*kind))
    }

    pub fn contains(self, kind: AssociationKind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    fn bit(kind: AssociationKind) -> u8 {
        1 << kind as u8
    }
}

impl FromIterator<AssociationKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = AssociationKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | Self::bit(kind)))
    }
}
