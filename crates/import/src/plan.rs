//! What a file would change, line by line, and the evidence that comes of it.

use membership_domain::{Catalog, Evidence, sort};
use serde::{Deserialize, Serialize};

use crate::cells::Cells;
use crate::difference::Difference;
use crate::fault::{FileFault, Problem};
use crate::kind::Kind;
use crate::settings::{Question, Settings};
use crate::table::{Row, Table};

/// The result of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportOutcome))]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// It is new.
    Added,
    /// It replaces what was known.
    Changed,
    /// It is taken away.
    Removed,
    /// It is known already.
    Unchanged,
    /// It is left out, because it says again what another line says.
    Repeated {
        /// Which one.
        line: u64,
    },
    /// It is left out, because something later is known.
    Older,
    /// It is left out, because it is about an exam or a course, and certificates have lines of
    /// their own.
    NoCertificate,
    /// It is left out, because the certificate does not hold: it was revoked or is not active.
    NotActive,
    /// It is left out, because it belongs to the organization itself.
    Own,
}

/// A line that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportLine))]
pub struct Line {
    /// The line in the file, from 1.
    pub line: u64,
    /// Its result.
    pub outcome: LineOutcome,
    /// The person or thing it is about.
    pub about: String,
    /// What it changes of a row that is known: the first fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Difference>,
}

/// The result of a row of a table, before it is known on which line.
pub(crate) struct Taken {
    pub outcome: LineOutcome,
    pub about: String,
    pub changes: Vec<Difference>,
}

impl Taken {
    /// A row that changes nothing that is known.
    pub fn of(outcome: LineOutcome, about: String) -> Self {
        Self {
            outcome,
            about,
            changes: Vec::new(),
        }
    }
}

/// How many lines come to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportCounts))]
pub struct Counts {
    /// New ones.
    pub added: u64,
    /// Those that replace something.
    pub changed: u64,
    /// Those that are taken away.
    #[serde(default)]
    pub removed: u64,
    /// Those that are known already.
    pub unchanged: u64,
    /// Those that are left out.
    pub left: u64,
    /// Those that are refused.
    pub refused: u64,
}

/// What a file would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What sort of export it is.
    pub kind: Kind,
    /// What must be answered first; nothing else is known until then.
    pub questions: Vec<Question>,
    /// The lines that can be used, in the order of the file.
    pub lines: Vec<Line>,
    /// The lines that are refused, in the order of the file.
    pub problems: Vec<Problem>,
    /// The evidence with everything that can be used; as it was where something must be answered.
    pub evidence: Evidence,
}

impl Plan {
    /// How many lines come to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            refused: self.problems.len() as u64,
            ..Counts::default()
        };
        for line in &self.lines {
            *match line.outcome {
                LineOutcome::Added => &mut counts.added,
                LineOutcome::Changed => &mut counts.changed,
                LineOutcome::Removed => &mut counts.removed,
                LineOutcome::Unchanged => &mut counts.unchanged,
                LineOutcome::Repeated { .. }
                | LineOutcome::Older
                | LineOutcome::NoCertificate
                | LineOutcome::NotActive
                | LineOutcome::Own => &mut counts.left,
            } += 1;
        }
        counts
    }

    /// Whether it would change anything.
    #[must_use]
    pub fn changes_something(&self) -> bool {
        let counts = self.counts();
        counts.added + counts.changed + counts.removed > 0
    }
}

/// What an import is made from.
pub(crate) struct Given<'a> {
    pub table: &'a Table,
    /// The file's name.
    pub name: &'a str,
    pub settings: Settings,
    pub catalog: &'a Catalog,
    pub evidence: &'a Evidence,
    pub progress: Progress<'a>,
}

/// Is told now and then how many rows of how many are read, and says whether to go on.
pub type Progress<'a> = &'a dyn Fn(usize, usize) -> bool;

/// So many rows are read between two words about it.
pub(crate) const STRIDE: usize = 1000;

impl Given<'_> {
    /// A plan of this kind in which no line was read yet.
    pub fn plan(&self, kind: Kind, questions: Vec<Question>) -> Plan {
        Plan {
            kind,
            questions,
            lines: Vec::new(),
            problems: Vec::new(),
            evidence: self.evidence.clone(),
        }
    }
}

impl Plan {
    /// Takes one row after the other, those of the lowest rank first, unless something must be
    /// answered before.
    ///
    /// # Errors
    /// [`FileFault::Stopped`].
    pub(crate) fn take(
        &mut self,
        given: &Given<'_>,
        settings: Settings,
        rank: &dyn Fn(&Row) -> u8,
        mut take: impl FnMut(&Cells<'_>) -> Result<Taken, Box<Problem>>,
    ) -> Result<(), FileFault> {
        if !self.questions.is_empty() {
            return Ok(());
        }
        let table = given.table;
        let mut rows: Vec<&Row> = table.rows.iter().collect();
        sort::sort_by_key(&mut rows, |row| rank(row));
        let all = rows.len();
        for (done, row) in rows.into_iter().enumerate() {
            if done % STRIDE == 0 && !(given.progress)(done, all) {
                return Err(FileFault::Stopped);
            }
            match take(&Cells::of(table, settings, row)) {
                Ok(taken) => self.lines.push(Line {
                    line: row.line,
                    outcome: taken.outcome,
                    about: taken.about,
                    changes: taken.changes,
                }),
                Err(problem) => self.problems.push(*problem),
            }
        }
        sort::sort_by_key(&mut self.lines, |line| line.line);
        Ok(())
    }
}
