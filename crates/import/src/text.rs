//! From bytes to text: the encodings that exports really have.

use crate::fault::FileFault;
use crate::lines::Lines;

/// The most bytes that are read.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// The most rows that are read: each takes far more memory than the bytes that it is from.
pub const MOST_ROWS: usize = 1_000_000;

/// The text of a file: UTF-8 with or without a mark, or UTF-16 with one.
///
/// # Errors
/// Files that are empty, too large, archives, workbooks or in another encoding.
pub fn decode(bytes: &[u8]) -> Result<String, FileFault> {
    if bytes.len() > LARGEST {
        return Err(FileFault::TooLarge { most: LARGEST });
    }
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [b'P', b'K', 3 | 5, ..] | [0x1F, 0x8B, ..] => return Err(FileFault::Archive),
        [0xD0, 0xCF, 0x11, 0xE0, ..] | [b'%', b'P', b'D', b'F', ..] => {
            return Err(FileFault::NoTable);
        }
        all => utf8(all)?,
    };
    if text.contains('\0') {
        return Err(FileFault::NoTable);
    }
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<String, FileFault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let mut lines = Lines::new();
            good.iter().for_each(|byte| lines.pass(char::from(*byte)));
            Err(FileFault::Encoding { line: lines.line() })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, FileFault> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().copied().map(unit);
    let mut text = String::with_capacity(pairs.len());
    let mut lines = Lines::new();
    for letter in char::decode_utf16(units) {
        let Ok(letter) = letter else {
            return Err(FileFault::Encoding { line: lines.line() });
        };
        lines.pass(letter);
        text.push(letter);
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(FileFault::Encoding { line: lines.line() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Name;Größe\nÅsa;1\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [b"\xFF\xFE".as_slice(), &le].concat(),
            [b"\xFE\xFF".as_slice(), &be].concat(),
        ] {
            assert_eq!(decode(&bytes), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"PK\x03\x04..."), Err(FileFault::Archive));
        assert_eq!(decode(b"\x1F\x8B\x08"), Err(FileFault::Archive));
        assert_eq!(decode(b"%PDF-1.7"), Err(FileFault::NoTable));
        assert_eq!(decode(b" \r\n "), Err(FileFault::Empty));
        assert_eq!(decode(b"a\0b\0"), Err(FileFault::NoTable));
        assert_eq!(
            decode(b"a\nb\nGr\xF6\xDFe"),
            Err(FileFault::Encoding { line: 3 })
        );
        assert_eq!(
            decode(b"a\rb\r\nGr\xF6\xDFe"),
            Err(FileFault::Encoding { line: 3 })
        );
        assert_eq!(
            decode(b"\xFF\xFEa\0\r\0b"),
            Err(FileFault::Encoding { line: 2 })
        );
        assert_eq!(
            decode(b"\xFF\xFEa\0b"),
            Err(FileFault::Encoding { line: 1 })
        );
        assert!(matches!(
            decode(&vec![b'a'; LARGEST + 1]),
            Err(FileFault::TooLarge { .. })
        ));
    }
}
