//! `cargo xtask serve`: from whatever the machine has to a running workspace.

mod preflight;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::args::Serve;
use crate::process::say;
use crate::steps::{Step, Steps};
use crate::tools::npm;
use crate::{toolchain, web, workspace};

/// Installs what is missing, builds, and becomes the server. Comes back only when that fails, or
/// where a program cannot become another one, when the server has ended.
pub fn run(options: &Serve) -> Result<ExitCode> {
    let root = workspace::root()?;
    let database = preflight::check(&root, options)?;
    if options.release {
        npm::require()?;
    }

    let total = toolchain::step_count(options.release) + 3;
    let mut steps = Steps::new(total, root.join("target/xtask"))?;
    steps.step("crates", |step| web::fetch(&root, step))?;
    let tools = toolchain::prepare(&mut steps, &root, options.release)?;
    let profile = web::Profile::of(options.release);
    let pages = steps.step("pages", |step| web::build(&root, &tools, profile, step))?;
    let server = steps.step("server", |step| build_server(&root, options.release, step))?;
    say(&format!(
        "Ready after {}. Starting; Ctrl-C stops it.\n",
        steps.elapsed()
    ));

    let mut serve = Command::new(server);
    serve
        .current_dir(&root)
        .arg("serve")
        .args(["--listen", &format!("127.0.0.1:{}", options.port)])
        .args(["--database-url", &database])
        .arg("--web")
        .arg(pages);
    if options.demo {
        serve.args(["--demo", "--demo-largest"]);
    }
    if let Some(clock) = &options.clock {
        serve.args(["--clock", clock]);
    }
    become_program(&mut serve)
}

/// Builds the server, debug or as it goes to production.
fn build_server(root: &Path, release: bool, step: &Step) -> Result<(PathBuf, String)> {
    let (profile, folder) = if release {
        ("server", "server")
    } else {
        ("dev", "debug")
    };
    let mut build = workspace::cargo(root);
    build.args(["build", "--workspace", "--exclude", workspace::WEB]);
    build.args(["--bin", workspace::SERVER, "--profile", profile]);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    let program = format!("{}{}", workspace::SERVER, std::env::consts::EXE_SUFFIX);
    let program = root.join(target).join(folder).join(program);
    if !program.is_file() {
        step.note("building, about 4 minutes the first time");
    }
    step.run(&mut build)?;
    Ok((program, "ready".into()))
}

/// The server takes our place: signals reach it directly, and its exit code is ours.
#[cfg(unix)]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(program.exec()).context("the server could not be started")
}

#[cfg(not(unix))]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    let status = program
        .status()
        .context("the server could not be started")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
