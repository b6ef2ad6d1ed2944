//! Tables for spreadsheets: CSV as RFC 4180 has it.

/// Says that the text is UTF-8: without it, spreadsheets guess.
pub const MARK: char = '\u{feff}';

/// A table as CSV, with a mark. What a spreadsheet would run as a formula is written as text.
#[must_use]
pub fn table<'a>(header: &[&str], rows: impl IntoIterator<Item = Vec<String>> + 'a) -> String {
    let mut text = String::from(MARK);
    text += &line(header.iter().map(|name| (*name).to_owned()));
    text + &lines(rows)
}

/// Further rows of a table that is sent piece by piece.
#[must_use]
pub fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    rows.into_iter().map(line).collect()
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
    cells.join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let cell = without_formulas(cell);
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// A cell that runs nowhere. In some countries spreadsheets begin another cell at a semicolon or
/// a tab, whatever the quotes around it.
fn without_formulas(cell: &str) -> String {
    let mut text = String::new();
    if cell.starts_with(['\t', '\r']) {
        text.push('\'');
    }
    for piece in cell.split_inclusive([';', '\t', '\r', '\n']) {
        let inside = piece.trim_end_matches([';', '\t', '\r', '\n']).trim();
        // A number is none, whatever its sign.
        if inside.starts_with(['=', '+', '-', '@']) && !is_number(inside) {
            text.push('\'');
        }
        text.push_str(piece);
    }
    text
}

/// Digits, perhaps with a sign and a point: the standard library's reader of numbers would be a
/// hundredth of the pages.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let row = cells.iter().map(|cell| (*cell).to_owned()).collect();
        table(&["A"], [row])
    }

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        let cells = ["a", "b,c", "say \"hi\"", "=1+1", "-5", "-x", "two\nlines"];
        assert_eq!(
            written(&cells),
            "\u{feff}A\r\na,\"b,c\",\"say \"\"hi\"\"\",'=1+1,-5,'-x,\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn formulas_run_in_no_country() {
        for (cell, safe) in [
            (" =1+1", "' =1+1"),
            ("\u{a0}@x", "'\u{a0}@x"),
            ("a;=1+1", "a;'=1+1"),
            ("a; -x; -5", "a;' -x; -5"),
            ("a\t+x", "a\t'+x"),
            ("a\n=1", "\"a\n'=1\""),
            ("\t=1", "'\t'=1"),
            ("Modern Work; Security", "Modern Work; Security"),
            ("a = b - c", "a = b - c"),
        ] {
            assert_eq!(written(&[cell]), format!("\u{feff}A\r\n{safe}\r\n"));
        }
    }
}
