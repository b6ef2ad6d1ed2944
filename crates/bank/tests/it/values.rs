//! Amounts, days, codes and people of entries.

use membership_bank::statement::{Direction, EntryStatus, Reason};
use membership_domain::{Currency, Money};

use crate::files::{STATEMENT, credit, entries, entry, file, head, only, reason, refused};

fn currency(code: &str) -> Currency {
    code.parse().expect("a currency")
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    for (amount, code, minor) in [
        ("89500", "JPY", 89_500),
        ("1.005", "KWD", 1_005),
        (".5", "EUR", 50),
        ("0", "EUR", 0),
        ("7.10000", "EUR", 710),
    ] {
        let entry = entry(&credit(amount, code, ""));
        assert_eq!(
            entry.money(),
            Money::new(minor, currency(code)),
            "{amount} {code}"
        );
    }
    for (value, code) in [
        ("12.50", "JPY"),
        ("1.0005", "KWD"),
        ("1.005", "EUR"),
        ("-1", "EUR"),
        ("-0", "EUR"),
        ("1,50", "EUR"),
        ("", "EUR"),
        ("1e3", "EUR"),
        ("99999999999999999999", "EUR"),
    ] {
        let found = refused(file("08", &credit(value, code, "")));
        assert_eq!(found.path, "/Document/BkToCstmrStmt/Stmt[1]/Ntry[1]/Amt");
        let (value, currency) = (value.to_owned(), currency(code));
        assert_eq!(found.reason, Reason::Amount { value, currency });
    }
}

#[test]
fn an_entry_in_another_currency_than_the_account_keeps_it() {
    let statement = STATEMENT.replacen(
        "<Ntry><Amt Ccy=\"EUR\">895",
        "<Ntry><Amt Ccy=\"USD\">895",
        1,
    );
    let statement = only(&statement);
    let first = &statement.entries[0];
    assert_eq!(first.money(), Money::new(89_500, currency("USD")));
    assert_eq!(statement.account.currency, Some(currency("EUR")));
    // Nobody knows at which rate it counts in the balance.
    assert_eq!(statement.adds_up(), None);
}

#[test]
fn balances_that_do_not_fit_the_entries_are_noticed() {
    let wrong = STATEMENT.replacen("128289.00", "128289.01", 1);
    assert_eq!(only(&wrong).adds_up(), Some(false));
    let pending = STATEMENT.replacen("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", 1);
    assert_eq!(only(&pending).adds_up(), Some(false));
    assert_eq!(only(&pending).entries[0].status, EntryStatus::Pending);
}

#[test]
fn what_came_back_says_why_and_who_it_was_for() {
    let details = "<NtryDtls><TxDtls><Refs><EndToEndId>REFUND-7</EndToEndId></Refs>\
        <RltdPties><Dbtr><Pty><Nm>ACME Corporation</Nm></Pty></Dbtr>\
        <Cdtr><Pty><Nm>Contoso</Nm></Pty></Cdtr></RltdPties>\
        <RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account</AddtlInf><AddtlInf>closed</AddtlInf></RtrInf>\
        </TxDtls></NtryDtls>";
    let back = entry(&credit("50", "EUR", details));
    let reason = back.returned.clone().expect("a reason");
    assert_eq!(
        (reason.code.as_deref(), reason.text.as_deref()),
        (Some("AC04"), Some("account closed"))
    );
    assert_eq!(back.counterparty.name.as_deref(), Some("Contoso"));
    // A bank that turns the roles.
    let turned = details
        .replace("Dbtr>", "X>")
        .replace("Cdtr>", "Dbtr>")
        .replace("X>", "Cdtr>");
    let turned = entry(&credit("50", "EUR", &turned));
    assert_eq!(turned.counterparty.name.as_deref(), Some("Contoso"));
}

#[test]
fn a_reversal_is_marked() {
    let flag = "<RvslInd>true</RvslInd><AcctSvcrRef>R</AcctSvcrRef>";
    assert!(entry(&credit("50", "EUR", flag)).reversal);
    let wrong = credit("50", "EUR", "<RvslInd>yes</RvslInd>");
    assert!(matches!(
        reason(file("08", &wrong)),
        Reason::NotACode { .. }
    ));
}

#[test]
fn an_exchanged_amount_and_charges_are_told() {
    let details = "<NtryDtls><TxDtls><Amt Ccy=\"EUR\">90.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
        <AmtDtls><InstdAmt><Amt Ccy=\"USD\">100.00</Amt><CcyXchg><XchgRate>1.0526</XchgRate></CcyXchg>\
        </InstdAmt></AmtDtls><Chrgs><Rcrd><Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>\
        <ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs></TxDtls></NtryDtls>";
    let entry = entry(&credit("90.00", "EUR", details));
    let exchanged = entry.exchanged.expect("exchanged");
    assert_eq!(exchanged.from, Money::new(10_000, currency("USD")));
    assert_eq!(exchanged.rate.as_deref(), Some("1.0526"));
    let [charge] = entry.charges.as_slice() else {
        panic!("one charge");
    };
    assert_eq!(charge.amount, Money::new(500, currency("EUR")));
    assert_eq!(
        (charge.direction, charge.included),
        (Some(Direction::Debit), Some(true))
    );
    assert!(entry.complete);
}

#[test]
fn names_in_all_scripts_stay_as_written() {
    for name in [
        "北風貿易株式会社",
        "Северный ветер",
        "شركة الرياح",
        "नॉर्थविंड",
        "Ηλιος ΑΕ",
        "Zo\u{308}e 🏦",
    ] {
        let details = format!(
            "<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls>"
        );
        let entry = entry(&credit("1", "EUR", &details));
        assert_eq!(entry.counterparty.name.as_deref(), Some(name));
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let good = credit("1", "EUR", "");
    let path = "/Document/BkToCstmrStmt/Stmt[1]/Ntry[2]";
    for (from, to, place) in [
        ("CRDT", "CREDIT", "/CdtDbtInd"),
        ("BOOK", "DONE", "/Sts"),
        ("<Sts><Cd>BOOK</Cd></Sts>", "", ""),
        ("<CdtDbtInd>CRDT</CdtDbtInd>", "", ""),
        (" Ccy=\"EUR\"", "", "/Amt"),
        ("EUR", "Euro", "/Amt"),
        ("2026-11-23", "23.11.2026", "/BookgDt/Dt"),
    ] {
        let wrong = good.replacen(from, to, 1);
        let found = refused(file("08", &format!("{good}\n{wrong}")));
        assert_eq!(
            (found.path.strip_prefix(path), found.line),
            (Some(place), 2),
            "{found}"
        );
    }
    let twice = format!("<Ntry>{}<Amt Ccy=\"EUR\">2</Amt></Ntry>", head("1", "EUR"));
    assert_eq!(
        reason(file("08", &twice)),
        Reason::Twice {
            name: "Amt".to_owned()
        }
    );
    let misnamed = good.replace("Ntry>", "ntry>");
    assert_eq!(
        reason(file("08", &misnamed)),
        Reason::Unexpected {
            name: "ntry".to_owned()
        }
    );
    assert!(entries("").is_empty());
}
