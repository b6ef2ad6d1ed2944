//! Circles between modules of one crate: two that need each other are one module in two files, and
//! nobody can read, test or move either alone.
//!
//! An arrow is a path to what another module has: in a `use`, or where it is named. What a module
//! takes from its own children only to give it on is no arrow, and whoever takes it from there
//! needs the child and not the parent. Tests may need what they like.

mod modules;
mod source;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use anyhow::{Context as _, Result};

use modules::{Import, Modules, Place};

/// A path is followed through so many modules that only give it on.
const MOST_STEPS: usize = 16;

/// Which modules each one needs.
type Arrows = BTreeMap<Place, BTreeSet<Place>>;

/// The circles in the crate of a folder, each as a sentence.
pub fn circles(package: &str, folder: &Path) -> Result<Vec<String>> {
    let source = folder.join("src");
    let read = |file: &str| std::fs::read_to_string(source.join(file)).ok();
    let modules = modules::modules(&read).with_context(|| package.to_owned())?;
    let told = |circle: Vec<Place>| {
        let names: Vec<String> = circle.iter().map(|place| name(place)).collect();
        format!("{package}: a circle of modules: {}", names.join(" -> "))
    };
    Ok(rounds(&arrows(&modules)).into_iter().map(told).collect())
}

fn name(place: &[String]) -> String {
    match place {
        [] => "lib".to_owned(),
        place => place.join("::"),
    }
}

fn arrows(modules: &Modules) -> Arrows {
    let mut arrows = Arrows::new();
    for (place, module) in modules {
        let mut found = BTreeSet::new();
        for import in &module.imports {
            let to = resolved(modules, place, &import.path, MOST_STEPS);
            let is_given_on = |to: &Place| import.shared && to.starts_with(place);
            found.extend(to.filter(|to| !is_given_on(to)));
        }
        for path in &module.named {
            // A child by itself is no path: a field or a variable has its name.
            let is_path = path.len() > 1 || given(modules, place, &path[0]).is_some();
            found.extend((is_path.then(|| resolved(modules, place, path, MOST_STEPS))).flatten());
        }
        found.remove(place);
        arrows.insert(place.clone(), found);
    }
    arrows
}

/// The module that has what a path leads to; nothing for other crates and for what is declared in
/// the module itself. What comes by `*` is taken to be where that stands.
fn resolved(modules: &Modules, from: &Place, path: &[String], steps: usize) -> Option<Place> {
    let steps = steps.checked_sub(1)?;
    let (mut at, mut rest) = (from.clone(), path);
    match path.first()?.as_str() {
        "crate" => (at, rest) = (Place::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {}
        first if modules.contains_key(&below(from, first)) => {}
        first => {
            let import = given(modules, from, first)?;
            let whole = [&import.path[..], &path[1..]].concat();
            return resolved(modules, from, &whole, steps);
        }
    }
    while let [first, others @ ..] = rest
        && first == "super"
    {
        at.pop()?;
        rest = others;
    }
    while let [first, others @ ..] = rest {
        let inner = below(&at, first);
        if modules.contains_key(&inner) {
            (at, rest) = (inner, others);
        } else if let Some(import) = given(modules, &at, first) {
            let whole = [&import.path[..], others].concat();
            return resolved(modules, &at, &whole, steps).or(Some(at));
        } else {
            break;
        }
    }
    Some(at)
}

/// What a module takes under a name.
fn given<'m>(modules: &'m Modules, place: &Place, name: &str) -> Option<&'m Import> {
    let module = modules.get(place)?;
    module.imports.iter().find(|import| import.name == name)
}

fn below(place: &[String], name: &str) -> Place {
    [place, &[name.to_owned()]].concat()
}

/// A shortest way from each module back to itself, unless a circle was told that it is in.
fn rounds(arrows: &Arrows) -> Vec<Vec<Place>> {
    let mut told = BTreeSet::new();
    let mut rounds = Vec::new();
    for place in arrows.keys() {
        if told.contains(place) {
            continue;
        }
        if let Some(round) = way_back(arrows, place) {
            told.extend(round.iter().cloned());
            rounds.push(round);
        }
    }
    rounds
}

fn way_back(arrows: &Arrows, place: &Place) -> Option<Vec<Place>> {
    let mut ways = VecDeque::from([vec![place.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in arrows.get(way.last()?).into_iter().flatten() {
            let further = || [&way[..], std::slice::from_ref(next)].concat();
            if next == place {
                return Some(further());
            }
            if seen.insert(next) {
                ways.push_back(further());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circles of a crate with these files.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let read = |file: &str| {
            let known = files.iter().find(|(name, _)| *name == file);
            known.map(|(_, text)| (*text).to_owned())
        };
        let modules = modules::modules(&read).expect("every file is there");
        let told = |round: Vec<Place>| {
            let names: Vec<String> = round.iter().map(|place| name(place)).collect();
            names.join(" ")
        };
        rounds(&arrows(&modules)).into_iter().map(told).collect()
    }

    #[test]
    fn a_circle_is_found_however_it_is_written() {
        let one = ("one.rs", "use crate::two::Two; pub struct One;");
        let mut files = vec![("lib.rs", "mod one; mod two;"), one, ("two.rs", "")];
        assert!(found(&files).is_empty());
        for two in [
            "use crate::one::One;",
            "use super::one::{self, One};",
            "use crate::{one::One as Other, two::Two};",
            "pub fn two() { crate::one::one(); }",
            "use super::one; pub fn two() { one::one(); }",
            "pub(crate) use crate::one::*;",
            "macro_rules! two { () => { $crate::one::One } }",
            "mod inner { use super::super::one::One; } use inner::Three;",
        ] {
            files[2] = ("two.rs", two);
            assert_eq!(found(&files).len(), 1, "{two}");
        }
    }

    #[test]
    fn a_longer_circle_is_told_once_and_in_its_order() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c; mod d;"),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "use crate::c::C;"),
            ("c.rs", "use crate::{a::A, d::D};"),
            ("d.rs", "pub struct D;"),
        ];
        assert_eq!(found(&files), ["a b c a"]);
    }

    #[test]
    fn who_takes_from_a_parent_needs_the_child_that_has_it() {
        let parent = "mod one; mod two; pub use one::One; pub use two::Two;";
        let two = ("all/two.rs", "use super::One; pub struct Two;");
        let one = ("all/one.rs", "pub struct One;");
        let lib = ("lib.rs", "mod all; pub use all::One;");
        assert!(found(&[lib, ("all/mod.rs", parent), one, two]).is_empty());
        // Back to the child by a way around the parent.
        let back = ("all/one.rs", "use crate::all::Two; pub struct One;");
        let round = found(&[lib, ("all.rs", parent), back, two]);
        assert_eq!(round, ["all::one all::two all::one"]);
    }

    #[test]
    fn a_parent_that_uses_a_child_is_not_used_by_it() {
        let child = ("all/one.rs", "use super::Limit; pub struct One;");
        for (parent, circles) in [
            ("mod one; pub use one::One; pub struct Limit;", 0),
            ("mod one; pub use one::One; pub struct Limit(One);", 1),
            ("mod one; use one::One; pub struct Limit;", 1),
            ("mod one; pub struct Limit; fn f() { one::f(); }", 1),
            // A field of the same name is nothing of the child's.
            ("mod one; pub struct Limit { one: u8 }", 0),
        ] {
            let files = [("lib.rs", "mod all;"), ("all/mod.rs", parent), child];
            assert_eq!(found(&files).len(), circles, "{parent}");
        }
    }

    #[test]
    fn tests_comments_and_other_crates_make_no_circle() {
        let files = [
            ("lib.rs", "mod one; mod two;"),
            ("one.rs", "use crate::two::Two; use serde::Serialize;"),
            (
                "two.rs",
                "//! See [`crate::one`].
                // use crate::one::One;
                use one_of::Two;
                #[cfg(test)] mod tests { use crate::one::One; }
                #[cfg(test)] use crate::one::One;
                pub struct Two { said: &'static str }",
            ),
        ];
        assert!(found(&files).is_empty());
    }

    #[test]
    fn a_module_without_a_file_is_told() {
        let read = |file: &str| (file == "lib.rs").then(|| "mod gone;".to_owned());
        assert!(modules::modules(&read).is_err());
    }
}
