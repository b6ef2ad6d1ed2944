//! Which pieces travel together. One file for each piece would be dozens of requests for a page;
//! one for everything is what chunks are there to avoid.

use std::collections::{BTreeMap, BTreeSet};

/// What groups of several families share.
pub const COMMON: &str = "common";

/// Groups that share much among themselves: what only these share is a chunk of its own, the first
/// that fits.
const FAMILIES: &[(&str, &[&str])] = &[
    // What is bought and paid.
    ("buying", &["bills", "offers", "orders"]),
    // What is tried out, and what explains a result.
    ("what_if", &["area", "program"]),
    // The engine, and what shows where an organization stands. The overview does without: the API
    // finds.
    ("status", &["area", "catalog", "offers", "program"]),
    // Rows of evidence, and the few numbers with which a preview starts.
    ("rows", &["evidence", "forms", "imports", "start"]),
    // Rules and evidence, which both of these read and no other page does.
    (
        "data",
        &[
            "area", "bills", "catalog", "evidence", "forms", "imports", "offers", "orders",
            "program", "start",
        ],
    ),
    // Forms whose drafts are kept, which lists do without.
    ("entry", &["bills", "company", "forms"]),
    // What people ask for, which one page says to everybody; and proofs, and who did what.
    ("requests", &["access", "company", "users"]),
    (
        "people",
        &[
            "account", "audit", "bills", "company", "offers", "orders", "sign_in", "tokens",
            "users",
        ],
    ),
    // What is read of lists and times, which forms of evidence and orders do without; and with
    // what lists are searched, as programs are.
    (
        "lists",
        &[
            "account", "audit", "company", "evidence", "imports", "tokens", "users",
        ],
    ),
    (
        "search",
        &[
            "account", "audit", "catalog", "company", "evidence", "imports", "tokens", "users",
        ],
    ),
    // Lists and forms, which pages of numbers do without.
    (
        "fields",
        &[
            "account", "audit", "bills", "company", "evidence", "forms", "imports", "offers",
            "orders", "sign_in", "start", "tokens", "users",
        ],
    ),
    // What all need that can be searched, tried out or filled in.
    (
        "controls",
        &[
            "account", "area", "audit", "bills", "catalog", "company", "evidence", "forms",
            "imports", "offers", "orders", "program", "sign_in", "start", "tokens", "users",
        ],
    ),
];

/// By the name of a chunk, its pieces: what one group has alone, what a family shares, and the
/// rest.
pub fn chunks(groups: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut users: BTreeMap<&String, BTreeSet<&str>> = BTreeMap::new();
    for (group, pieces) in groups {
        for piece in pieces {
            users.entry(piece).or_default().insert(group);
        }
    }
    let mut chunks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (piece, users) in users {
        let chunk = chunk_of(&users).to_owned();
        chunks.entry(chunk).or_default().insert(piece.clone());
    }
    chunks
}

/// The chunk of what these groups need.
fn chunk_of<'a>(users: &BTreeSet<&'a str>) -> &'a str {
    let mut all = users.iter();
    if let (Some(only), None) = (all.next(), all.next()) {
        return only;
    }
    let within = |family: &&(&str, &[&str])| users.iter().all(|one| family.1.contains(one));
    FAMILIES
        .iter()
        .find(within)
        .map_or(COMMON, |family| family.0)
}

/// By the name of a group, the chunks that it needs, the most common first.
pub fn needs(
    groups: &BTreeMap<String, Vec<String>>,
    chunks: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, Vec<String>> {
    let needed = |pieces: &Vec<String>| {
        let of = |chunk: &&String| pieces.iter().any(|piece| chunks[*chunk].contains(piece));
        let mut names: Vec<String> = chunks.keys().filter(of).cloned().collect();
        names.sort_by_key(|name| groups.contains_key(name));
        names
    };
    let of = |(group, pieces): (&String, &Vec<String>)| (group.clone(), needed(pieces));
    groups.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_with_those_who_share_it() {
        let groups: BTreeMap<String, Vec<String>> = [
            ("overview", vec!["1", "4"]),
            ("catalog", vec!["1", "2"]),
            ("area", vec!["1", "2", "5", "8"]),
            ("forms", vec!["1", "3", "6"]),
            ("imports", vec!["1", "3", "8"]),
            ("access", vec!["7"]),
        ]
        .map(|(group, pieces)| {
            (
                group.to_owned(),
                pieces.into_iter().map(str::to_owned).collect(),
            )
        })
        .into();
        let chunks = chunks(&groups);
        let said: Vec<String> = chunks
            .iter()
            .map(|(name, pieces)| format!("{name} {}", Vec::from_iter(pieces.clone()).join("")))
            .collect();
        let expected = [
            "access 7",
            "area 5",
            "common 1",
            "data 8",
            "forms 6",
            "overview 4",
            "rows 3",
            "status 2",
        ];
        assert_eq!(said, expected);
        let needs = needs(&groups, &chunks);
        assert_eq!(needs["overview"], ["common", "overview"]);
        assert_eq!(needs["area"], ["common", "data", "status", "area"]);
        assert_eq!(needs["imports"], ["common", "data", "rows"]);
        assert_eq!(needs["access"], ["access"]);
    }
}
