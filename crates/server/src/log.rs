//! The log on standard error, in which nobody is named: whatever looks like an email address is
//! left out of each line, wherever it came from.

use std::borrow::Cow;
use std::io::{self, Write};

use tracing_subscriber::fmt::MakeWriter;

/// Tells of panics in the log, where they happened and in which request, in place of the message
/// on standard error, which passes the log by. Their text is left out: it quotes what was at hand.
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(at, "panic");
    }));
}

/// In place of an address.
const HIDDEN: &str = "[address]";

/// How an `@` is written in texts, in addresses of the web and in JSON.
const SIGNS: [&str; 3] = ["@", "%40", "\\u0040"];

/// Standard error, without addresses.
#[derive(Clone, Copy, Debug)]
pub struct StandardError;

impl<'a> MakeWriter<'a> for StandardError {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

impl Write for StandardError {
    /// An event comes in one piece.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        io::stderr().write_all(without_addresses(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// The text, with [`HIDDEN`] for each word that has an `@` with something before and behind it.
pub fn without_addresses(text: &str) -> Cow<'_, str> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return text.into();
    }
    let mut shown = String::new();
    for word in text.split_inclusive(|c: char| !is_of_address(c)) {
        let end = word.trim_end_matches(|c: char| !is_of_address(c) || c == '\\');
        let address = SIGNS.iter().any(|sign| {
            end.split_once(sign)
                .is_some_and(|(before, behind)| !before.is_empty() && !behind.is_empty())
        });
        shown += if address { HIDDEN } else { end };
        shown += &word[end.len()..];
    }
    shown.into()
}

/// Whether an address may have it without quotes, or has it in one of its written forms.
fn is_of_address(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-^_`{|}~.@\\".contains(c)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_told_with_its_place_and_without_its_text() {
        let kept = Kept::default();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer({
            let kept = kept.clone();
            move || kept.clone()
        });
        let usual = std::panic::take_hook();
        tell_panics();
        let panicked = tracing::subscriber::with_default(log.finish(), || {
            std::panic::catch_unwind(|| std::panic::panic_any("hunter2 of Ines".to_owned()))
        });
        std::panic::set_hook(usual);
        assert!(panicked.is_err());
        let told = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains("log.rs:") && told.contains("ERROR"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn addresses_are_left_out_however_they_are_written() {
        for (text, shown) in [
            ("for ines@contoso.example, again", "for [address], again"),
            (
                "path=/people/ines%40contoso.example id=7",
                "path=/people/[address] id=7",
            ),
            (
                r#"{"reason":"ines\u0040contoso.example"}"#,
                r#"{"reason":"[address]"}"#,
            ),
            ("postgres://app:word@host/db", "postgres://app:[address]/db"),
            ("jürgen+news@contoso.example\n", "[address]\n"),
            (
                r#"{"reason":"for \"ines@contoso.example\"\n"}"#,
                r#"{"reason":"for \"[address]\"\n"}"#,
            ),
            ("200 @ 3 ms", "200 @ 3 ms"),
            ("status=200", "status=200"),
        ] {
            assert_eq!(without_addresses(text), shown);
        }
    }
}
