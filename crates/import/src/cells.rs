//! Reading the cells of one row after the other, and what the file as a whole decides.

use chrono::NaiveDate;
use membership_domain::evidence::{Authority, FaultCode};
use membership_domain::text::{letters as plain, shown};

use crate::amount;
use crate::fault::{Problem, Reason};
use crate::quotes;
use crate::settings::{Question, Settings};
use crate::table::{Row, Table};
use crate::value::{self, Reading};

/// A cell of a row that is looked at.
pub(crate) struct Cells<'t> {
    table: &'t Table,
    /// What was answered, or what the file decides by itself.
    settings: Settings,
    row: &'t Row,
}

/// What is decided for a file: by the person, or by a value that can be read in one way only.
pub(crate) fn decide(
    table: &Table,
    mut settings: Settings,
    days: &[Option<usize>],
    months: &[Option<usize>],
    numbers: &[Option<usize>],
    money: &[Option<usize>],
) -> (Settings, Vec<Question>) {
    let mut questions = Vec::new();
    let example = |column: usize, row: &Row| {
        let name = table.header.get(column).cloned().unwrap_or_default();
        (name, row.line, shown(row.cell(Some(column))))
    };
    if settings.dates.is_none() {
        let mut open = Open::default();
        for_each(table, days, |column, row| {
            open.take(value::day(row.cell(Some(column))), (column, row));
        });
        for_each(table, months, |column, row| {
            open.take(value::month(row.cell(Some(column))), (column, row));
        });
        settings.dates = open.decided();
        if let (None, Some((column, row))) = (settings.dates, open.example) {
            let (column, line, value) = example(column, row);
            questions.push(Question::Dates {
                column,
                line,
                value,
            });
        }
    }
    if settings.decimals.is_none() {
        let mut open = Open::default();
        for_each(table, numbers, |column, row| {
            open.take(amount::number(row.cell(Some(column))), (column, row));
        });
        for_each(table, money, |column, row| {
            open.take(amount::dollars(row.cell(Some(column))), (column, row));
        });
        settings.decimals = open.decided();
        if let (None, Some((column, row))) = (settings.decimals, open.example) {
            let (column, line, value) = example(column, row);
            questions.push(Question::Decimals {
                column,
                line,
                value,
            });
        }
    }
    (settings, questions)
}

fn for_each<'t>(table: &'t Table, columns: &[Option<usize>], mut look: impl FnMut(usize, &'t Row)) {
    for row in &table.rows {
        for column in columns.iter().flatten() {
            look(*column, row);
        }
    }
}

/// What a file's values say about how it writes them.
struct Open<'t, Choice> {
    seen: Vec<Choice>,
    example: Option<(usize, &'t Row)>,
}

impl<Choice> Default for Open<'_, Choice> {
    fn default() -> Self {
        Self {
            seen: Vec::new(),
            example: None,
        }
    }
}

impl<'t, Choice: Copy + PartialEq> Open<'t, Choice> {
    fn take<T>(&mut self, reading: Reading<T, Choice>, at: (usize, &'t Row)) {
        match reading {
            Reading::Decides(_, choice) if !self.seen.contains(&choice) => self.seen.push(choice),
            Reading::Either(..) => {
                self.example.get_or_insert(at);
            }
            _ => {}
        }
    }

    /// The choice that every decisive value makes; none where they disagree.
    fn decided(&self) -> Option<Choice> {
        match self.seen[..] {
            [choice] => Some(choice),
            _ => None,
        }
    }
}

impl<'t> Cells<'t> {
    pub fn of(table: &'t Table, settings: Settings, row: &'t Row) -> Self {
        Self {
            table,
            settings,
            row,
        }
    }

    /// The row's line in the file.
    pub fn line(&self) -> u64 {
        self.row.line
    }

    /// Whether a day has not come yet.
    pub fn is_ahead(&self, day: NaiveDate) -> bool {
        self.settings.is_ahead(day)
    }

    /// A problem with a cell.
    pub fn problem(&self, column: Option<usize>, reason: Reason) -> Problem {
        Problem {
            line: self.row.line,
            column: column.and_then(|column| self.table.header.get(column).cloned()),
            value: shown(self.row.cell(column)),
            reason,
        }
    }

    /// Text, perhaps none. What a spreadsheet would run is refused, and what is in quotes still.
    pub fn text(&self, column: Option<usize>) -> Result<&'t str, Problem> {
        let text = self.row.cell(column);
        let code = FaultCode::Formula;
        if FaultCode::of_text(text) == Some(code) {
            return Err(self.problem(column, Reason::Invalid { code }));
        }
        if quotes::are_left(text) {
            return Err(self.problem(column, Reason::StrayQuotes));
        }
        Ok(text)
    }

    /// A name, perhaps none.
    pub fn name(&self, column: Option<usize>) -> Result<&'t str, Problem> {
        self.checked(column, FaultCode::of_name)
    }

    /// An email address, perhaps none.
    pub fn address(&self, column: Option<usize>) -> Result<&'t str, Problem> {
        self.checked(column, FaultCode::of_address)
    }

    /// An id, perhaps none. One that a spreadsheet rounded is that of many.
    pub fn id(&self, column: Option<usize>) -> Result<&'t str, Problem> {
        let id = self.checked(column, FaultCode::of_id)?;
        if is_rounded(id) {
            return Err(self.problem(column, Reason::RoundedId));
        }
        Ok(id)
    }

    fn checked(
        &self,
        column: Option<usize>,
        check: fn(&str) -> Option<FaultCode>,
    ) -> Result<&'t str, Problem> {
        let text = self.text(column)?;
        match check(text).filter(|_| !text.is_empty()) {
            Some(code) => Err(self.problem(column, Reason::Invalid { code })),
            None => Ok(text),
        }
    }

    /// Who says the row, where it says that.
    pub fn authority(&self, column: Option<usize>) -> Result<Option<Authority>, Problem> {
        let said = plain(self.text(column)?);
        if said.is_empty() {
            return Ok(None);
        }
        let mut all = Authority::ALL.into_iter();
        let known = all.find(|authority| plain(authority.code()) == said);
        match known {
            Some(authority) => Ok(Some(authority)),
            None => Err(self.problem(column, Reason::UnknownAuthority)),
        }
    }

    /// Text that must be there.
    pub fn some_text(&self, column: Option<usize>) -> Result<&'t str, Problem> {
        match self.text(column)? {
            "" => Err(self.problem(column, Reason::Missing)),
            text => Ok(text),
        }
    }

    /// Whether nothing stands in a cell.
    pub fn is_empty(&self, column: Option<usize>) -> bool {
        self.row.cell(column).is_empty()
    }

    /// A value, or what is wrong with it; `None` where the cell is empty.
    pub fn value<T, Choice: PartialEq>(
        &self,
        column: Option<usize>,
        read: fn(&str) -> Reading<T, Choice>,
        choice: impl Fn(Settings) -> Option<Choice>,
        first: Choice,
        otherwise: impl Fn(&str) -> Reason,
    ) -> Result<Option<T>, Problem> {
        let text = self.row.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let choice = choice(self.settings);
        let value = match read(text) {
            Reading::Is(value) => Some(value),
            Reading::Decides(value, by) => {
                choice.is_none_or(|choice| choice == by).then_some(value)
            }
            Reading::Either(one, other) => {
                choice.map(|choice| if choice == first { one } else { other })
            }
            Reading::Not => None,
        };
        match value {
            Some(value) => Ok(Some(value)),
            None => Err(self.problem(column, otherwise(text))),
        }
    }
}

/// Whether a spreadsheet took a number for one to calculate with, and kept its first digits:
/// 1.23457E+11.
fn is_rounded(id: &str) -> bool {
    let Some((digits, power)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = digits.split(['.', ',']).collect();
    let whole = parts.len() <= 2 && parts.iter().all(|part| is_number(part));
    // Without decimals and a sign, it can be an id that looks so: 3e10.
    let (signed, power) = match power.strip_prefix('+') {
        Some(power) => (true, power),
        None => (false, power),
    };
    whole && is_number(power) && (signed || parts.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_the_notation_of_large_numbers_are_rounded() {
        for rounded in ["1.23457E+11", "1,23E+11", "1E+20", "9.99e+8", "1.23457E11"] {
            assert!(is_rounded(rounded), "{rounded}");
        }
        for id in [
            "123456789012",
            "12E4",
            "3e10",
            "1.2E+",
            "E+11",
            "a1E+11",
            "1.2.3E+4",
            "",
        ] {
            assert!(!is_rounded(id), "{id}");
        }
    }
}
