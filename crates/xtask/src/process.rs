//! Running other programs: quietly with a log, or in the open with every line seen.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How many of a failed program's last lines are shown.
const SHOWN_LINES: usize = 80;

/// Standard output of a program, trimmed; an error when it is missing or fails.
pub fn output(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| missing(&name))?;
    if !output.status.success() {
        bail!(
            "`{name}` failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Prints a line; a reader that went away is no reason to stop.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
}

/// Whether this program can be started at all.
pub fn is_there(program: &str) -> bool {
    let probe = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    probe.is_ok()
}

/// Runs a program with its output in the file `log`; `tick` sees each new line, and `None` now
/// and then in between. A program that outlives `limit` is killed.
pub fn logged(
    command: &mut Command,
    log: &Path,
    limit: Option<Duration>,
    mut tick: impl FnMut(Option<&str>),
) -> Result<()> {
    let name = name(command);
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write the log {}", log.display()))?;
    // A tool's own stack would push its message off the screen.
    let mut child = command
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| missing(&name))?;
    let started = Instant::now();
    let lines = lines_of(&mut child);
    let mut last = VecDeque::new();
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                writeln!(file, "{line}")?;
                tick(Some(&line));
                if last.len() == SHOWN_LINES {
                    last.pop_front();
                }
                last.push_back(line);
            }
            Err(RecvTimeoutError::Timeout) => tick(None),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            child.kill().ok();
            child.wait()?;
            bail!(
                "`{name}` did not finish within {} s",
                started.elapsed().as_secs()
            );
        }
    }
    let status = child.wait()?;
    if !status.success() {
        let shown = Vec::from(last).join("\n");
        bail!(
            "`{name}` failed ({status}); its last lines:\n\n{shown}\n\nAll of it: {}",
            log.display()
        );
    }
    Ok(())
}

/// Runs a program in the open: standard error goes straight through, and each line of standard
/// output is printed and handed to `see`. Gives whether it ended well.
pub fn seen(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    heard(command, |line| {
        say(line);
        see(line);
    })
}

/// The same, without printing its standard output.
pub fn heard(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<bool> {
    let name = name(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| missing(&name))?;
    if let Some(out) = child.stdout.take() {
        each_line(out, |line| {
            hear(&line);
            true
        });
    }
    Ok(child.wait()?.success())
}

fn lines_of(child: &mut Child) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child
            .stdout
            .take()
            .map(|out| Box::new(out) as Box<dyn Read + Send>),
        child
            .stderr
            .take()
            .map(|err| Box::new(err) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        std::thread::spawn(move || each_line(stream, |line| sender.send(line).is_ok()));
    }
    receiver
}

/// Hands over line after line, bad UTF-8 replaced, until the end or until `take` says no.
fn each_line(stream: impl Read, mut take: impl FnMut(String) -> bool) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while reader
        .read_until(b'\n', &mut bytes)
        .is_ok_and(|read| read > 0)
    {
        let line = String::from_utf8_lossy(&bytes)
            .trim_end_matches(['\r', '\n'])
            .to_owned();
        bytes.clear();
        if !take(line) {
            return;
        }
    }
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args().take(3));
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn missing(name: &str) -> String {
    format!("`{name}` could not be started; is it installed and on PATH?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_last_lines_and_a_limit_ends_a_program() {
        let log = std::env::temp_dir().join(format!("xtask-process-{}", std::process::id()));
        let mut seen = 0;
        let script = "echo to out; echo to err >&2; exit 3";
        let error = logged(
            Command::new("sh").args(["-c", script]),
            &log,
            None,
            |line| {
                seen += usize::from(line.is_some());
            },
        )
        .expect_err("exit 3");
        let text = format!("{error:#}");
        assert!(text.contains("to out") && text.contains("to err"), "{text}");
        assert_eq!(seen, 2);

        let limit = Some(Duration::from_millis(100));
        let error = logged(Command::new("sleep").arg("60"), &log, limit, |_| ()).expect_err("slow");
        assert!(error.to_string().contains("did not finish"), "{error:#}");
        std::fs::remove_file(&log).expect("the log was written");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = output(&mut Command::new("no-such-program-here")).expect_err("missing");
        assert!(format!("{error:#}").contains("no-such-program-here"));
    }
}
