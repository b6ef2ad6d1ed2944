//! Lines of a text, whichever way they end: old systems still end them with a carriage return.

/// Counts lines while a text goes by.
pub(crate) struct Lines {
    line: u64,
    /// Whether a carriage return was the last: with a line feed it ends one line, not two.
    returned: bool,
}

impl Lines {
    /// On the first line.
    pub fn new() -> Self {
        Self {
            line: 1,
            returned: false,
        }
    }

    /// Goes past a letter.
    pub fn pass(&mut self, letter: char) {
        let ends = letter == '\r' || (letter == '\n' && !self.returned);
        self.line += u64::from(ends);
        self.returned = letter == '\r';
    }

    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}

/// Where the lines of a text end, in bytes: at the last one where two end it.
pub(crate) fn ends(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_counts_once() {
        for text in [
            "a\nb\nc",
            "a\r\nb\r\nc",
            "a\rb\rc",
            "a\rb\r\nc",
            "\n\nc",
            "\r\rc",
        ] {
            let mut lines = Lines::new();
            text.chars().for_each(|letter| lines.pass(letter));
            assert_eq!(lines.line(), 3, "{text:?}");
            assert_eq!(ends(text).len(), 2, "{text:?}");
        }
    }
}
