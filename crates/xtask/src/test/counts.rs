//! How many passed and failed, and what is worth knowing beside that.

/// The result of one part.
#[derive(Debug, Default, PartialEq)]
pub struct Counts {
    /// Tests or checks that passed.
    pub passed: u64,
    /// Tests or checks that failed.
    pub failed: u64,
    /// Tests that were left out by their authors.
    pub ignored: u64,
    /// Lines for the summary.
    pub notes: Vec<String>,
}

impl Counts {
    /// A check that is one test.
    pub fn check(passed: bool) -> Self {
        Self {
            passed: passed.into(),
            failed: (!passed).into(),
            ..Self::default()
        }
    }

    /// One failure and its reason.
    pub fn failure(reason: &str) -> Self {
        Self {
            failed: 1,
            notes: vec![reason.to_owned()],
            ..Self::default()
        }
    }

    /// What cannot run on this machine, and why: in continuous integration that is a failure.
    pub fn not_run(reason: &str) -> Self {
        if super::in_ci() {
            return Self::failure(reason);
        }
        Self {
            notes: vec![reason.to_owned()],
            ..Self::default()
        }
    }

    /// Adds the numbers of another part.
    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    /// `12 passed, 1 failed, 2 ignored`.
    pub fn sentence(&self) -> String {
        let mut sentence = format!("{} passed, {} failed", self.passed, self.failed);
        if self.ignored > 0 {
            sentence += &format!(", {} ignored", self.ignored);
        }
        sentence
    }

    /// Counts what a line of `cargo test` reports:
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; ...`, and keeps the names
    /// in lines like `test tests::a ... FAILED`.
    pub fn read_libtest(&mut self, line: &str) {
        let named = line.strip_prefix("test ");
        if let Some(name) = named.and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            self.notes.push(format!("failed: {name}"));
        }
        let Some((_, numbers)) = line.split_once("test result: ") else {
            return;
        };
        let numbers = numbers
            .split_once(". ")
            .map_or(numbers, |(_, numbers)| numbers);
        for part in numbers.split(';') {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok());
            match (number, words.next()) {
                (Some(number), Some("passed")) => self.passed += number,
                (Some(number), Some("failed")) => self.failed += number,
                (Some(number), Some("ignored")) => self.ignored += number,
                _ => {}
            }
        }
    }

    /// Takes what a program of `end2end` says at its end: `24 passed, 1 failed`.
    pub fn read_script(&mut self, line: &str) {
        let numbers = line
            .strip_suffix(" failed")
            .and_then(|line| line.split_once(" passed, "))
            .and_then(|(passed, failed)| Some((passed.parse().ok()?, failed.parse().ok()?)));
        if let Some((passed, failed)) = numbers {
            (self.passed, self.failed) = (passed, failed);
        }
    }

    /// The end of a program that reported its tests: one that failed otherwise, as by not
    /// compiling, counts as one failure, and one that ran nothing too.
    pub fn ended(mut self, well: bool) -> Self {
        if !well && self.failed == 0 {
            self.failed = 1;
            self.notes
                .push("ended with an error beside its tests; see above".into());
        } else if self.passed == 0 && self.failed == 0 {
            self.failed = 1;
            self.notes.push("ran no test".into());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_cargo_test_are_added_up() {
        let mut counts = Counts::default();
        counts.read_libtest("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s");
        counts.read_libtest("test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured");
        counts.read_libtest("test a::b ... ok");
        counts.read_libtest("test a::c ... FAILED");
        assert_eq!((counts.passed, counts.failed, counts.ignored), (16, 2, 1));
        assert_eq!(counts.notes, ["failed: a::c"]);
    }

    #[test]
    fn a_run_that_did_not_compile_or_ran_nothing_has_failed() {
        assert_eq!(Counts::default().ended(false).failed, 1);
        assert_eq!(Counts::default().ended(true).failed, 1);
        assert_eq!(Counts::check(true).ended(true).failed, 0);
        assert_eq!(Counts::check(true).ended(false).failed, 1);
        assert_eq!(
            Counts {
                failed: 2,
                ..Counts::default()
            }
            .ended(false)
            .failed,
            2
        );
    }
}
