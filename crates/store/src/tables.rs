//! What the tables of a database are for this program, and what to do about it.

use std::fmt;

/// What the tables of a database are for this program. As text it says why that does not do, and
/// what lifts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Those of its version, or of a later one that lets earlier ones work beside it.
    Fit,
    /// Of an earlier version: these migrations are missing.
    Behind(Vec<String>),
    /// Of a later version, which takes a program that knows this migration.
    Ahead(String),
    /// These migrations are not among its own, and not later than them either: somebody else's.
    Strange(Vec<String>),
}

impl Tables {
    /// Whether the program can work with them.
    #[must_use]
    pub fn fit(&self) -> bool {
        *self == Self::Fit
    }
}

impl fmt::Display for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fit => f.write_str("The tables of the database are those of this version."),
            Self::Behind(missing) => write!(
                f,
                "The tables of the database are of an earlier version, without {}. Run \
                 `membership-server migrate` of this version, as the role that owns them.",
                missing.join(", ")
            ),
            Self::Ahead(needs) => write!(
                f,
                "The tables of the database are of a later version, which takes a \
                 membership-server that knows {needs}. Run one of that version or later."
            ),
            Self::Strange(unknown) => write!(
                f,
                "The tables of the database have {}, which this version does not know and no later \
                 one added. Run the membership-server that made them, or name another database.",
                unknown.join(", ")
            ),
        }
    }
}
