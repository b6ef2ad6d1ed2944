//! From the bytes of a file to its text.

use std::borrow::Cow;

use crate::unreadable::{Reason, Refusal, Result, quoted};

/// The most bytes of a file: 32 MB, some tens of thousands of entries.
pub const LARGEST: usize = 32 * 1024 * 1024;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a file, without its byte order mark.
///
/// UTF-8 is what ISO 20022 asks for. Older software of banks writes ISO-8859-1 and says so.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    let refuse = |reason| Err(Refusal::new(0, reason));
    if bytes.len() > LARGEST {
        return refuse(Reason::TooLarge { most: LARGEST });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse(Reason::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return refuse(Reason::Archive);
    }
    let (marked, bytes) = match bytes.strip_prefix(UTF8_MARK) {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let utf16 = [&b"\xFF\xFE"[..], b"\xFE\xFF", b"<\0", b"\0<"];
    if utf16.iter().any(|start| bytes.starts_with(start)) {
        let declared = "UTF-16".to_owned();
        return refuse(Reason::Encoding { declared });
    }
    let declared = declared(bytes).unwrap_or_default();
    let text = match declared.to_ascii_lowercase().as_str() {
        "iso-8859-1" | "latin1" | "iso_8859-1" if !marked => latin(bytes)?,
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => utf8(bytes)?,
        _ => {
            let declared = quoted(&declared);
            return refuse(Reason::Encoding { declared });
        }
    };
    match forbidden(&text) {
        Some(refusal) => Err(refusal),
        None => Ok(text),
    }
}

/// The encoding that an XML declaration names. Every encoding that is read has these bytes in
/// common with ASCII.
fn declared(bytes: &[u8]) -> Option<String> {
    let rest = bytes.strip_prefix(b"<?xml")?;
    let end = rest.windows(2).take(200).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(rest.get(..end)?).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|one| "'\"".contains(*one))?;
    value.split(quote).nth(1).map(str::to_owned)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| not_text(error.valid_up_to(), "UTF-8"))?;
    Ok(Cow::Borrowed(text))
}

/// In ISO-8859-1 a byte is the character of its number. From 0x80 to 0x9F it has control
/// characters only: a file with those is in some other encoding, and names would come out wrong.
fn latin(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if let Some(at) = bytes.iter().position(|byte| (0x80..0xA0).contains(byte)) {
        return Err(not_text(at, "ISO-8859-1"));
    }
    Ok(Cow::Owned(
        bytes.iter().map(|&byte| char::from(byte)).collect(),
    ))
}

fn not_text(at: usize, encoding: &str) -> Refusal {
    let encoding = encoding.to_owned();
    Refusal::new(at, Reason::NotText { encoding })
}

/// The first character that XML doesn't allow.
fn forbidden(text: &str) -> Option<Refusal> {
    let at = text
        .bytes()
        .position(|byte| byte < 0x20 && !b"\t\n\r".contains(&byte));
    let at = at
        .or_else(|| text.find("\u{FFFE}"))
        .or_else(|| text.find("\u{FFFF}"))?;
    let code = text.get(at..)?.chars().next().map(u32::from)?;
    Some(Refusal::new(at, Reason::Character { code }))
}

/// Whether XML allows a character.
pub(crate) fn is_allowed(one: char) -> bool {
    let is_control = one < ' ' && !"\t\n\r".contains(one);
    !is_control && !matches!(one, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(bytes: &[u8]) -> Reason {
        decode(bytes).expect_err("a refusal").reason
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>").expect("text"), "<a/>");
    }

    #[test]
    fn latin_letters_are_read_where_the_file_declares_them() {
        let text = decode(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>Z\xFCrich</a>");
        assert!(text.expect("text").ends_with("<a>Zürich</a>"));
        let encoding = "ISO-8859-1".to_owned();
        let bytes = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\x80</a>";
        assert_eq!(reason(bytes), Reason::NotText { encoding });
    }

    #[test]
    fn other_encodings_are_refused_by_name() {
        let declared = "windows-1252".to_owned();
        let bytes = b"<?xml version='1.0' encoding = 'windows-1252'?><a/>";
        assert_eq!(reason(bytes), Reason::Encoding { declared });
        let declared = "UTF-16".to_owned();
        assert_eq!(reason(b"\xFF\xFE<\0a\0"), Reason::Encoding { declared });
        let encoding = "UTF-8".to_owned();
        assert_eq!(reason(b"<a>\xFC</a>"), Reason::NotText { encoding });
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(reason(b""), Reason::Empty);
        assert_eq!(reason(b" \n"), Reason::Empty);
        assert_eq!(reason(b"PK\x03\x04..."), Reason::Archive);
        assert_eq!(reason(b"<a>\0</a>"), Reason::Character { code: 0 });
        let most = LARGEST;
        assert_eq!(reason(&vec![b'a'; LARGEST + 1]), Reason::TooLarge { most });
    }
}
