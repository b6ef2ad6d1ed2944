//! Buying, simulated more often than beside the other tests, and its books before hledger.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::context::Context;
use super::counts::Counts;
use crate::memory;
use crate::process::{self, say};
use crate::tools::hledger;

/// So many seeds unless `MEMBERSHIP_SEEDS` says otherwise.
const SEEDS: &str = "2000";

/// Plays the seeds, and counts beside them what hledger says of all their books, and of the same
/// books with a cent too much.
pub fn run(context: &mut Context) -> Result<Counts> {
    let folder = context.root.join("target/xtask/simulation");
    let journal = folder.join("books.journal");
    std::fs::create_dir_all(&folder)?;
    // What an earlier run left would be added to.
    if journal.exists() {
        std::fs::remove_file(&journal)?;
    }
    let seeds = std::env::var("MEMBERSHIP_SEEDS").unwrap_or_else(|_| SEEDS.into());
    let built = context.built()?;
    let server = built.iter().find(|one| one.is_lib_of("crates/server"));
    let server = server.context("the server has no tests")?;
    let mut test = Command::new(&server.file);
    memory::used(&mut test)
        .current_dir(&server.folder)
        .arg("simulation::whatever_breaks")
        .env_remove("TEST_DATABASE_URL")
        .env("MEMBERSHIP_SEEDS", &seeds)
        .env("MEMBERSHIP_JOURNAL", &journal);
    let mut counts = Counts::default();
    let well = process::seen(&mut test, |line| counts.read_libtest(line))?;
    counts = counts.ended(well);

    let judge = context.steps(1)?.step("hledger", hledger::ensure);
    let judge = match judge {
        Ok(judge) => judge,
        Err(error) => {
            counts.add(&Counts::not_run(""));
            counts
                .notes
                .push(format!("hledger could not look: {error:#}"));
            return Ok(counts);
        }
    };
    let books = std::fs::read_to_string(&journal)
        .with_context(|| format!("cannot read {}", journal.display()))?;
    let planted = folder.join("planted.journal");
    std::fs::write(&planted, plant(&books)?)?;
    let right = is_clean(&judge, &journal);
    let found = !is_clean(&judge, &planted);
    if !right {
        say("hledger finds faults in the books of the simulation");
    }
    if !found {
        say("hledger does not find a cent too much");
    }
    counts.add(&Counts::check(right));
    counts.add(&Counts::check(found));
    let entries = books.lines().filter(|line| starts_entry(line)).count();
    counts
        .notes
        .push(format!("{seeds} seeds, {entries} entries of their books"));
    Ok(counts)
}

/// `2023-08-14 receipt:...`.
fn starts_entry(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit())
}

/// The books with another digit at the end of an amount.
fn plant(books: &str) -> Result<String> {
    let line = books.lines().find(|line| line.starts_with("    "));
    let line = line.context("the books have no amount")?;
    let (before, currency) = line.rsplit_once(' ').context("a line has an amount")?;
    let digit = before.chars().next_back().unwrap_or_default();
    ensure!(digit.is_ascii_digit(), "an amount ends with {digit:?}");
    let other = if digit == '9' { '8' } else { '9' };
    let planted = format!(
        "{}{other} {currency}",
        before.strip_suffix(digit).unwrap_or(before)
    );
    Ok(books.replacen(line, &planted, 1))
}

/// Whether hledger finds nothing wrong with a journal.
pub fn is_clean(judge: &Path, journal: &Path) -> bool {
    let mut check = Command::new(judge);
    check.arg("--file").arg(journal).args(["check", "--strict"]);
    process::output(&mut check).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cent_is_planted_into_the_first_entry() -> Result<()> {
        let books = "commodity 1000.00 EUR\n\n2023-08-14 a\n    x  4.51 EUR\n    y  -4.51 EUR\n\n";
        let planted = plant(books)?;
        assert_eq!(planted, books.replacen("4.51 EUR", "4.59 EUR", 1));
        assert_eq!(books.lines().filter(|line| starts_entry(line)).count(), 1);
        assert!(plant("").is_err());
        Ok(())
    }
}
