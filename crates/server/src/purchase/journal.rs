//! The journal: the books as hledger and Ledger read them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use membership_domain::purchase::ledger::Account;
use membership_store::books::Entry;

/// The accounts and the currencies of `entries`, and then the entries, so that a strict check
/// refuses every account that the books don't know.
pub fn journal(entries: &[Entry]) -> String {
    let mut text = String::new();
    // Writing into a text cannot fail.
    for account in Account::ALL {
        let _ = writeln!(text, "account {}", account.code());
    }
    let currencies: BTreeSet<_> = entries.iter().map(|entry| entry.currency).collect();
    for currency in currencies {
        let decimals = "0".repeat(currency.decimals() as usize);
        let _ = writeln!(text, "commodity 1000.{decimals} {currency}");
    }
    text.push('\n');
    for entry in entries {
        let _ = writeln!(text, "{} {}", entry.on, entry.key.replace(';', ","));
        for (account, amount) in &entry.lines {
            let amount = entry.currency.decimal(*amount);
            let _ = writeln!(text, "    {}  {amount} {}", account.code(), entry.currency);
        }
        text.push('\n');
    }
    text
}
