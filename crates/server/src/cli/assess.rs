//! `membership-server assess`: what an evidence file qualifies for, and why.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use membership_contract::text::en;
use membership_domain::evidence::check;
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};

use super::tree;
use crate::clock::Clock;
use crate::http::body::pointer;

/// What to assess.
#[derive(Debug, Args)]
pub struct Options {
    /// Evidence file (JSON); see docs/EVIDENCE.md
    #[arg(long)]
    evidence: PathBuf,
    /// Catalog folder to use instead of the built-in catalog
    #[arg(long)]
    catalog: Option<PathBuf>,
    /// Assess only this program, by its ID in the catalog
    #[arg(long)]
    program: Option<String>,
    /// Day to assess, as 2023-10-01 [default: today]
    #[arg(long)]
    day: Option<NaiveDate>,
    /// What is counted: everything in the file, or what a decision counts of it
    #[arg(long, value_enum, default_value_t = Counted::Entered)]
    basis: Counted,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Which rows are counted.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Counted {
    Entered,
    Decision,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    print!("{}", assessed(options)?);
    Ok(())
}

fn assessed(options: &Options) -> anyhow::Result<String> {
    let catalog = super::catalog::load(options.catalog.as_deref())?;
    let evidence = read(&options.evidence, &catalog)?;
    let day = options
        .day
        .unwrap_or_else(|| Clock::system().now().date_naive());
    let assessment = assess(
        &catalog,
        &evidence,
        match options.basis {
            Counted::Entered => Basis::Entered,
            Counted::Decision => Basis::Decision,
        },
        day,
        &Hypothesis::default(),
    );
    let Some(id) = &options.program else {
        if options.json {
            return Ok(serde_json::to_string_pretty(&assessment)? + "\n");
        }
        return Ok(tree::all(&catalog, &assessment));
    };
    let Some(program) = assessment.program(id) else {
        let ids: Vec<_> = catalog
            .programs
            .iter()
            .map(|program| program.id.as_str())
            .collect();
        bail!(
            "--program {id}: unknown program. The catalog has {}.",
            ids.join(", ")
        );
    };
    if options.json {
        return Ok(serde_json::to_string_pretty(program)? + "\n");
    }
    Ok(tree::one(&catalog, &assessment, program))
}

/// Reads an evidence file, and refuses one that cannot be used.
pub(super) fn read(path: &Path, catalog: &Catalog) -> anyhow::Result<Evidence> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("--evidence {name}"))?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let evidence: Evidence = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let at = pointer(error.path());
        let at = if at.is_empty() {
            String::new()
        } else {
            format!("{at}: ")
        };
        anyhow::anyhow!("{name}: {at}{}", error.inner())
    })?;
    json.end()
        .with_context(|| format!("{name}: after the evidence"))?;
    let given = serde_json::from_str(&text).with_context(|| format!("--evidence {name}"))?;
    if let Some(at) = membership_import::list_for_object(&given, &evidence) {
        bail!("{name}: {at}: must be an object with names, not a list of values");
    }
    let faults = check(&evidence, catalog);
    if !faults.is_empty() {
        let lines = faults
            .iter()
            .map(|f| format!("\n  {}: {}", f.pointer, en::evidence_fault(f)));
        bail!("{name} can't be used:{}", lines.collect::<String>());
    }
    Ok(evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Outcome;

    fn options(evidence: &Path) -> Options {
        Options {
            evidence: evidence.to_owned(),
            catalog: None,
            program: None,
            day: NaiveDate::from_ymd_opt(2023, 11, 15),
            basis: Counted::Entered,
            json: false,
        }
    }

    #[test]
    fn a_file_is_assessed_for_people_and_for_programs() -> Outcome {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/contoso.json");
        let text = assessed(&options(&file))?;
        for part in [
            "61 of 70 points",
            "track: Small and medium business",
            "Priya Raman, MS-102: ",
            "Jonas Weber",
            "scores/modern-work.toml of 2022-10-03",
        ] {
            assert!(text.contains(part), "{part}");
        }
        let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
        for program in &catalog.programs {
            assert!(text.contains(&program.name), "{}", program.name);
            let only = Options {
                program: Some(program.id.clone()),
                ..options(&file)
            };
            assert!(assessed(&only)?.contains(&program.name));
        }
        let json = assessed(&Options {
            json: true,
            ..options(&file)
        })?;
        let parsed: membership_domain::Assessment = serde_json::from_str(&json)?;
        assert_eq!(parsed.programs.len(), catalog.programs.len());
        let unknown = Options {
            program: Some("nothing".to_owned()),
            ..options(&file)
        };
        assert!(
            assessed(&unknown).is_err_and(|error| error.to_string().contains("--program nothing"))
        );
        Ok(())
    }

    #[test]
    fn a_broken_file_is_refused_with_its_place() -> Outcome {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("evidence.json");
        for (text, place) in [
            ("", "line 1"),
            ("{\n\"people\": 7}", "/people"),
            (r#"{"people": [{"id": "a", "name": 7}]}"#, "/people/0/name"),
            (r#"{"people": [{"id": "a", "name": ""}]}"#, "/people/0/name"),
            (
                r#"{"memberships": [{"program": "x", "started_on": "2023-01-01"}]}"#,
                "/memberships/0/program",
            ),
            ("{} {}", "after the evidence"),
        ] {
            std::fs::write(&file, text)?;
            let refusal = assessed(&options(&file))
                .map(|_| ())
                .map_err(|error| format!("{error:#}"));
            let refusal = refusal.err().ok_or("a broken file was assessed")?;
            assert!(
                refusal.contains(place) && refusal.contains("evidence.json"),
                "{refusal}"
            );
        }
        let nowhere = assessed(&options(Path::new("nowhere.json")));
        assert!(nowhere.is_err_and(|error| error.to_string().contains("nowhere.json")));
        Ok(())
    }

    #[test]
    fn a_decision_counts_less_than_what_is_entered() -> Outcome {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/contoso.json");
        let entered = assessed(&options(&file))?;
        assert!(entered.contains("with everything entered") && entered.contains("61 of 70"));
        let decision = assessed(&Options {
            basis: Counted::Decision,
            ..options(&file)
        })?;
        assert!(decision.contains("with what decisions count"), "{decision}");
        assert!(decision.contains("56.5 of 70 points"), "{decision}");
        Ok(())
    }
}
