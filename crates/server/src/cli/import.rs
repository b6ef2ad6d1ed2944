//! `membership-server import`: what an export would change in an evidence file, and doing so.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use membership_contract::import::refused_csv;
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::Writer;
use membership_import::{
    DateOrder, DecimalMark, FileFault, LARGEST, LineOutcome, Plan, Settings, SimilarNames, read,
};

use super::assess;
use crate::clock::Clock;

/// Lines that a terminal shows; `--refused` writes all that are refused.
const SHOWN: usize = 20;

/// What to read, and where to.
#[derive(Debug, Args)]
pub struct Options {
    /// File to import: CSV, TSV, or an evidence file (JSON); see docs/EVIDENCE.md
    #[arg(long)]
    file: PathBuf,
    /// Existing evidence file (JSON) [default: none]
    #[arg(long)]
    evidence: Option<PathBuf>,
    /// Catalog folder to use instead of the built-in catalog
    #[arg(long)]
    catalog: Option<PathBuf>,
    /// Which number of 03/04/2023 comes first
    #[arg(long)]
    dates: Option<Order>,
    /// Which mark separates decimals
    #[arg(long)]
    decimals: Option<Mark>,
    /// Whether customers without an ID whose names are similar are different customers
    #[arg(long)]
    similar_names: Option<Similar>,
    /// The program owner says what is in the file: rows are confirmed unless they say otherwise
    /// themselves (`Authority` in a table, `authority` in evidence as JSON)
    #[arg(long)]
    confirmed: bool,
    /// Evidence file to write with the changes [default: nothing is written]
    #[arg(long)]
    output: Option<PathBuf>,
    /// CSV file to write with the refused lines
    #[arg(long)]
    refused: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    DayFirst,
    MonthFirst,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Similar {
    Different,
    Refused,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mark {
    Point,
    Comma,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    print!("{}", imported(options)?);
    Ok(())
}

fn imported(options: &Options) -> anyhow::Result<String> {
    let catalog = super::catalog::load(options.catalog.as_deref())?;
    let evidence = match &options.evidence {
        Some(path) => assess::read(path, &catalog)?,
        None => Evidence::default(),
    };
    let name = options.file.display();
    let told = || format!("--file {name}");
    if fs::metadata(&options.file).with_context(told)?.len() > LARGEST as u64 {
        let fault = FileFault::TooLarge { most: LARGEST };
        bail!("{name}: {}", en::file_fault(&fault));
    }
    let bytes = fs::read(&options.file).with_context(told)?;
    let settings = Settings {
        dates: options.dates.map(|order| match order {
            Order::DayFirst => DateOrder::DayFirst,
            Order::MonthFirst => DateOrder::MonthFirst,
        }),
        decimals: options.decimals.map(|mark| match mark {
            Mark::Point => DecimalMark::Point,
            Mark::Comma => DecimalMark::Comma,
        }),
        similar_names: options.similar_names.map(|similar| match similar {
            Similar::Different => SimilarNames::Different,
            Similar::Refused => SimilarNames::Refused,
        }),
        rows: None,
        today: Some(Clock::system().now().date_naive()),
        writer: match options.confirmed {
            true => Writer::Confirming,
            false => Writer::Partner,
        },
    };
    let source = options.file.file_name().unwrap_or_default();
    let plan = read(
        &bytes,
        &source.to_string_lossy(),
        settings,
        &catalog,
        &evidence,
        &|_, _| true,
    )
    .map_err(|fault| anyhow::anyhow!("{name}: {}", en::file_fault(&fault)))?;
    if !plan.questions.is_empty() {
        let asked: Vec<String> = plan.questions.iter().map(en::question).collect();
        bail!(
            "{name}: {} Answer with --dates day-first or month-first, --decimals point or comma, \
             --similar-names different or refused.",
            asked.join(" ")
        );
    }
    if let Some(path) = &options.refused {
        write(path, &refused_csv(&plan))?;
    }
    let mut said = report(&plan);
    if let Some(path) = &options.output {
        write(
            path,
            &(serde_json::to_string_pretty(&plan.evidence)? + "\n"),
        )?;
        writeln!(said, "Written to {}.", path.display())?;
    } else {
        said.push_str("Nothing was written. Use --output FILE to write the evidence.\n");
    }
    Ok(said)
}

/// Writes a file whole or not at all: what was there stays until all of the new one is written.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let told = || format!("cannot write {}", path.display());
    let is_other = fs::metadata(path).is_ok_and(|known| !known.is_file());
    let (true, Some(name)) = (!is_other, path.file_name()) else {
        // A pipe, or a device.
        return fs::write(path, text).with_context(told);
    };
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Nothing of it stays; that it could not be written is told, whatever becomes of this.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(told)
}

fn report(plan: &Plan) -> String {
    let counts = plan.counts();
    let mut lines = vec![format!(
        "{} added, {} changed, {} unchanged, {} left out, {} refused",
        counts.added, counts.changed, counts.unchanged, counts.left, counts.refused
    )];
    let changed = (plan.lines.iter()).filter(|line| line.outcome == LineOutcome::Changed);
    lines.extend(first("changed", changed.clone().count()));
    for line in changed.take(SHOWN) {
        let (about, changes) = (&line.about, en::line_changes(line));
        lines.push(format!("  line {}: changes {about}: {changes}", line.line));
    }
    lines.extend(first("refused", plan.problems.len()));
    for problem in plan.problems.iter().take(SHOWN) {
        let column = problem.column.as_ref().map(|name| format!(", {name}"));
        lines.push(format!(
            "  line {}{}: {}",
            problem.line,
            column.unwrap_or_default(),
            en::line_refused(problem)
        ));
    }
    if plan.problems.len() > SHOWN {
        lines.push("Use --refused FILE to write all refused lines.".to_owned());
    }
    lines.join("\n") + "\n"
}

/// That not all lines are listed, where it is so.
fn first(which: &str, all: usize) -> Option<String> {
    (all > SHOWN).then(|| format!("The first {SHOWN} of {all} {which} lines:"))
}

#[cfg(test)]
mod tests;
