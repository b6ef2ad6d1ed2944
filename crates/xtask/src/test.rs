//! `cargo xtask test`: every check and test there is, and one line that sums them up.

mod api;
mod arrows;
mod bills;
mod budget;
mod built;
mod circles;
mod clippy;
mod context;
mod counts;
mod deny;
mod hosting;
mod native;
mod playwright;
mod simulation;
mod store;
mod stripe;
mod vectors;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::args::Selection;
use crate::process::{self, say};
use crate::steps::human;
use crate::workspace;
use context::Context;
use counts::Counts;

/// One part of the tests.
struct Part {
    name: &'static str,
    about: &'static str,
    run: fn(&mut Context) -> Result<Counts>,
}

/// In the order in which they run: what fails quickly comes first.
const PARTS: [Part; 16] = [
    Part {
        name: "fmt",
        about: "the code is formatted",
        run: fmt,
    },
    Part {
        name: "arrows",
        about: "crates depend inward only, modules in no circle",
        run: arrows::run,
    },
    Part {
        name: "deny",
        about: "licenses and sources of what is built in",
        run: deny::run,
    },
    Part {
        name: "clippy",
        about: "no warning in native code",
        run: clippy::native,
    },
    Part {
        name: "clippy-web",
        about: "no warning in the web app for wasm32",
        run: clippy::web,
    },
    Part {
        name: "native",
        about: "tests of all native crates",
        run: native::crates,
    },
    Part {
        name: "web",
        about: "unit tests of the web app",
        run: native::web,
    },
    Part {
        name: "store",
        about: "store and server on PostgreSQL",
        run: store::run,
    },
    Part {
        name: "simulation",
        about: "buying with everything that breaks, 2,000 times, and the books",
        run: simulation::run,
    },
    Part {
        name: "vectors",
        about: "worked examples, natively and in WASM",
        run: vectors::run,
    },
    Part {
        name: "budget",
        about: "the release build and its size",
        run: budget::run,
    },
    Part {
        name: "api",
        about: "the API against its own description, every role",
        run: api::run,
    },
    Part {
        name: "bills",
        about: "e-invoices of random bills against the rules of EN 16931",
        run: bills::run,
    },
    Part {
        name: "stripe",
        about: "payments at Stripe against its own client and localstripe",
        run: stripe::run,
    },
    Part {
        name: "playwright",
        about: "end to end in Chromium",
        run: playwright::run,
    },
    Part {
        name: "hosting",
        about: "pages on nginx and Caddy, at the root and below a path, the API elsewhere",
        run: hosting::run,
    },
];

/// The parts' names, for the command line.
pub const PART_NAMES: [&str; PARTS.len()] = {
    let mut names = [""; PARTS.len()];
    let mut at = 0;
    while at < PARTS.len() {
        names[at] = PARTS[at].name;
        at += 1;
    }
    names
};

/// Whether this is continuous integration, where nothing may be left out.
pub fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false")
}

/// Runs the selected parts, all of them even when one fails.
pub fn run(selection: &Selection) -> Result<ExitCode> {
    let mut context = Context::new(workspace::root()?);
    let chosen = |part: &&Part| {
        let named = |list: &[String]| list.iter().any(|name| name == part.name);
        (selection.only.is_empty() || named(&selection.only)) && !named(&selection.skip)
    };
    let mut total = Counts::default();
    let mut lines = Vec::new();
    for part in PARTS.iter().filter(chosen) {
        say(&format!("\n── {}: {}", part.name, part.about));
        let started = Instant::now();
        let counts = (part.run)(&mut context).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Counts::failure("could not be run; see above")
        });
        let time = human(started.elapsed());
        say(&format!("── {}: {} ({time})", part.name, counts.sentence()));
        lines.push(format!(
            "{:<11} {:<40} {time}",
            part.name,
            counts.sentence()
        ));
        lines.extend(counts.notes.iter().map(|note| format!("{:<11} {note}", "")));
        total.add(&counts);
    }
    say(&format!("\n{}\n", lines.join("\n")));
    say(&format!("{} passed, {} failed", total.passed, total.failed));
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn fmt(context: &mut Context) -> Result<Counts> {
    let mut fmt = workspace::cargo(&context.root);
    fmt.args(["fmt", "--all", "--check"]);
    Ok(Counts::check(process::seen(&mut fmt, |_| ())?))
}
