//! Any bytes at all are read or refused; what comes out can always be used.

use std::sync::LazyLock;

use membership_catalog::builtin;
use membership_domain::evidence::{Writer, check};
use membership_domain::{Catalog, Evidence};
use membership_import::{DateOrder, DecimalMark, Settings, SimilarNames, read};
use proptest::prelude::*;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| builtin().expect("a catalog without faults"));

const ALL: Settings = Settings {
    today: None,
    dates: Some(DateOrder::DayFirst),
    decimals: Some(DecimalMark::Point),
    similar_names: Some(SimilarNames::Different),
    rows: None,
    writer: Writer::Partner,
};

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("az-104".to_owned()),
        Just("Storage".to_owned()),
        Just("PAL".to_owned()),
        Just("ada@contoso.example".to_owned()),
        "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
        "[-(]?[0-9,. ]{0,12}[)]?",
        "20[0-9]{2}-[0-9]{2}",
        "[A-Za-z =+@\"';\t]{0,12}",
        any::<String>().prop_map(|text| text.chars().take(30).collect()),
    ]
}

/// One of these, or mostly so.
fn mostly(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        9 => prop::sample::select(values).prop_map(str::to_owned),
        1 => cell(),
    ]
}

const DAYS: &[&str] = &["2023-05-02", "02/05/2023", "31/12/2022", "5 May 2023", ""];
const COUNTS: &[&str] = &["", "0", "12", "1,000", "40"];

fn certificates() -> impl Strategy<Value = Vec<String>> {
    let row = (
        mostly(&[
            "az-104",
            "AZ-305",
            "Microsoft Certified: DevOps Engineer Expert",
        ]),
        mostly(&["Ada Berg", "Ben Cole"]),
        mostly(&[
            "ada@contoso.example",
            "Ada@contoso.example",
            "ben@contoso.example",
            "",
        ]),
        mostly(DAYS),
        mostly(DAYS),
        mostly(&["", "7", "8"]),
        mostly(&["", "Active", "Revoked"]),
    );
    row.prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g])
}

fn usage() -> impl Strategy<Value = Vec<String>> {
    let row = (
        mostly(&["Fabrikam", "Tailspin"]),
        mostly(&["Storage", "Teams"]),
        mostly(&["PAL", "CPOR", "CSP tier 1"]),
        mostly(&["2023-09", "10/2023", "Oct 2023"]),
        mostly(&["12.50", "1,234.56", ""]),
        (mostly(COUNTS), mostly(COUNTS), mostly(COUNTS)),
        mostly(&["", "t-1"]),
        mostly(&["", "s-1", "s-2"]),
    );
    row.prop_map(|(a, b, c, d, e, (f, g, h), i, j)| vec![a, b, c, d, e, f, g, h, i, j])
}

fn file() -> impl Strategy<Value = String> {
    let table = |header: &'static str, rows: BoxedStrategy<Vec<String>>| {
        prop::collection::vec(rows, 0..12).prop_map(move |rows| {
            let mut text = format!("{header}\n");
            for row in rows {
                let quoted = row
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
                text += &(quoted.collect::<Vec<_>>().join(",") + "\n");
            }
            text
        })
    };
    prop_oneof![
        table(
            "Certificate,Name,Email,CompletedOn,ExpiresOn,MCPID,ActivationStatus",
            certificates().boxed()
        ),
        table(
            "Customer,Workload,Association,Month,Revenue,Users,Seats,Active,Tenant,Subscription",
            usage().boxed()
        ),
    ]
}

proptest! {
    #[test]
    fn any_bytes(bytes: Vec<u8>) {
        let _ = read(&bytes, "any.csv", Settings::default(), &CATALOG, &Evidence::default(), &|_, _| true);
    }

    #[test]
    fn what_comes_out_can_be_used_and_comes_out_once(text in file()) {
        let plan = |known: &Evidence| read(text.as_bytes(), "any.csv", ALL, &CATALOG, known, &|_, _| true);
        let first = plan(&Evidence::default());
        prop_assume!(first.is_ok());
        let first = first.expect("assumed");
        prop_assert_eq!(check(&first.evidence, &CATALOG), []);
        let again = plan(&first.evidence).expect("read before");
        prop_assert!(!again.changes_something(), "{:?}", again.lines);
        prop_assert_eq!(again.evidence, first.evidence);
    }
}
