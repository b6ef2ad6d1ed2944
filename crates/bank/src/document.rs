//! A file as a whole.

use crate::decode::decode;
use crate::locate::locate;
use crate::ntry::Limit;
use crate::ordinals;
use crate::source::{Source, Tag};
use crate::stmt;
use crate::types::{Statement, StatementKind};
use crate::unreadable::{Reason, Refusal, Result, Unreadable, quoted};

/// The most statements of a file.
pub const MOST_STATEMENTS: usize = 10_000;

/// The formats that are read, by the end of their namespace.
const FORMATS: [(&str, StatementKind); 4] = [
    ("camt.053.001.02", StatementKind::Booked),
    ("camt.053.001.08", StatementKind::Booked),
    ("camt.054.001.02", StatementKind::Notified),
    ("camt.054.001.08", StatementKind::Notified),
];
const NAMESPACES: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// Reads a file of a bank: all statements or notifications in it, in their order.
///
/// # Errors
/// A file that is not camt.053 or camt.054 of version 02 or 08, is cut off, hostile or larger than
/// the limits of this module; and one in which an amount, a currency, a direction, a status or a
/// date cannot be read. Nothing of such a file is given: an entry left out would be money that
/// nobody sees.
pub fn read(bytes: &[u8]) -> Result<Vec<Statement>, Unreadable> {
    let text = decode(bytes).map_err(|refusal| {
        // It is text up to there, for the line and the path.
        let before = bytes.get(..refusal.at).unwrap_or_default();
        locate(&String::from_utf8_lossy(before), refusal)
    })?;
    document(&text).map_err(|refusal| locate(&text, refusal))
}

fn document(text: &str) -> Result<Vec<Statement>> {
    let (mut source, root) = Source::open(text)?;
    if root.name != "Document" {
        let root_name = quoted(root.name);
        return Err(Refusal::new(
            root.at,
            Reason::NotABankFile { root: root_name },
        ));
    }
    let kind = kind(&source, root.at)?;
    let (message, unit) = match kind {
        StatementKind::Booked => ("BkToCstmrStmt", "Stmt"),
        StatementKind::Notified => ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    };
    let mut statements = Vec::new();
    let mut limit = Limit::default();
    let mut is_there = false;
    while let Some(tag) = source.child()? {
        match tag.name == message {
            true if !is_there => is_there = true,
            true => return Err(refusal(&tag, |name| Reason::Twice { name })),
            false => return Err(refusal(&tag, |name| Reason::Unexpected { name })),
        }
        while let Some(tag) = source.child()? {
            match tag.name {
                "GrpHdr" | "SplmtryData" => source.skip()?,
                name if name == unit && statements.len() == MOST_STATEMENTS => {
                    let most = MOST_STATEMENTS;
                    return Err(Refusal::new(tag.at, Reason::TooManyStatements { most }));
                }
                name if name == unit => {
                    statements.push(stmt::read(&mut source, &tag, kind, &mut limit)?);
                }
                _ => return Err(refusal(&tag, |name| Reason::Unexpected { name })),
            }
        }
    }
    source.end()?;
    if statements.is_empty() {
        let name = if is_there { unit } else { message }.to_owned();
        return Err(Refusal::new(root.at, Reason::Missing { name }));
    }
    ordinals::number(&mut statements);
    Ok(statements)
}

fn refusal(tag: &Tag<'_>, reason: impl FnOnce(String) -> Reason) -> Refusal {
    Refusal::new(tag.at, reason(quoted(tag.name)))
}

fn kind(source: &Source<'_>, at: usize) -> Result<StatementKind> {
    let namespace = source.namespace();
    let format = namespace.strip_prefix(NAMESPACES).unwrap_or_default();
    let known = FORMATS.iter().find(|(name, _)| *name == format);
    known.map(|(_, kind)| *kind).ok_or_else(|| {
        let namespace = match namespace {
            "" => "without a namespace".to_owned(),
            other => quoted(other),
        };
        Refusal::new(at, Reason::OtherMessage { namespace })
    })
}
