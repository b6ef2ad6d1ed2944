//! Tables for spreadsheets: CSV as RFC 4180 has it.

/// A table as CSV. A cell that a spreadsheet would run as a formula is written as text.
#[must_use]
pub fn table<'a>(header: &[&str], rows: impl IntoIterator<Item = Vec<String>> + 'a) -> String {
    let mut text = line(header.iter().map(|name| (*name).to_owned()));
    for row in rows {
        text += &line(row);
    }
    text
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
    cells.join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // A number is none, whatever its sign.
    let cell = if runs && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        let row = ["a", "b,c", "say \"hi\"", "=1+1", "-5", "-x", "two\nlines"];
        let text = table(&["A"], [row.map(str::to_owned).to_vec()]);
        assert_eq!(
            text,
            "A\r\na,\"b,c\",\"say \"\"hi\"\"\",'=1+1,-5,'-x,\"two\nlines\"\r\n"
        );
    }
}
