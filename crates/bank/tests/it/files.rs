//! Small files, and the two samples that mock-bank made.

use membership_bank::statement::{Reason, Unreadable, read};
use membership_bank::{Entry, Statement};

pub const STATEMENT: &str = include_str!("../files/camt.053.001.08-mock-bank.xml");
pub const NOTIFICATION: &str = include_str!("../files/camt.054.001.08-mock-bank.xml");

pub const ACCOUNT: &str = "<Acct><Id><IBAN>NL41MOCK0000000001</IBAN></Id><Ccy>EUR</Ccy>\
                           <Ownr><Nm>ACME Corporation</Nm></Ownr></Acct>";

/// A statement of a version, with these entries.
pub fn file(version: &str, entries: &str) -> String {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id>{ACCOUNT}{entries}</Stmt>\
         </BkToCstmrStmt></Document>"
    )
}

/// The head of a booked credit of version 08, up to its details.
pub fn head(amount: &str, currency: &str) -> String {
    format!(
        "<Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt>"
    )
}

/// A booked credit of version 08, with what comes after its head.
pub fn credit(amount: &str, currency: &str, more: &str) -> String {
    format!("<Ntry>{}{more}</Ntry>", head(amount, currency))
}

pub fn only(file: &str) -> Statement {
    let mut statements = read(file.as_bytes()).expect("a good file");
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}

/// The entries of a statement of version 08.
pub fn entries(text: &str) -> Vec<Entry> {
    only(&file("08", text)).entries
}

/// The entry of a statement of version 08.
pub fn entry(text: &str) -> Entry {
    let mut entries = entries(text);
    assert_eq!(entries.len(), 1);
    entries.remove(0)
}

pub fn refused(bytes: impl AsRef<[u8]>) -> Unreadable {
    read(bytes.as_ref()).expect_err("a refusal")
}

pub fn reason(bytes: impl AsRef<[u8]>) -> Reason {
    refused(bytes).reason
}
