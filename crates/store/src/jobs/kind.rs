//! What jobs do, as it is stored.

use sea_orm::QueryResult;

use crate::StoreError;

membership_domain::codes! {
    /// What is done. A server takes only the kinds that it knows.
    Kind {
        /// A mail is handed to the mail server; the key is its id.
        MailSend = "mail.send",
        /// Entries of the audit log are sealed into its chains; recurring.
        AuditSeal = "audit.seal",
        /// Mails that nobody asks about anymore are removed; recurring.
        MailClean = "mail.clean",
        /// The personal values of those who were removed long ago are erased; recurring.
        MemberErase = "member.erase",
        /// Payments whose end is not known are asked about; recurring.
        PaymentCheck = "payment.check",
        /// Orders whose last day has passed end; recurring.
        OrderExpire = "order.expire",
        /// A bill gets its number and its files; the key is its id. Queued by earlier versions.
        BillIssue = "bill.issue",
        /// Bills that were kept together get their numbers and files; the key is the first one's id.
        BillsIssue = "bills.issue",
        /// The months of terms that are over are booked; recurring.
        BooksEarn = "books.earn",
        /// Those who can renew are reminded; recurring.
        TermRemind = "term.remind",
        /// Bank entries are given to their orders; recurring.
        BankMatch = "bank.match",
        /// The sandbox provider tells of an event; the key is the event's id.
        SandboxEvent = "sandbox.event",
    }
}

/// The kind of a job that this version does.
pub fn of(row: &QueryResult) -> Result<Kind, StoreError> {
    let value: String = row.try_get("", "kind")?;
    Kind::from_code(&value).ok_or(StoreError::Unreadable {
        what: "job kind",
        value,
    })
}

/// How often a job was taken.
pub fn attempts(row: &QueryResult) -> Result<u32, StoreError> {
    let attempts: i32 = row.try_get("", "attempts")?;
    Ok(u32::try_from(attempts).unwrap_or(0))
}
