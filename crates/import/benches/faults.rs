//! How long it takes to read files that are all faults: linear in their rows, whatever is wrong
//! with them. Prints a table: `cargo bench -p membership-import --bench faults -- 1000000`.

use std::time::Instant;

use membership_catalog::builtin;
use membership_domain::{Catalog, Evidence};
use membership_import::{Settings, SimilarNames, read};

/// A kind of file, and how it is made of so many rows.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 13] = [
    ("JSON, equal faulty", |n| {
        json("people", n, |_| r#"{"id":"","name":""}"#.to_owned())
    }),
    ("JSON, different faulty", |n| {
        json("people", n, |at| format!(r#"{{"id":"{at}","name":""}}"#))
    }),
    ("JSON, unreadable", |n| {
        json("people", n, |at| format!(r#"{{"i":{at}}}"#))
    }),
    ("JSON, one key", |n| {
        json("people", n, |at| format!(r#"{{"id":"x","name":"{at}"}}"#))
    }),
    ("JSON, needs what is refused", |n| {
        let customers = "{\"id\":\"c\",\"name\":\"\"}";
        let row = |at| {
            format!(
                r#"{{"customer":"c","workload":"teams","association":"pal","month":"{:04}-01","tenant":"{at}"}}"#,
                2000 + at % 24
            )
        };
        json("usage", n, row).replacen('{', &format!("{{\"customers\":[{customers}],"), 1)
    }),
    ("JSON, a chain of addresses", |n| {
        json("people", n, |at| {
            format!(r#"{{"id":"{at}","name":"A","email":"{}@x"}}"#, at / 2)
        })
    }),
    ("JSON, one deep row", |n| {
        format!("{{\"people\":[{}{}]}}", "[".repeat(n), "]".repeat(n))
    }),
    ("JSON, one long row", |n| {
        let held = vec![r#"{"certificate":"x","completed_on":"2023-05-02"}"#; n].join(",");
        format!(r#"{{"people":[{{"id":"a","name":"A","certificates":[{held}]}}]}}"#)
    }),
    ("CSV, equal faulty", |n| {
        csv(n, ',', |_| "az-104,2023-02-30,a@x,A".to_owned())
    }),
    ("CSV, different faulty", |n| {
        csv(n, ',', |at| format!("az-{at},2023-05-02,a@x,A"))
    }),
    ("CSV, one address", |n| {
        csv(n, ',', |at| format!("az-104,2023-05-02,a@x,P{at}"))
    }),
    ("CSV, contradicting rows", |n| {
        csv(n, ',', |at| {
            format!("az-104,2023-05-02,a@x,A,20{:02}-12-01", 24 + at % 50)
        })
    }),
    ("TSV, equal faulty", |n| {
        csv(n, '\t', |_| "az-104\t2023-02-30\ta@x\tA".to_owned())
    }),
];

fn json(part: &str, rows: usize, row: fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{{\"{part}\":[{}]}}", rows.join(","))
}

fn csv(rows: usize, separator: char, row: fn(usize) -> String) -> String {
    let columns = [
        "Certificate",
        "CompletedOn",
        "Email",
        "Name",
        "ExpirationDate",
    ];
    let header = columns.join(&separator.to_string());
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// `None` for a file that is too large.
fn seconds(text: &str, catalog: &Catalog) -> Option<f64> {
    let settings = Settings {
        similar_names: Some(SimilarNames::Different),
        ..Settings::default()
    };
    let (begun, known) = (Instant::now(), Evidence::default());
    let plan = read(text.as_bytes(), "x", settings, catalog, &known, &|_, _| {
        true
    })
    .ok()?;
    assert!(plan.counts().refused > 0, "nothing was refused");
    Some(begun.elapsed().as_secs_f64())
}

fn main() {
    let most = std::env::args().find_map(|argument| argument.parse().ok());
    let most: usize = most.unwrap_or(100_000);
    let catalog = builtin().expect("a catalog without faults");
    let sizes = (3..=6).map(|power| 10_usize.pow(power));
    let sizes: Vec<usize> = sizes.filter(|rows| *rows <= most).collect();
    let heads: String = sizes.iter().map(|rows| format!("{rows:>12}")).collect();
    println!("{:<28}{heads}", "seconds for so many rows");
    for (name, make) in KINDS {
        let times = sizes
            .iter()
            .map(|rows| match seconds(&make(*rows), &catalog) {
                Some(seconds) => format!("{seconds:>12.3}"),
                None => format!("{:>12}", "too large"),
            });
        println!("{name:<28}{}", times.collect::<String>());
    }
}
