//! Whatever the bytes are, they are read or refused.

use membership_bank::reference::is_right;
use membership_bank::statement::read;
use proptest::prelude::*;

use crate::files::{NOTIFICATION, STATEMENT};

/// A change of some bytes.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Remove(usize, usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
}

const PIECES: [&str; 16] = [
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&amp;",
    "&#x0;",
    "\"",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<?",
    "<Ntry>",
    "</Ntry>",
    "<!DOCTYPE",
    "\u{FEFF}",
];

fn change() -> impl Strategy<Value = Change> {
    let at = 0_usize..3_000;
    prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at.clone(), 1_usize..200).prop_map(|(at, count)| Change::Remove(at, count)),
        (at.clone(), 1_usize..200).prop_map(|(at, count)| Change::Repeat(at, count)),
        (at, prop::sample::select(&PIECES[..])).prop_map(|(at, text)| Change::Insert(at, text)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let clamp = |at: usize| at.min(bytes.len());
    match *change {
        Change::Set(at, byte) => {
            if let Some(one) = bytes.get_mut(at) {
                *one = byte;
            }
        }
        Change::Remove(at, count) => {
            bytes.drain(clamp(at)..clamp(at + count));
        }
        Change::Repeat(at, count) => {
            let copy = bytes[clamp(at)..clamp(at + count)].to_vec();
            let at = clamp(at);
            bytes.splice(at..at, copy);
        }
        Change::Insert(at, text) => {
            let at = clamp(at);
            bytes.splice(at..at, text.bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn changed_files_never_make_it_panic(
        is_statement in any::<bool>(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let sample = if is_statement { STATEMENT } else { NOTIFICATION };
        let mut bytes = sample.as_bytes().to_vec();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        match read(&bytes) {
            Ok(statements) => for statement in &statements {
                let _ = statement.adds_up();
                for entry in &statement.entries {
                    prop_assert!(entry.amount >= 0);
                    prop_assert!(entry.references().iter().all(|one| is_right(one)));
                    prop_assert!(!entry.identity(&statement.account).is_empty());
                }
            },
            Err(refused) => {
                prop_assert!(refused.path.starts_with('/') && refused.line > 0);
                prop_assert!(refused.to_string().len() < 10_000);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn what_is_read_is_the_same_as_json(seed in 0_u32..50) {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let euro = "EUR".parse().expect("a currency");
        let file = membership_bank::testing::many_statement(seed, euro, day);
        let statements = read(&file).expect("a good file");
        let json = serde_json::to_string(&statements).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Vec<_>>(&json).ok(), Some(statements));
    }
}
