//! Rust source as words and signs: enough to find the paths in it, without a parser of Rust.

/// A word, a number, `::`, or any other sign by itself.
pub type Token = String;

/// What a test alone is compiled with is not an arrow.
const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

/// What an item begins with, after `pub`.
const ITEMS: [&str; 14] = [
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
];

/// The tokens of a file, without comments, texts, and what has `#[cfg(test)]` before it.
pub fn tokens(text: &str) -> Vec<Token> {
    without_tests(&all(text))
}

fn all(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = quoted(rest) {
            length
        } else {
            let length = if rest.starts_with("::") {
                2
            } else if is_word(first) {
                rest.find(|sign| !is_word(sign)).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            tokens.push(rest[..length].to_owned());
            length
        };
        rest = &rest[taken..];
    }
    tokens
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The length of a comment that may hold others.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let step = match () {
            () if rest.starts_with("/*") => {
                depth += 1;
                2
            }
            () if rest.starts_with("*/") => {
                depth -= 1;
                2
            }
            () => rest.chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a text or of a character, where one begins here; a lifetime is neither.
fn quoted(text: &str) -> Option<usize> {
    let plain = text.strip_prefix('b').unwrap_or(text);
    let before = text.len() - plain.len();
    if let Some(raw) = plain.strip_prefix('r') {
        let signs = raw.len() - raw.trim_start_matches('#').len();
        if raw[signs..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(signs));
            let inner = &raw[signs + 1..];
            let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
            return Some(before + 1 + signs + 1 + length);
        }
    }
    if plain.starts_with('"') {
        return Some(before + closing(plain, '"'));
    }
    let inner = plain.strip_prefix('\'')?;
    let second = inner.chars().nth(1);
    (inner.starts_with('\\') || second == Some('\'')).then(|| before + closing(plain, '\''))
}

/// The length of what begins and ends with a quote, with signs in it that a backslash escapes.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        if sign == quote && !escaped {
            return at + 1;
        }
        escaped = sign == '\\' && !escaped;
    }
    text.len()
}

fn without_tests(all: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut rest = all;
    while let Some(first) = rest.first() {
        if rest.len() > TEST.len() && rest.iter().zip(TEST).all(|(one, other)| one == other) {
            rest = &rest[TEST.len()..];
            rest = &rest[guarded(rest)..];
        } else {
            kept.push(first.clone());
            rest = &rest[1..];
        }
    }
    kept
}

/// How many tokens an attribute is for: an item to its end, a field or an arm to its comma.
fn guarded(tokens: &[Token]) -> usize {
    let mut words = tokens.iter().map(String::as_str);
    let first = words.next().unwrap_or_default();
    let is_item = match first {
        "pub" if tokens.get(1).is_some_and(|next| next == "(") => true,
        "pub" => words.next().is_some_and(|next| ITEMS.contains(&next)),
        // Another attribute of the same item.
        "#" => true,
        first => ITEMS.contains(&first),
    };
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => return at,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                if depth == 0 && is_item {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            "," if depth == 0 && !is_item => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        tokens(text).join(" ")
    }

    #[test]
    fn comments_and_texts_say_nothing() {
        let text = r##"
            //! use crate::one;
            /* use /* crate::two */ crate::three; */
            const A: &str = "use \" crate::four;"; const B: &str = r#"" crate::five "#;
            fn f<'a>(x: &'a str) -> char { '\'' } // crate::six
        "##;
        let expected = "const A : & str = ; const B : & str = ; \
            fn f < ' a > ( x : & ' a str ) - > char { }";
        assert_eq!(told(text), expected);
    }

    #[test]
    fn what_tests_alone_have_is_left_out_and_nothing_else() {
        let text = "
            #[cfg(test)] mod tests { use super::*; fn f() { {} } }
            #[cfg(test)] #[expect(dead_code)] use crate::{one, two};
            struct S { #[cfg(test)] seen: Vec<u8>, kept: u8 }
            #[cfg(test)] pub(crate) fn f(a: u8, b: u8) {}
            #[cfg(not(test))] mod kept;
            #[cfg(test)] mod more;
            fn last() {}";
        // An empty item is left of the use, whose braces come before its end.
        let expected = "; struct S { kept : u8 } # [ cfg ( not ( test ) ) ] mod kept ; \
            fn last ( ) { }";
        assert_eq!(told(text), expected);
    }
}
