//! From text to cells: separators and quoting as exports really have them.

use std::collections::BTreeMap;

use crate::fault::{FileFault, Problem, Reason};

/// A file as rows of cells.
#[derive(Debug)]
pub struct Table {
    /// The columns' names, as the file writes them.
    pub header: Vec<String>,
    /// By a column's plain name (see [`plain`]), where it stands.
    places: BTreeMap<String, usize>,
    /// Rows with as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Rows that have more or fewer.
    pub problems: Vec<Problem>,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, without white space around them.
    pub cells: Vec<String>,
}

impl Table {
    /// Splits text at commas, semicolons or tabs, whichever the first line has most of.
    ///
    /// # Errors
    /// Text that is cut off within quotes, or has two columns of one name.
    pub fn read(text: &str) -> Result<Self, FileFault> {
        let separator = separator(text);
        if let Some(line) = unclosed(text, char::from(separator)) {
            return Err(FileFault::Unclosed { line });
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut table = Self {
            header: Vec::new(),
            places: BTreeMap::new(),
            rows: Vec::new(),
            problems: Vec::new(),
        };
        let mut lines = Lines::of(text);
        for record in reader.records() {
            // Text in memory that is UTF-8 and may have any number of cells has no errors left.
            let Ok(record) = record else { continue };
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if table.header.is_empty() && says_separator(&cells) {
                continue;
            }
            if table.header.is_empty() {
                table.name(cells)?;
            } else if cells.len() == table.header.len() {
                table.rows.push(Row { line, cells });
            } else {
                table.problems.push(Problem {
                    line,
                    column: None,
                    value: String::new(),
                    reason: Reason::Cells {
                        have: cells.len(),
                        need: table.header.len(),
                    },
                });
            }
        }
        Ok(table)
    }

    fn name(&mut self, header: Vec<String>) -> Result<(), FileFault> {
        for (place, name) in header.iter().enumerate() {
            let plain = plain(name);
            if !plain.is_empty() && self.places.insert(plain, place).is_some() {
                return Err(FileFault::DoubleColumn { name: name.clone() });
            }
        }
        self.header = header;
        Ok(())
    }

    /// Where the first column stands that has one of these plain names.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.places.get(*name))
            .copied()
    }
}

impl Row {
    /// A cell; nothing for a column that there is not.
    #[must_use]
    pub fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|column| self.cells.get(column))
            .map_or("", String::as_str)
    }
}

/// Tells lines from places in a text, one after the other.
struct Lines<'t> {
    text: &'t [u8],
    place: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            place: 0,
            line: 1,
        }
    }

    /// The line of the first text from a place on that is not before the last one: a record is
    /// said to begin where the empty lines before it do.
    fn at(&mut self, place: u64) -> u64 {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.place) {
            if self.place >= place && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.place += 1;
        }
        self.line
    }
}

/// A name without case, spaces and punctuation: `Training Completion_Date` is
/// `trainingcompletiondate`.
#[must_use]
pub fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The sign that the first line has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0_usize; 3], false);
    for letter in text.trim_start().chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            ',' if !quoted => counts[0] += 1,
            ';' if !quoted => counts[1] += 1,
            '\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    match counts {
        [commas, semicolons, tabs] if tabs > commas && tabs > semicolons => b'\t',
        [commas, semicolons, _] if semicolons > commas => b';',
        _ => b',',
    }
}

/// Whether a line is `sep=;`, which tells spreadsheets the separator: it has that sign only.
fn says_separator(cells: &[String]) -> bool {
    let mut cells = cells.iter();
    let begins = cells.next();
    begins.is_some_and(|cell| cell.eq_ignore_ascii_case("sep=")) && cells.all(String::is_empty)
}

/// The line on which quotes open that never close. Only at the beginning of a cell do they open
/// anything: 19" within a cell is inches.
fn unclosed(text: &str, separator: char) -> Option<u64> {
    let (mut line, mut opened, mut closed) = (1, None, None);
    let mut begins = true;
    for letter in text.chars() {
        match letter {
            '"' if opened.is_some() => closed = opened.take(),
            // The second of two is a quote within the cell.
            '"' if closed.is_some() => opened = closed.take(),
            '"' if begins => opened = Some(line),
            _ => closed = None,
        }
        line += u64::from(letter == '\n');
        begins = letter == separator || matches!(letter, '\r' | '\n');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = Table::read(text).expect("a table");
        table.rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_and_quotes() {
        for text in [
            "A,B\n1,\"2, or \"\"3\"\"\"\n",
            "A;B\r\n1;\"2, or \"\"3\"\"\"\r\n",
            "A\tB\n 1 \t\"2, or \"\"3\"\"\"",
            "\n\nA,B\n\n1,\"2, or \"\"3\"\"\"\n,\n",
            "sep=;\r\nA;B\r\n1;\"2, or \"\"3\"\"\"\r\n",
        ] {
            assert_eq!(cells(text), [["1", "2, or \"3\""]], "{text:?}");
        }
        assert_eq!(cells("A,B\n19\" Racks,2\n"), [["19\" Racks", "2"]]);
        assert_eq!(cells("A,B\n\"1\n1\",2\n3,4\n"), [["1\n1", "2"], ["3", "4"]]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = Table::read("A,B\n\"1\n1\",2\n\n3\n4,5\n").expect("a table");
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6]);
        assert_eq!(table.problems.len(), 1);
        assert_eq!(table.problems[0].line, 5);
        assert_eq!(table.problems[0].reason, Reason::Cells { have: 1, need: 2 });
    }

    #[test]
    fn what_is_cut_off_or_double_is_named() {
        let cut = Table::read("A,B\n1,2\n3,\"4\n").map(|_| ());
        assert_eq!(cut, Err(FileFault::Unclosed { line: 3 }));
        let cut = Table::read("A,B\n1,\"2 \"\"3\n4").map(|_| ());
        assert_eq!(cut, Err(FileFault::Unclosed { line: 2 }));
        let double = Table::read("E-mail,e mail\n").map(|_| ());
        let name = "e mail".to_owned();
        assert_eq!(double, Err(FileFault::DoubleColumn { name }));
    }
}
