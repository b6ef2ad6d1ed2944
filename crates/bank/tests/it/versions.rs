//! What both versions say, in their own ways.

use chrono::NaiveDate;
use membership_bank::statement::{Balance, Direction, EntryStatus, StatementKind, read};
use membership_domain::Currency;

use crate::files::{ACCOUNT, NOTIFICATION, STATEMENT, credit, file, only};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
}

fn currency(code: &str) -> Currency {
    code.parse().expect("a currency")
}

#[test]
fn the_sample_statement_is_read_with_all_that_it_says() {
    let statement = only(STATEMENT);
    assert_eq!(statement.kind, StatementKind::Booked);
    assert_eq!(statement.id, "MB-C053-ACME-1");
    assert_eq!(
        (statement.electronic_number, statement.legal_number),
        (Some(1), Some(1))
    );
    assert_eq!(
        statement.created_at.as_deref(),
        Some("2026-11-24T16:40:53+00:00")
    );
    assert_eq!(
        (statement.from, statement.to),
        (Some(day(23)), Some(day(23)))
    );
    let account = &statement.account;
    assert_eq!(account.iban.as_deref(), Some("NL41MOCK0000000001"));
    assert_eq!(
        (account.currency, account.bic.as_deref()),
        (Some(currency("EUR")), Some("MOCKNL2A"))
    );
    assert_eq!(account.owner.as_deref(), Some("ACME Corporation"));
    let (currency, on) = (currency("EUR"), day(23));
    assert_eq!(
        statement.opening,
        Some(Balance {
            amount: 12_500_000,
            currency,
            on
        })
    );
    assert_eq!(
        statement.closing,
        Some(Balance {
            amount: 12_828_900,
            currency,
            on
        })
    );
    assert_eq!(statement.adds_up(), Some(true));
    let [first, second, third] = statement.entries.as_slice() else {
        panic!("three entries");
    };
    assert_eq!((first.amount, first.direction), (89_500, Direction::Credit));
    assert_eq!(
        (first.status, first.reversal, first.complete),
        (EntryStatus::Booked, false, true)
    );
    assert_eq!(
        (first.booked_on, first.value_on),
        (Some(day(23)), Some(day(22)))
    );
    assert_eq!(first.bank_reference.as_deref(), Some("MB-RCV-1"));
    assert_eq!(first.end_to_end_id, None);
    assert_eq!(
        first.counterparty.name.as_deref(),
        Some("Contoso Consulting GmbH")
    );
    assert_eq!(
        first.counterparty.account.as_deref(),
        Some("DE89370400440532013000")
    );
    assert_eq!(first.text, ["ORD-2026-000123 PARTNER 5551234"]);
    assert_eq!(first.code.as_deref(), Some("PMNT-RCDT-ESCT"));
    assert_eq!(second.end_to_end_id.as_deref(), Some("ORD2026000124"));
    assert_eq!(third.structured_references, ["RF18539007547034"]);
    assert_eq!(third.references(), ["RF18539007547034"]);
}

#[test]
fn a_notification_has_the_same_entries_and_no_balances() {
    let (booked, notified) = (only(STATEMENT), only(NOTIFICATION));
    assert_eq!(notified.kind, StatementKind::Notified);
    assert_eq!(notified.entries, booked.entries);
    assert_eq!((notified.opening, notified.closing), (None, None));
    assert_eq!(notified.adds_up(), None);
}

/// A statement as German banks wrote it in version 02, with a prefix and its old names.
const OLD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<n:Document xmlns:n="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
 <n:BkToCstmrStmt>
  <n:GrpHdr><n:MsgId>M</n:MsgId></n:GrpHdr>
  <n:Stmt>
   <n:Id>S</n:Id>
   <n:Acct><n:Id><n:Othr><n:Id>1234-5</n:Id></n:Othr></n:Id>
    <n:Svcr><n:FinInstnId><n:BIC>MOCKNL2A</n:BIC></n:FinInstnId></n:Svcr></n:Acct>
   <n:Bal><n:Tp><n:CdOrPrtry><n:Cd>PRCD</n:Cd></n:CdOrPrtry></n:Tp><n:Amt Ccy="EUR">10</n:Amt>
    <n:CdtDbtInd>DBIT</n:CdtDbtInd><n:Dt><n:Dt>2026-11-22</n:Dt></n:Dt></n:Bal>
   <n:Bal><n:Tp><n:CdOrPrtry><n:Cd>CLBD</n:Cd></n:CdOrPrtry></n:Tp><n:Amt Ccy="EUR">2.50</n:Amt>
    <n:CdtDbtInd>CRDT</n:CdtDbtInd><n:Dt><n:Dt>2026-11-23</n:Dt></n:Dt></n:Bal>
   <n:Ntry>
    <n:Amt Ccy="EUR">12.50</n:Amt>
    <n:CdtDbtInd>CRDT</n:CdtDbtInd>
    <n:Sts>BOOK</n:Sts>
    <n:BookgDt><n:DtTm>2026-11-23T23:30:00-05:00</n:DtTm></n:BookgDt>
    <n:BkTxCd><n:Prtry><n:Cd>NTRF+166</n:Cd></n:Prtry></n:BkTxCd>
    <n:NtryDtls>
     <n:TxDtls>
      <n:Refs><n:AcctSvcrRef>B-77</n:AcctSvcrRef><n:EndToEndId>E-1</n:EndToEndId>
       <n:TxId>T-1</n:TxId><n:MndtId>NONREF</n:MndtId></n:Refs>
      <n:AmtDtls><n:TxAmt><n:Amt Ccy="EUR">12.50</n:Amt></n:TxAmt></n:AmtDtls>
      <n:RltdPties><n:Dbtr><n:Nm>Zoë &amp; Søn &#x41;/S</n:Nm></n:Dbtr>
       <n:DbtrAcct><n:Id><n:IBAN>de89 3704 0044 0532 0130 00</n:IBAN></n:Id></n:DbtrAcct>
       <n:UltmtDbtr><n:Nm>Holding</n:Nm></n:UltmtDbtr>
       <n:Cdtr><n:Nm>ACME</n:Nm></n:Cdtr></n:RltdPties>
      <n:RltdAgts><n:DbtrAgt><n:FinInstnId><n:BIC>COBADEFF</n:BIC></n:FinInstnId></n:DbtrAgt></n:RltdAgts>
      <n:RmtInf><n:Ustrd>line one</n:Ustrd><n:Ustrd><![CDATA[line <two>]]></n:Ustrd></n:RmtInf>
     </n:TxDtls>
    </n:NtryDtls>
    <n:AddtlNtryInf>SEPA-GUTSCHRIFT</n:AddtlNtryInf>
   </n:Ntry>
  </n:Stmt>
 </n:BkToCstmrStmt>
</n:Document>"#;

#[test]
fn version_02_is_read_with_any_prefix() {
    let statement = only(OLD);
    assert_eq!(statement.account.key(), "1234-5");
    assert_eq!(statement.account.bic.as_deref(), Some("MOCKNL2A"));
    assert_eq!(
        statement.opening.map(|balance| balance.amount),
        Some(-1_000)
    );
    assert_eq!(statement.adds_up(), Some(true));
    let entry = &statement.entries[0];
    assert_eq!(
        (entry.amount, entry.status, entry.complete),
        (1_250, EntryStatus::Booked, true)
    );
    // The date part as written, though it is the next day in the account's time zone.
    assert_eq!((entry.booked_on, entry.value_on), (Some(day(23)), None));
    assert_eq!(entry.code.as_deref(), Some("NTRF+166"));
    assert_eq!(
        (&entry.bank_reference, entry.detail_reference.as_deref()),
        (&None, Some("B-77"))
    );
    assert_eq!(entry.ids.transaction.as_deref(), Some("T-1"));
    assert_eq!(entry.ids.mandate, None);
    let party = &entry.counterparty;
    assert_eq!(party.name.as_deref(), Some("Zoë & Søn A/S"));
    assert_eq!(party.ultimate_name.as_deref(), Some("Holding"));
    assert_eq!(party.account.as_deref(), Some("DE89370400440532013000"));
    assert_eq!(party.bic.as_deref(), Some("COBADEFF"));
    assert_eq!(entry.text, ["line one", "line <two>"]);
    assert_eq!(entry.additional_info, ["SEPA-GUTSCHRIFT"]);
}

#[test]
fn a_byte_order_mark_and_latin_letters_are_read() {
    let marked = format!("\u{FEFF}{OLD}");
    assert_eq!(only(&marked), only(OLD));
    let latin = OLD.replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = latin
        .chars()
        .map(|one| u8::try_from(one).expect("latin"))
        .collect();
    assert_eq!(read(&latin), read(OLD.as_bytes()));
}

#[test]
fn several_statements_in_one_file_are_all_read() {
    let statement = format!("<Stmt><Id>S</Id>{ACCOUNT}{}</Stmt>", credit("1", "EUR", ""));
    let both = file("08", "").replace("</Stmt>", &format!("</Stmt>{statement}"));
    let both = read(both.as_bytes()).expect("a good file");
    assert_eq!(
        both.iter().map(|one| one.entries.len()).collect::<Vec<_>>(),
        [0, 1]
    );
}
