use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::evidence::{Change, Content, Document};

/// A month's usage of so many customers, each of whom says a few hundred bytes.
fn usage(months: u32, customers: u32) -> Vec<Value> {
    let row = |customer: u32, month: u32| {
        let month = format!("{}-{:02}", 2022 + month / 12, month % 12 + 1);
        let workload = "x".repeat(150);
        json!({"customer": format!("customer-{customer}"), "month": month, "workload": workload})
    };
    let of = |customer| (0..months).map(move |month| row(customer, month));
    (0..customers).flat_map(of).collect()
}

fn first(rows: &[Value]) -> Document {
    changed(None, rows).document
}

fn changed(known: Option<&Document>, rows: &[Value]) -> Change {
    let json = Value::from(rows.to_vec()).to_string();
    let change = Change::between(known, json.clone()).expect("rows");
    assert!(
        change.document.json().expect("pieces") == json,
        "byte by byte, in its order"
    );
    let rows = change.document.rows::<Value>().expect("pieces");
    assert_eq!(Value::from(rows).to_string(), json);
    change
}

fn names(document: &Document) -> Vec<String> {
    match &document.content {
        Content::Pieces(pieces) => pieces.keys().cloned().collect(),
        Content::Whole(_) => Vec::new(),
    }
}

/// Something that is done to rows.
type Edited = dyn Fn(&mut Vec<Value>);

#[test]
fn one_row_that_changes_writes_one_piece() {
    let mut rows = usage(24, 1_000);
    let known = first(&rows);
    assert!(names(&known).len() >= 24, "{}", names(&known).len());
    assert!(known.size() > 5_000_000);
    let edits: [&Edited; 5] = [
        &|rows| rows[15_000]["users"] = json!(5),
        &|rows| drop(rows.remove(15_000)),
        &|rows| {
            rows.insert(
                15_000,
                json!({"customer": "customer-7", "month": "2022-03"}),
            )
        },
        &|rows| rows.push(json!({"customer": "customer-999", "month": "2024-01"})),
        &|rows| rows[15_000]["month"] = json!("2022-02"),
    ];
    for edit in edits {
        let before = rows.clone();
        edit(&mut rows);
        let change = changed(Some(&known), &rows);
        assert!(change.written.len() <= 2 && change.gone.is_empty());
        let bytes = change.bytes();
        assert!(bytes < 1_500_000, "{bytes} bytes are written");
        rows = before;
    }
    let same = changed(Some(&known), &rows);
    assert_eq!((same.bytes(), same.document.revision), (0, 2));
}

#[test]
fn a_month_that_comes_and_one_that_is_corrected_write_that_month() {
    let mut rows = usage(12, 500);
    let known = first(&rows);
    let next = usage(13, 500);
    let next = next.into_iter().filter(|row| row["month"] == "2023-01");
    rows.extend(next);
    let change = changed(Some(&known), &rows);
    assert!(
        change
            .written
            .iter()
            .all(|name| name.starts_with("2023-01."))
    );
    let known = change.document;
    for row in rows.iter_mut().filter(|row| row["month"] == "2022-06") {
        row["users"] = json!(7);
    }
    let change = changed(Some(&known), &rows);
    assert!(
        change
            .written
            .iter()
            .all(|name| name.starts_with("2022-06."))
    );
}

#[test]
fn pieces_follow_the_size_and_the_others_stay() {
    let person = |number: usize| json!({"id": format!("person-{number}"), "name": "n".repeat(300)});
    let mut rows: Vec<Value> = (0..300).map(person).collect();
    let mut known = first(&rows);
    assert_eq!(names(&known), Vec::<String>::new(), "small parts are whole");
    let mut moved = 0;
    for number in (300..9_300).step_by(1_000) {
        rows.extend((number..number + 1_000).map(person));
        let change = changed(Some(&known), &rows);
        moved += change.gone.len();
        known = change.document;
        if let Content::Pieces(pieces) = &known.content {
            assert!(pieces.values().all(|piece| piece.len() <= PIECE + 1024));
        }
    }
    let many = names(&known).len();
    assert!((6..=16).contains(&many), "{many}");
    assert!(moved < many, "each was cut once: {moved} of {many}");
    rows.truncate(600);
    let change = changed(Some(&known), &rows);
    assert_eq!(names(&change.document), ["."], "few are together again");
    rows.truncate(10);
    let change = changed(Some(&change.document), &rows);
    assert_eq!(names(&change.document), Vec::<String>::new());
}

#[test]
fn ids_that_fall_into_one_piece_are_cut_as_far_as_it_goes() {
    let row = |number: usize| json!({"id": "same", "name": format!("{number:0>300}")});
    let rows: Vec<Value> = (0..4_000).map(row).collect();
    assert_eq!(names(&first(&rows)).len(), 1);
}

#[test]
fn what_is_not_a_list_of_rows_is_kept_all_the_same() {
    let mut rows = vec![json!(1), json!([1, 2]), json!({"month": "a.b"})];
    rows.push(json!({"month": "x".repeat(300), "id": 5}));
    rows.extend((0..3000).map(|number| json!({"name": format!("{number:0>100}"), "id": null})));
    assert!(!names(&first(&rows)).is_empty());
    let text = json!({"name": "x".repeat(SMALL * 2)}).to_string();
    let whole = Change::between(None, text.clone()).expect("JSON");
    assert_eq!(whole.document.json().expect("text"), text);
    let broken = format!("[{}", "1,".repeat(SMALL));
    assert!(Change::between(None, broken).is_err());
}

/// What somebody does to a list.
#[derive(Debug, Clone)]
enum Edit {
    Change(prop::sample::Index),
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, u16),
    Append(u16),
    Swap(prop::sample::Index, prop::sample::Index),
    Keep(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        at().prop_map(Edit::Change),
        at().prop_map(Edit::Remove),
        (at(), any::<u16>()).prop_map(|(at, id)| Edit::Insert(at, id)),
        any::<u16>().prop_map(Edit::Append),
        (at(), at()).prop_map(|(one, other)| Edit::Swap(one, other)),
        at().prop_map(Edit::Keep),
    ]
}

fn applied(rows: &mut Vec<Value>, edit: &Edit) {
    let row = |id: u16| json!({"id": format!("row-{id}"), "name": "n".repeat(700)});
    let many = rows.len();
    match edit {
        Edit::Append(id) => rows.push(row(*id)),
        _ if many == 0 => {}
        Edit::Change(at) => rows[at.index(many)]["email"] = json!(many),
        Edit::Remove(at) => drop(rows.remove(at.index(many))),
        Edit::Insert(at, id) => rows.insert(at.index(many), row(*id)),
        Edit::Swap(one, other) => rows.swap(one.index(many), other.index(many)),
        Edit::Keep(at) => rows.truncate(at.index(many).max(many / 2)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_read_is_what_was_written(edits in prop::collection::vec(edit(), 1..24)) {
        let mut rows: Vec<Value> = (0..700)
            .map(|number| json!({"id": format!("row-{number}"), "name": "n".repeat(600)}))
            .collect();
        let mut known = first(&rows);
        for edit in &edits {
            applied(&mut rows, edit);
            known = changed(Some(&known), &rows).document;
        }
    }

    #[test]
    fn rows_that_come_in_the_same_place_find_room(at in any::<prop::sample::Index>()) {
        let mut rows: Vec<Value> = (0..600)
            .map(|number| json!({"id": format!("row-{number}"), "name": "n".repeat(300)}))
            .collect();
        let (at, mut known) = (at.index(rows.len()), first(&rows));
        for number in 0..30 {
            rows.insert(at, json!({"id": format!("new-{number}")}));
            known = changed(Some(&known), &rows).document;
        }
    }
}
