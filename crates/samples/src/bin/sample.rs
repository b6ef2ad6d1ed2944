//! Writes sample exports: `cargo xtask sample`.

use std::path::PathBuf;
use std::process::ExitCode;

use membership_samples::Sample;

const USAGE: &str = "sample [--people N] [--customers N] [--months N] [--seed N] [--faults] \
    [FOLDER]: writes evidence.json, certificates.csv and usage.csv";

const MILLION: u64 = 1_000_000;

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("error: {refusal}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let mut sample = Sample {
        people: 500,
        customers: 100,
        months: 25,
        seed: 1,
        faults: false,
    };
    let mut folder = PathBuf::from("sample");
    while let Some(argument) = arguments.next() {
        let mut number = |most: u64| -> Result<u64, String> {
            let value = arguments.next().unwrap_or_default();
            let number = value
                .parse()
                .map_err(|_| format!("{argument} {value}: not a number"))?;
            if number > most {
                return Err(format!("{argument} {value}: at most {most}"));
            }
            Ok(number)
        };
        match argument.as_str() {
            "--people" => sample.people = number(MILLION)?,
            "--customers" => sample.customers = number(MILLION)?,
            "--months" => {
                sample.months = u32::try_from(number(120)?).map_err(|error| error.to_string())?;
            }
            "--seed" => sample.seed = number(MILLION)?,
            "--faults" => sample.faults = true,
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}"));
            }
            path => folder = PathBuf::from(path),
        }
    }
    let catalog = membership_catalog::builtin()
        .map_err(|faults| format!("the built-in catalog: {faults:?}"))?;
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let evidence = sample.evidence().map_err(|error| error.to_string())?;
    let files = [
        ("evidence.json", evidence),
        ("certificates.csv", sample.certificates(&catalog)),
        ("usage.csv", sample.usage()),
    ];
    let mut said = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        said.push(format!(
            "{}: {} lines",
            path.display(),
            text.lines().count()
        ));
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(said.join("\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn more_than_there_can_be_is_refused() {
        for (arguments, refusal) in [
            (["--months", "121"], "--months 121: at most 120"),
            (["--people", "1000001"], "--people 1000001: at most 1000000"),
        ] {
            let said = super::run(arguments.into_iter().map(str::to_owned));
            assert_eq!(said, Err(refusal.to_owned()));
        }
    }
}
