//! Progress on the screen: every step with its place, its result and its time.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

/// A numbered list of steps, printed as they run: `[3/6] wasm-bindgen 0.2.129 … installed (92 s)`.
pub struct Steps {
    total: usize,
    done: usize,
    logs: PathBuf,
    started: Instant,
}

impl Steps {
    /// `total` steps, whose programs' output goes to files in `logs`.
    pub fn new(total: usize, logs: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&logs)
            .with_context(|| format!("cannot create the folder for logs {}", logs.display()))?;
        Ok(Self {
            total,
            done: 0,
            logs,
            started: Instant::now(),
        })
    }

    /// Runs one step. `work` gives its value and one or two words on what was done.
    pub fn step<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&Step) -> Result<(T, String)>,
    ) -> Result<T> {
        self.done += 1;
        let file = name.split(' ').next().unwrap_or(name).replace('/', "-");
        let log = self.logs.join(format!("{file}.log"));
        std::fs::remove_file(&log).ok();
        let step = Step {
            label: format!("[{}/{}] {name}", self.done, self.total),
            log,
            live: std::io::stdout().is_terminal(),
            started: Instant::now(),
            drawn: Cell::new(None),
        };
        step.print(&format!("{} …", step.label));
        match work(&step) {
            Ok((value, result)) => {
                step.redraw();
                step.print(&format!(" {result} ({})\n", human(step.started.elapsed())));
                Ok(value)
            }
            Err(error) => {
                step.redraw();
                step.print(&format!(" failed ({})\n", human(step.started.elapsed())));
                Err(error.context(format!("{name} failed")))
            }
        }
    }

    /// Time since the first step began.
    pub fn elapsed(&self) -> String {
        human(self.started.elapsed())
    }
}

/// The step that is running.
pub struct Step {
    label: String,
    log: PathBuf,
    live: bool,
    started: Instant,
    drawn: Cell<Option<Instant>>,
}

impl Step {
    /// Says what is going on and how long it usually takes, on the step's own line.
    pub fn note(&self, text: &str) {
        self.print(&format!(" {text} …"));
    }

    /// Runs a program, its output in the step's log and, on a terminal, its last line on screen.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        self.run_within(command, None)
    }

    /// The same, ended after `limit`.
    pub fn run_within(&self, command: &mut Command, limit: Option<Duration>) -> Result<()> {
        process::logged(command, &self.log, limit, |line| {
            self.draw(line.unwrap_or_default())
        })
    }

    fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        write!(out, "{text}").and_then(|()| out.flush()).ok();
    }

    /// Shows the time and the program's last line in place, a few times a second at most.
    fn draw(&self, line: &str) {
        let now = Instant::now();
        let fresh = self
            .drawn
            .get()
            .is_some_and(|at| now - at < Duration::from_millis(200));
        if !self.live || fresh {
            return;
        }
        self.drawn.set(Some(now));
        let line: String = line.trim().chars().take(50).collect();
        let time = human(self.started.elapsed());
        let mut out = std::io::stdout().lock();
        write!(out, "\r\x1b[2K{} … {time}  {line}", self.label)
            .and_then(|()| out.flush())
            .ok();
    }

    /// Puts the label back where a program's line was shown.
    fn redraw(&self) {
        if self.drawn.get().is_some() {
            let mut out = std::io::stdout().lock();
            write!(out, "\r\x1b[2K{} …", self.label)
                .and_then(|()| out.flush())
                .ok();
        }
    }
}

/// `0.4 s`, `92 s`, `3 min 55 s`.
pub fn human(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_to_read() {
        let said = |millis| human(Duration::from_millis(millis));
        assert_eq!(said(420), "0.4 s");
        assert_eq!(said(92_400), "92 s");
        assert_eq!(said(235_000), "3 min 55 s");
    }

    #[test]
    fn a_failed_step_says_which() {
        let logs = std::env::temp_dir().join(format!("xtask-steps-{}", std::process::id()));
        let mut steps = Steps::new(1, logs.clone()).expect("a temporary folder");
        let result: Result<()> = steps.step("trunk 1", |step| {
            step.run(&mut Command::new("false"))
                .map(|()| ((), String::new()))
        });
        assert!(format!("{:#}", result.expect_err("false fails")).starts_with("trunk 1 failed"));
        std::fs::remove_dir_all(logs).expect("the folder was made");
    }
}
