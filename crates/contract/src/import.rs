//! Imports of exports: what a file would change, or did.

use chrono::{DateTime, Utc};
use membership_domain::id::ImportId;
use membership_domain::sort;
use membership_import::{Counts, Kind, Line, LineOutcome, Plan, Problem, Question, Reason};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use crate::csv;
use crate::text::en;

/// The most lines and refusals that a report lists; its counts are of all.
pub const MOST: usize = 100;

/// What a file would change, or has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// What sort of export it is.
    pub kind: Kind,
    /// Whether it was imported: then everything that is not refused is part of the evidence.
    pub imported: bool,
    /// What must be answered first, as `dates` or `decimals`.
    pub questions: Vec<Question>,
    /// How many lines come to what.
    pub counts: Counts,
    /// The lines that can be used, at most a hundred: first those that change what is known.
    pub lines: Vec<Line>,
    /// The lines that are refused, at most a hundred.
    pub refused: Vec<Refused>,
}

/// An import that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ImportId,
    /// The file's name.
    pub name: String,
    /// What sort of file it was.
    pub kind: Kind,
    /// How many lines came to what.
    pub counts: Counts,
    /// The name of the person who imported it.
    pub imported_by: String,
    /// By the server's clock.
    pub imported_at: DateTime<Utc>,
    /// Who undid it, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Undone>,
    /// Why it isn't for who asks to undo, where it wrote rows that are not theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

/// That an import was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportUndone))]
pub struct Undone {
    /// The name of the person who undid it.
    pub by: String,
    /// By the server's clock.
    pub at: DateTime<Utc>,
}

/// A refused line with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportRefusedLine))]
pub struct Refused {
    /// The line in the file, from 1.
    pub line: u64,
    /// The column's name in the file, where it is about one; in JSON, the place as a pointer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stands there, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Why, as data: for other programs. Pages say the sentence, and are a hundredth smaller
    /// without a reader for this.
    #[serde(deserialize_with = "passed_over")]
    #[cfg_attr(feature = "openapi", schema(required, nullable = false, value_type = Reason))]
    pub reason: Option<Reason>,
    /// Why, as a sentence.
    pub detail: String,
}

fn passed_over<'de, D: Deserializer<'de>, T>(deserializer: D) -> Result<Option<T>, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| None)
}

impl Refused {
    fn of(problem: &Problem) -> Self {
        Self {
            line: problem.line,
            column: problem.column.clone(),
            value: problem.value.clone(),
            reason: Some(problem.reason.clone()),
            detail: en::line_refused(problem),
        }
    }
}

impl ImportReport {
    /// The report of a plan that was carried out, or was not.
    #[must_use]
    pub fn of(plan: &Plan, imported: bool) -> Self {
        let refused = plan.problems.iter().take(MOST).map(Refused::of);
        let mut lines: Vec<&Line> = plan.lines.iter().collect();
        sort::sort_by_key(&mut lines, |line| rank(line.outcome));
        Self {
            kind: plan.kind,
            imported,
            questions: plan.questions.clone(),
            counts: plan.counts(),
            lines: lines.into_iter().take(MOST).cloned().collect(),
            refused: refused.collect(),
        }
    }
}

/// What somebody should see comes first: what would be lost, then what would be new.
fn rank(outcome: LineOutcome) -> u8 {
    match outcome {
        LineOutcome::Changed | LineOutcome::Removed => 0,
        LineOutcome::Added => 1,
        LineOutcome::Older
        | LineOutcome::NoCertificate
        | LineOutcome::NotActive
        | LineOutcome::Own => 2,
        LineOutcome::Unchanged | LineOutcome::Repeated { .. } => 3,
    }
}

/// All lines that can be used as a table for a spreadsheet, as they stand in the file.
#[must_use]
pub fn used_csv(plan: &Plan) -> String {
    let rows = plan.lines.iter().map(|line| {
        let becomes = en::line_outcome(line);
        vec![line.line.to_string(), line.about.clone(), becomes]
    });
    csv::table(&["Line", "About", "Outcome"], rows)
}

/// All refused lines as a table for a spreadsheet.
#[must_use]
pub fn refused_csv(plan: &Plan) -> String {
    let rows = plan.problems.iter().map(|problem| {
        vec![
            problem.line.to_string(),
            problem.column.clone().unwrap_or_default(),
            problem.value.clone(),
            en::line_refused(problem),
        ]
    });
    let place = match plan.kind {
        Kind::Evidence => "Place",
        Kind::Certificates | Kind::Usage => "Column",
    };
    csv::table(&["Line", place, "Value", "Reason"], rows)
}
