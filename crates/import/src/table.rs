//! From text to cells: separators and quoting as exports really have them.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::text::{letters as plain, trimmed};

use crate::fault::{FileFault, Problem, Reason};
use crate::lines::Lines;
use crate::quotes;
use crate::text::MOST_ROWS;

/// A file as rows of cells.
#[derive(Debug)]
pub struct Table {
    /// The columns' names, as the file writes them.
    pub header: Vec<String>,
    /// By a column's plain name (letters and digits alone), where it stands.
    places: BTreeMap<String, usize>,
    /// The plain names that several columns have.
    shared: BTreeSet<String>,
    /// Rows with no more cells than there are columns. What a row lacks at its end is empty.
    pub rows: Vec<Row>,
    /// Rows that have more.
    pub problems: Vec<Problem>,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, without the space and the invisible characters around them.
    pub cells: Vec<String>,
}

impl Table {
    /// Splits text at commas, semicolons or tabs, whichever the first line has most of.
    ///
    /// # Errors
    /// Text that is cut off within quotes, or has too many rows.
    pub fn read(text: &str) -> Result<Self, FileFault> {
        let separator = separator(text);
        let text = &*quotes::tidy(text, char::from(separator))
            .map_err(|line| FileFault::Unclosed { line })?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table = Self {
            header: Vec::new(),
            places: BTreeMap::new(),
            shared: BTreeSet::new(),
            rows: Vec::new(),
            problems: Vec::new(),
        };
        let mut starts = Starts::of(text);
        let mut rows = 0;
        for record in reader.records() {
            // Text in memory that is UTF-8 and may have any number of cells has no errors left.
            let Ok(record) = record else { continue };
            let line = starts.line(record.position().map_or(0, csv::Position::byte));
            // Spreadsheets fill rows up with cells that nobody wrote.
            let cells = record.iter().map(trimmed);
            let filled = cells.clone().zip(1..).filter(|(cell, _)| !cell.is_empty());
            let Some((_, have)) = filled.last() else {
                continue;
            };
            let need = table.header.len();
            if need == 0 {
                let cells: Vec<String> = cells.map(str::to_owned).collect();
                if !says_separator(&cells) {
                    table.name(cells);
                }
                continue;
            }
            rows += 1;
            if rows > MOST_ROWS {
                // Only counted, to tell how many there are.
            } else if have <= need {
                let cells = cells.take(have).map(str::to_owned).collect();
                table.rows.push(Row { line, cells });
            } else {
                table.problems.push(Problem {
                    line,
                    column: None,
                    value: String::new(),
                    reason: Reason::Cells { have, need },
                });
            }
        }
        if rows > MOST_ROWS {
            let (have, most) = (rows, MOST_ROWS);
            return Err(FileFault::TooManyRows { have, most });
        }
        Ok(table)
    }

    fn name(&mut self, header: Vec<String>) {
        for (place, name) in header.iter().enumerate() {
            let plain = plain(name);
            // What stands below no name is nobody's.
            if !plain.is_empty() && *self.places.entry(plain.clone()).or_insert(place) != place {
                self.shared.insert(plain);
            }
        }
        self.header = header;
    }

    /// Nothing, where each of these columns is the only one of its name.
    ///
    /// # Errors
    /// A name that several have: which of them is meant?
    pub fn alone(&self, columns: &[Option<usize>]) -> Result<(), FileFault> {
        let mut names = columns
            .iter()
            .flatten()
            .filter_map(|at| self.header.get(*at));
        match names.find(|name| self.shared.contains(&plain(name))) {
            Some(name) => Err(FileFault::DoubleColumn { name: name.clone() }),
            None => Ok(()),
        }
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

/// Tells the lines on which records begin, one after the other.
struct Starts<'t> {
    text: &'t [u8],
    place: usize,
    lines: Lines,
}

impl<'t> Starts<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            place: 0,
            lines: Lines::new(),
        }
    }

    /// The line of the first text from a place on that is not before the last one: a record is
    /// said to begin where the empty lines before it do.
    fn line(&mut self, place: u64) -> u64 {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.place) {
            if self.place >= place && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.lines.pass(char::from(*byte));
            self.place += 1;
        }
        self.lines.line()
    }
}

/// The sign that the first line has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0_usize; 3], false);
    for letter in text.trim_start().chars() {
        match letter {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
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
        for end in ["\n", "\r\n", "\r"] {
            let text = "A,B\n\"1\n1\",2\n\n3\n4,5,6\n7,8\n".replace('\n', end);
            let table = Table::read(&text).expect("a table");
            let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [2, 5, 7], "{end:?}");
            assert_eq!(table.problems.len(), 1);
            assert_eq!(table.problems[0].line, 6);
            assert_eq!(table.problems[0].reason, Reason::Cells { have: 3, need: 2 });
        }
    }

    #[test]
    fn empty_cells_at_the_end_may_be_there_or_not() {
        let table = Table::read("A,B,,C,\n1,,,,,,\n1,2\n1,2,3,4,5\n1,2,3,4,5,6\n");
        let table = table.expect("a table");
        assert_eq!(table.problems.len(), 1, "there is no sixth column");
        let column = table.column(&["c"]);
        let cells: Vec<&str> = table.rows.iter().map(|row| row.cell(column)).collect();
        assert_eq!(cells, ["", "", "4"]);
    }

    #[test]
    fn what_is_cut_off_is_named() {
        for (text, line) in [
            ("A,B\n1,2\n3,\"4\n", 3),
            ("A,B\r1,2\r3,\"4\r", 3),
            ("A,B\n1,\"2 \"\"3\n4", 2),
        ] {
            let cut = Table::read(text).map(|_| ());
            assert_eq!(cut, Err(FileFault::Unclosed { line }), "{text:?}");
        }
    }

    #[test]
    fn only_names_that_are_used_must_be_alone() {
        let table = Table::read("E-mail,A,e mail\n").expect("a table");
        let double = |name| table.alone(&[table.column(&[name])]);
        let name = "E-mail".to_owned();
        assert_eq!(double("email"), Err(FileFault::DoubleColumn { name }));
        assert_eq!(double("a"), Ok(()));
    }

    #[test]
    fn too_many_rows_are_counted_and_not_kept() {
        let text = "A\n".to_owned() + &"1\n".repeat(MOST_ROWS + 2);
        let (have, most) = (MOST_ROWS + 2, MOST_ROWS);
        let fault = Table::read(&text).map(|_| ());
        assert_eq!(fault, Err(FileFault::TooManyRows { have, most }));
    }
}
