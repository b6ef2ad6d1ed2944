//! Whatever a file says, there is an answer and never a panic.

use std::sync::LazyLock;

use membership_catalog::{Files, builtin_files, read};
use proptest::prelude::*;

static FILES: LazyLock<Files> = LazyLock::new(builtin_files);

/// What can happen to a line while somebody edits it.
#[derive(Debug, Clone)]
enum Edit {
    Delete,
    Double,
    Replace(String),
    Value(&'static str),
    Cut(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let values = vec![
        "0",
        "-1",
        "1",
        "999999999999",
        "\"\"",
        "\"1/0\"",
        "\"20/3\"",
        "\"action-pack\"",
        "[]",
        "true",
        "1.5",
        "2023-12-01",
        "\"2023-12-01\"",
        "{}",
        "9223372036854775807",
        "\"999999999999999999/999999999999999998\"",
    ];
    prop_oneof![
        Just(Edit::Delete),
        Just(Edit::Double),
        ".{0,40}".prop_map(Edit::Replace),
        prop::sample::select(values).prop_map(Edit::Value),
        (0_usize..60).prop_map(Edit::Cut),
    ]
}

fn edited(text: &str, line: usize, edit: &Edit) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = line % lines.len().max(1);
    let Some(old) = lines.get(line).cloned() else {
        return text.to_owned();
    };
    match edit {
        Edit::Delete => drop(lines.remove(line)),
        Edit::Double => lines.insert(line, old),
        Edit::Replace(new) => lines[line].clone_from(new),
        Edit::Value(new) => {
            let key = old.split('=').next().unwrap_or_default();
            lines[line] = format!("{key} = {new}");
        }
        Edit::Cut(length) => lines[line] = old.chars().take(*length).collect(),
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_files_are_refused_with_a_place_and_a_reason(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<usize>(), edit()), 1..4)
    ) {
        let mut files = FILES.clone();
        let names: Vec<String> = files.keys().cloned().collect();
        for (name, line, edit) in &edits {
            let name = name.get(&names);
            if let Some(text) = files.get_mut(name) {
                *text = edited(text, *line, edit);
            }
        }
        for fault in read(&files).err().unwrap_or_default() {
            prop_assert!(!fault.file.is_empty() && !fault.key.is_empty() && !fault.reason.is_empty());
        }
    }
}
