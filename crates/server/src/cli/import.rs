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
    /// The program owner says what is in the file: rows of tables are confirmed unless they say
    /// otherwise, and evidence as JSON may say it row by row
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
mod tests {
    use super::*;
    use crate::testing::Outcome;

    fn options(folder: &Path, text: &str) -> std::io::Result<Options> {
        let file = folder.join("export.csv");
        fs::write(&file, text)?;
        Ok(Options {
            file,
            evidence: None,
            catalog: None,
            dates: None,
            decimals: None,
            similar_names: None,
            confirmed: false,
            output: Some(folder.join("evidence.json")),
            refused: Some(folder.join("refused.csv")),
        })
    }

    #[test]
    fn an_export_becomes_evidence_and_its_faults_a_file() -> Outcome {
        let folder = tempfile::tempdir()?;
        let text = "Certificate,Name,Email,CompletedOn\n\
                    AZ-104,Ada Berg,ada@contoso.example,31/05/2023\n\
                    =1+1,Ada Berg,ada@contoso.example,31/05/2023\n\
                    zebra,\"Berg, Ada\",ada@contoso.example,01/02/2023\n";
        let options = options(folder.path(), text)?;
        let said = imported(&options)?;
        assert!(said.contains("1 added, 0 changed"), "{said}");
        assert!(
            said.contains("line 4, Certificate: The catalog has no"),
            "{said}"
        );
        let refused = fs::read_to_string(folder.path().join("refused.csv"))?;
        assert!(
            refused.contains("3,Certificate,'=1+1,Must not begin like"),
            "{refused}"
        );

        let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
        let output = folder.path().join("evidence.json");
        let evidence = assess::read(&output, &catalog)?;
        assert_eq!(
            evidence.people[0].certificates[0].certificate.as_str(),
            "az-104"
        );
        let again = Options {
            evidence: Some(output),
            output: None,
            ..options
        };
        let said = imported(&again)?;
        assert!(said.contains("0 added, 0 changed, 1 unchanged"), "{said}");
        assert!(said.contains("Nothing was written"), "{said}");
        Ok(())
    }

    #[test]
    fn what_is_open_is_asked_and_nothing_is_written() -> Outcome {
        let folder = tempfile::tempdir()?;
        let text = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,a@contoso.example,01/02/2023\n";
        let mut options = options(folder.path(), text)?;
        let asked = imported(&options)
            .err()
            .ok_or("it was guessed")?
            .to_string();
        assert!(asked.contains("01/02/2023 in CompletedOn"), "{asked}");
        assert!(!folder.path().join("evidence.json").exists());
        options.dates = Some(Order::MonthFirst);
        imported(&options)?;
        let written = fs::read_to_string(folder.path().join("evidence.json"))?;
        assert!(written.contains("2023-01-02"), "{written}");
        Ok(())
    }

    #[test]
    fn what_has_not_happened_yet_is_refused() -> Outcome {
        let folder = tempfile::tempdir()?;
        let text = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,a@contoso.example,2099-01-31\n";
        let said = imported(&options(folder.path(), text)?)?;
        assert!(said.contains("in the future"), "{said}");
        Ok(())
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() -> Outcome {
        let folder = tempfile::tempdir()?;
        let options = options(folder.path(), "")?;
        // It has no bytes on the disk, and as many as a disk may have.
        fs::File::create(&options.file)?.set_len(1 << 40)?;
        let refused = imported(&options).err().ok_or("it was read")?.to_string();
        assert!(refused.contains("larger than 32 MB"), "{refused}");
        Ok(())
    }

    #[test]
    fn what_is_changed_is_told_and_how_many_lines_are_not_listed() -> Outcome {
        let folder = tempfile::tempdir()?;
        let row = |person: u8, day: &str| {
            format!("AZ-104,Ada {person},p{person}@contoso.example,{day}\n")
        };
        let all = |day: &str| -> String { (0..30).map(|person| row(person, day)).collect() };
        let header = "Certificate,Name,Email,CompletedOn\n";
        let options = options(folder.path(), &format!("{header}{}", all("2023-05-31")))?;
        imported(&options)?;
        let whole = folder.path().join("evidence.json");
        let (another_name, before) = (folder.path().join("linked"), fs::read_to_string(&whole)?);
        fs::hard_link(&whole, &another_name)?;
        let (renewed, wrong) = (all("2023-10-31"), all("2023-02-30"));
        fs::write(&options.file, format!("{header}{renewed}{wrong}"))?;
        let known = options.output.clone();
        let said = imported(&Options {
            evidence: known,
            ..options
        })?;
        for line in [
            "The first 20 of 30 changed lines:",
            "  line 2: changes Ada 0, AZ-104: completed 2023-05-31 \u{2192} 2023-10-31",
            "The first 20 of 30 refused lines:",
        ] {
            assert!(said.lines().any(|one| one == line), "{line} in {said}");
        }
        let names = fs::read_dir(folder.path())?;
        assert_eq!(names.count(), 4, "nothing is left beside what was written");
        assert_ne!(fs::read_to_string(&whole)?, before);
        let kept = fs::read_to_string(&another_name)?;
        assert_eq!(kept, before, "it was replaced, and not written over");
        Ok(())
    }

    #[test]
    fn the_program_owner_confirms_and_a_partner_then_changes_nothing() -> Outcome {
        let folder = tempfile::tempdir()?;
        let header = "Certificate,Name,Email,CompletedOn,ExpiresOn\n";
        let row = "AZ-104,Ada Berg,ada@contoso.example,2023-05-31";
        let claimed = options(folder.path(), &format!("{header}{row},2024-05-31\n"))?;
        imported(&claimed)?;
        let evidence = folder.path().join("evidence.json");
        assert!(!fs::read_to_string(&evidence)?.contains("confirmed"));
        let confirmed = Options {
            evidence: Some(evidence.clone()),
            confirmed: true,
            ..options(folder.path(), &format!("{header}{row},2024-05-31\n"))?
        };
        let said = imported(&confirmed)?;
        assert!(said.contains("1 changed"), "{said}");
        assert!(fs::read_to_string(&evidence)?.contains("\"authority\": \"confirmed\""));
        let again = Options {
            evidence: Some(evidence.clone()),
            ..options(folder.path(), &format!("{header}{row},2030-05-31\n"))?
        };
        let said = imported(&again)?;
        assert!(
            said.contains("line 2, CompletedOn: The program owner confirmed this"),
            "{said}"
        );
        assert!(!fs::read_to_string(&evidence)?.contains("2030"));
        Ok(())
    }
}
