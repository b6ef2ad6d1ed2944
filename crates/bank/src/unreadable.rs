//! Why a file is refused, and where.

use membership_domain::Currency;
use serde::{Deserialize, Serialize};

/// A file that is refused, with the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("line {line}, {path}: {reason}")]
pub struct Unreadable {
    /// The line, from 1. Banks often write a whole file in one.
    pub line: u64,
    /// The element, such as `/Document/BkToCstmrStmt/Stmt[1]/Ntry[3]/Amt`, with a number where
    /// there can be several; `/` before the first one.
    pub path: String,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong with a file. Values from the file are shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are read.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most.
        most: usize,
    },
    /// A ZIP archive, in which banks often send several files.
    #[error("the file is a ZIP archive; unpack it and use the files inside")]
    Archive,
    /// An encoding other than UTF-8, US-ASCII and ISO-8859-1.
    #[error("the encoding {declared} isn't supported; use UTF-8")]
    Encoding {
        /// As the file says it.
        declared: String,
    },
    /// Bytes that the file's encoding doesn't have.
    #[error("the text isn't {encoding}")]
    NotText {
        /// The encoding that the file says it has.
        encoding: String,
    },
    /// A control character, which XML doesn't allow.
    #[error("the character U+{code:04X} isn't allowed in XML")]
    Character {
        /// Its code point.
        code: u32,
    },
    /// Not XML, or XML with a mistake.
    #[error("this isn't valid XML: {detail}")]
    NotXml {
        /// What the XML reader says.
        detail: String,
    },
    /// The file ends in the middle.
    #[error("the file ends before it is complete")]
    CutOff,
    /// A document type declaration, which bank files never have, and attacks do.
    #[error("a DOCTYPE isn't allowed")]
    Doctype,
    /// An entity other than the five of XML.
    #[error("the entity {name} isn't allowed")]
    Entity {
        /// Its name.
        name: String,
    },
    /// Elements inside of elements, too many times.
    #[error("elements are nested more than {most} deep")]
    TooDeep {
        /// The most.
        most: usize,
    },
    /// An element with too many attributes.
    #[error("an element has more than {most} attributes")]
    TooManyAttributes {
        /// The most.
        most: usize,
    },
    /// Too many elements in one transaction, or in one of the statement's own parts.
    #[error("there are more than {most} elements inside this one")]
    TooManyElements {
        /// The most.
        most: usize,
    },
    /// More entries than are read, counting each transaction of a batch.
    #[error("there are more than {most} entries in the file")]
    TooManyEntries {
        /// The most.
        most: usize,
    },
    /// More statements than are read.
    #[error("there are more than {most} statements in the file")]
    TooManyStatements {
        /// The most.
        most: usize,
    },
    /// A text that is longer than any bank's.
    #[error("the text is longer than {most} bytes")]
    TooLong {
        /// The most.
        most: usize,
    },
    /// XML, but no ISO 20022 message.
    #[error("the file starts with {root}; a bank file starts with Document")]
    NotABankFile {
        /// The first element.
        root: String,
    },
    /// Another kind or version of message.
    #[error(
        "the format {namespace} isn't supported; ask the bank for camt.053 or camt.054, \
         version 001.08 or 001.02"
    )]
    OtherMessage {
        /// The namespace, which names the message.
        namespace: String,
    },
    /// An element of another namespace than the file's.
    #[error("{name} belongs to another format than the file")]
    Foreign {
        /// The element.
        name: String,
    },
    /// An element where the format doesn't have it.
    #[error("{name} isn't expected here")]
    Unexpected {
        /// The element.
        name: String,
    },
    /// Something that must be there.
    #[error("{name} is missing")]
    Missing {
        /// The element, or `@Ccy` for an attribute.
        name: String,
    },
    /// More than one of what there can be once.
    #[error("{name} is there more than once")]
    Twice {
        /// The element.
        name: String,
    },
    /// Text beside elements, or elements inside of a value.
    #[error("text and elements are mixed")]
    Mixed,
    /// Not an amount of its currency: no number, below zero, too large or too many decimals.
    #[error("{value} isn't an amount in {currency}, which has {} decimals", currency.decimals())]
    Amount {
        /// As the file has it.
        value: String,
        /// Its currency.
        currency: Currency,
    },
    /// Not the code of a currency.
    #[error("{value} isn't the code of a currency")]
    NoCurrency {
        /// As the file has it.
        value: String,
    },
    /// Not a day.
    #[error("{value} isn't a date")]
    NotADay {
        /// As the file has it.
        value: String,
    },
    /// Not a whole number.
    #[error("{value} isn't a whole number")]
    NotANumber {
        /// As the file has it.
        value: String,
    },
    /// Not one of the values that there are.
    #[error("{value} isn't one of: {known}")]
    NotACode {
        /// As the file has it.
        value: String,
        /// Those that there are.
        known: String,
    },
}

/// A refusal before its line and path are known: both are looked up once, at the end.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// Where in the text, in bytes.
    pub at: usize,
    pub reason: Reason,
}

impl Refusal {
    pub fn new(at: usize, reason: Reason) -> Self {
        Self { at, reason }
    }
}

pub(crate) type Result<T, E = Refusal> = std::result::Result<T, E>;

/// What a reason quotes of a file: short enough to be shown, without what would break a line.
pub(crate) fn quoted(value: &str) -> String {
    const MOST: usize = 60;
    let mut text: String = (value.chars().take(MOST))
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect();
    if value.chars().nth(MOST).is_some() {
        text.push('…');
    }
    text
}
