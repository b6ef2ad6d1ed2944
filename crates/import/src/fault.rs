//! What is wrong with a file, and with a line of it. The sentences are made elsewhere.

use membership_domain::evidence::FaultCode;
use serde::{Deserialize, Serialize};

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// Nothing in it.
    Empty,
    /// More bytes than are read.
    TooLarge {
        /// The most.
        most: usize,
    },
    /// More rows than are read.
    TooManyRows {
        /// How many there are.
        have: usize,
        /// The most.
        most: usize,
    },
    /// An archive or a workbook.
    Archive,
    /// No text with columns.
    NoTable,
    /// Begins like JSON and is none.
    NotJson {
        /// Where that shows.
        line: u64,
        /// What is wrong there.
        detail: String,
    },
    /// Reading was told to stop before the end: it took too long, or the client has gone.
    Stopped,
    /// Neither UTF-8 nor UTF-16.
    Encoding {
        /// The first line that is not.
        line: u64,
    },
    /// Quotes that are opened and never closed: the file was cut off.
    Unclosed {
        /// The line on which they are opened.
        line: u64,
    },
    /// Two columns have one name, which is one that is used.
    DoubleColumn {
        /// The name.
        name: String,
    },
    /// The columns of no known export.
    UnknownColumns {
        /// Those that a certificates export needs and that are missing.
        certificates: Vec<String>,
        /// Those that a usage export needs and that are missing.
        usage: Vec<String>,
    },
}

/// A line that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportProblem))]
pub struct Problem {
    /// The line in the file, from 1.
    pub line: u64,
    /// The column's name in the file, where it is about one; in JSON, the place as a pointer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stands there, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Why it is refused.
    pub reason: Reason,
}

/// Why a line is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More cells than columns.
    Cells {
        /// How many there are.
        have: usize,
        /// How many columns there are.
        need: usize,
    },
    /// Nothing where something must be.
    Missing,
    /// Not a day.
    NotADay,
    /// Not a month.
    NotAMonth,
    /// Not a number.
    NotANumber,
    /// Money of another country.
    NotDollars,
    /// A fraction where a whole number must be.
    NotWhole,
    /// It has not happened yet.
    InTheFuture,
    /// The catalog has no such certificate.
    UnknownCertificate,
    /// The catalog has no such workload.
    UnknownWorkload,
    /// No such connection.
    UnknownAssociation,
    /// No such authority.
    UnknownAuthority,
    /// Another person has this id or address.
    OtherPerson {
        /// Whose it is.
        name: String,
    },
    /// An address of somebody else of the same name looks the same, in other letters.
    LooksLike {
        /// That address.
        address: String,
    },
    /// Another customer has this tenant.
    OtherCustomer {
        /// Whose it is.
        name: String,
    },
    /// Several customers have this name.
    SeveralCustomers,
    /// Another customer has this id.
    IdOfOther {
        /// Whose it is.
        name: String,
    },
    /// A customer without an id whose name is much like that of another.
    Resembles {
        /// Of which one.
        name: String,
    },
    /// A spreadsheet rounded the id: it could be that of many.
    RoundedId,
    /// The cell keeps quotes around it.
    StrayQuotes,
    /// Several certificates are called this.
    SeveralCertificates,
    /// One place means one certificate, and another place another.
    OtherCertificate {
        /// The other one's code.
        title: String,
    },
    /// The title has a level that the certificate of its code does not have.
    OtherLevel,
    /// The same row with other values stands elsewhere in the file.
    Contradicts {
        /// On which line.
        line: u64,
    },
    /// It is known already, and was to be new; the value says what is known.
    Known,
    /// It is not known, and was to be removed.
    NotThere,
    /// It cannot be removed while other rows need it.
    Needed {
        /// How many rows of usage.
        usage: usize,
        /// How many references.
        references: usize,
    },
    /// Not of the shape that evidence has as JSON.
    NotReadable {
        /// What is wrong with it.
        detail: String,
    },
    /// Something else where rows must be, in JSON.
    NoList,
    /// Evidence has no such part.
    UnknownPart,
    /// A value that no evidence can have.
    Invalid {
        /// What is wrong with it.
        code: FaultCode,
    },
}
