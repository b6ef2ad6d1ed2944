//! What XML says of characters, references and mistakes.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::EscapeError;
use quick_xml::events::BytesRef;

use crate::decode::is_allowed;
use crate::unreadable::{Reason, Refusal, Result, quoted};

/// XML knows four blank characters.
pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| b" \t\r\n".contains(&byte))
}

/// What an entity or a character reference stands for.
pub(crate) fn character(reference: &BytesRef<'_>, at: usize) -> Result<Cow<'static, str>> {
    let resolved = reference.resolve_char_ref();
    if let Some(one) = resolved.map_err(|error| wrong(&error, at))? {
        let code = u32::from(one);
        return match is_allowed(one) {
            true => Ok(Cow::Owned(one.to_string())),
            false => Err(Refusal::new(at, Reason::Character { code })),
        };
    }
    Ok(Cow::Borrowed(match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        other => {
            let name = quoted(other);
            return Err(Refusal::new(at, Reason::Entity { name }));
        }
    }))
}

/// What the XML reader refuses, in our words where somebody can do something about it.
pub(crate) fn wrong(error: &Error, at: usize) -> Refusal {
    let reason = match error {
        Error::Syntax(SyntaxError::UnclosedDoctype) => Reason::Doctype,
        Error::Syntax(SyntaxError::InvalidBangMarkup) => Reason::NotXml {
            detail: error.to_string(),
        },
        // All others say that something was never closed.
        Error::Syntax(_) => Reason::CutOff,
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => Reason::CutOff,
        Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => {
            Reason::Entity { name: quoted(name) }
        }
        _ => Reason::NotXml {
            detail: quoted(&error.to_string()),
        },
    };
    Refusal::new(at, reason)
}
