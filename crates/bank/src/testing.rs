//! Writes statements (camt.053.001.08), for tests, benchmarks and the simulation of the product.
//!
//! By rule and without chance: the same sheet makes the same bytes.

mod many;

use chrono::NaiveDate;
use membership_domain::Currency;

use crate::entry::Direction;

pub use many::{many, many_statement};

/// What a statement says of its account, and its rows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// The account's IBAN.
    pub iban: String,
    /// Who has it.
    pub owner: String,
    /// The currency of the account and of all rows.
    pub currency: Currency,
    /// What was on the account before, in minor units.
    pub opening: i64,
    /// The day of the balances, and of the rows.
    pub on: NaiveDate,
    /// What was booked, in its order.
    pub rows: Vec<Row>,
}

/// What was booked as one.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which way.
    pub direction: Direction,
    /// The bank's reference; left out where it is empty.
    pub bank_reference: String,
    /// Its transactions: several for a batch.
    pub payments: Vec<Payment>,
}

/// A transaction.
#[derive(Clone, Debug, Default)]
pub struct Payment {
    /// In minor units.
    pub amount: i64,
    /// Who is at the other end.
    pub name: String,
    /// Their IBAN; left out where it is empty.
    pub iban: String,
    /// The end-to-end id; `NOTPROVIDED` where it is empty.
    pub end_to_end_id: String,
    /// Structured references.
    pub references: Vec<String>,
    /// Lines of free text.
    pub text: Vec<String>,
    /// The code of the reason, of a payment that came back; left out where it is empty.
    pub returned: String,
}

/// A statement as a bank writes it, with the closing balance that its rows make.
#[must_use]
pub fn statement(sheet: &Sheet) -> Vec<u8> {
    let Sheet { currency, on, .. } = sheet;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml += "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\n";
    let (id, number) = (escaped(&sheet.id), sheet.number);
    let made = format!("<CreDtTm>{on}T23:59:59+00:00</CreDtTm>");
    xml += &format!("<GrpHdr><MsgId>{id}</MsgId>{made}</GrpHdr>\n");
    xml += &format!("<Stmt><Id>{id}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>{made}\n");
    let (iban, owner) = (escaped(&sheet.iban), escaped(&sheet.owner));
    xml += &format!("<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy>");
    xml += &format!("<Ownr><Nm>{owner}</Nm></Ownr></Acct>\n");
    let signed = |row: &Row| row.direction.signed(row.amount());
    let rows = sheet.rows.iter().map(signed);
    let closing = rows.fold(sheet.opening, i64::saturating_add);
    xml += &balance("OPBD", sheet.opening, sheet);
    xml += &balance("CLBD", closing, sheet);
    for row in &sheet.rows {
        xml += &entry(row, sheet);
    }
    xml += "</Stmt>\n</BkToCstmrStmt></Document>\n";
    xml.into_bytes()
}

impl Row {
    /// A single payment into the account.
    #[must_use]
    pub fn credit(bank_reference: &str, payment: Payment) -> Self {
        Self {
            direction: Direction::Credit,
            bank_reference: bank_reference.to_owned(),
            payments: vec![payment],
        }
    }

    /// All of its payments, in minor units.
    #[must_use]
    pub fn amount(&self) -> i64 {
        let amounts = self.payments.iter().map(|payment| payment.amount);
        amounts.fold(0, i64::saturating_add)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// An element with a text; nothing where that is empty.
fn optional(name: &str, text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("<{name}>{}</{name}>", escaped(text)),
    }
}

fn bank_code(direction: Direction) -> &'static str {
    match direction {
        Direction::Credit => "CRDT",
        Direction::Debit => "DBIT",
    }
}

fn money(amount: i64, direction: Direction, currency: Currency) -> String {
    let (amount, code) = (currency.decimal(amount), bank_code(direction));
    format!("<Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{code}</CdtDbtInd>")
}

fn balance(code: &str, amount: i64, sheet: &Sheet) -> String {
    let direction = match amount < 0 {
        true => Direction::Debit,
        false => Direction::Credit,
    };
    let amount = money(amount.saturating_abs(), direction, sheet.currency);
    let on = sheet.on;
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount}<Dt><Dt>{on}</Dt></Dt></Bal>\n"
    )
}

fn entry(row: &Row, sheet: &Sheet) -> String {
    let (direction, on) = (row.direction, sheet.on);
    let mut xml = format!("<Ntry>{}", money(row.amount(), direction, sheet.currency));
    xml += "<Sts><Cd>BOOK</Cd></Sts>";
    xml += &format!("<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>");
    xml += &optional("AcctSvcrRef", &row.bank_reference);
    let family = match direction {
        Direction::Credit => "RCDT",
        Direction::Debit => "ICDT",
    };
    xml += &format!(
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly>\
         </Domn></BkTxCd><NtryDtls>"
    );
    for payment in &row.payments {
        xml += &details(payment, direction, sheet.currency);
    }
    xml + "</NtryDtls></Ntry>\n"
}

fn details(payment: &Payment, direction: Direction, currency: Currency) -> String {
    let id = match payment.end_to_end_id.as_str() {
        "" => "NOTPROVIDED",
        id => id,
    };
    let mut xml = format!("<TxDtls><Refs>{}</Refs>", optional("EndToEndId", id));
    xml += &money(payment.amount, direction, currency);
    // What came back keeps the roles of the payment that it takes back.
    let is_payer = (direction == Direction::Credit) == payment.returned.is_empty();
    let role = if is_payer { "Dbtr" } else { "Cdtr" };
    let name = optional("Nm", &payment.name);
    xml += &format!("<RltdPties><{role}><Pty>{name}</Pty></{role}>");
    if !payment.iban.is_empty() {
        let iban = optional("IBAN", &payment.iban);
        xml += &format!("<{role}Acct><Id>{iban}</Id></{role}Acct>");
    }
    xml += "</RltdPties><RmtInf>";
    for line in &payment.text {
        xml += &optional("Ustrd", line);
    }
    for reference in &payment.references {
        let reference = optional("Ref", reference);
        xml += &format!("<Strd><CdtrRefInf>{reference}</CdtrRefInf></Strd>");
    }
    xml += "</RmtInf>";
    if !payment.returned.is_empty() {
        let code = optional("Cd", &payment.returned);
        xml += &format!("<RtrInf><Rsn>{code}</Rsn></RtrInf>");
    }
    xml + "</TxDtls>"
}
