//! From texts to a catalog.

use std::collections::BTreeMap;

use membership_domain::catalog::{Catalog, Fault, Metric, Program, Score, check};
use membership_domain::later::Later;
use serde::de::DeserializeOwned;

use crate::files::Files;
use crate::share::share;

/// The catalog in these files, with what is shared filled in, and programs in their order.
///
/// # Errors
/// Everything that is wrong. What refers to a file that cannot be read at all would be faulty too,
/// so references are only checked once every file can be read.
pub fn read(files: &Files) -> Result<Catalog, Vec<Fault>> {
    let (mut catalog, metrics) = parse(files)?;
    let mut faults = share(&mut catalog.scores, &metrics);
    let programs = catalog.programs.iter();
    faults.extend(programs.filter_map(|it| named_like("programs", &it.file, &it.id)));
    let scores = catalog.scores.iter();
    faults.extend(scores.filter_map(|it| named_like("scores", &it.file, &it.id)));
    faults.extend(check(&catalog));
    if !faults.is_empty() {
        faults.sort_by(|left, right| left.file.cmp(&right.file));
        return Err(faults);
    }
    catalog
        .programs
        .sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
    Ok(catalog)
}

fn parse(files: &Files) -> Result<(Catalog, Vec<Metric>), Vec<Fault>> {
    let mut parser = Parser {
        files,
        faults: Vec::new(),
    };
    let mut catalog = Catalog {
        sources: parser.list("sources"),
        tracks: parser.list("tracks"),
        certificates: parser.list("certificates"),
        workloads: parser.list("workloads"),
        limits: parser.list("limits"),
        decisions: parser.list("decisions"),
        offers: parser.list("offers"),
        billing: Later::new(parser.whole("billing")),
        ..Catalog::default()
    };
    let metrics = parser.list("metrics");
    for (file, text) in files {
        if file.starts_with("scores/") {
            let score = parser.parse(file, text);
            catalog.scores.extend(score.map(|score| Score {
                file: file.clone().into(),
                ..score
            }));
        } else if file.starts_with("programs/") {
            let program = parser.parse(file, text);
            catalog.programs.extend(program.map(|it| Program {
                file: file.clone().into(),
                ..it
            }));
        } else if !FILES.iter().any(|name| *file == format!("{name}.toml")) {
            let reason = "isn't a catalog file; programs belong in programs/, scores in scores/";
            parser.faults.push(fault(file, WHOLE, reason));
        }
    }
    if parser.faults.is_empty() {
        Ok((catalog, metrics))
    } else {
        Err(parser.faults)
    }
}

/// What stands in one file each: as a list of the file's own name, but for the last.
const FILES: [&str; 9] = [
    "sources",
    "tracks",
    "certificates",
    "workloads",
    "limits",
    "decisions",
    "metrics",
    "offers",
    "billing",
];

const WHOLE: &str = "(whole file)";

struct Parser<'a> {
    files: &'a Files,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let file = format!("{name}.toml");
        let Some(text) = self.files.get(&file) else {
            self.faults.push(fault(&file, WHOLE, "is missing"));
            return Vec::new();
        };
        let lists: Option<BTreeMap<String, Vec<T>>> = self.parse(&file, text);
        let Some(mut lists) = lists else {
            return Vec::new();
        };
        let list = lists.remove(name);
        for other in lists.keys() {
            self.faults.push(fault(
                &file,
                other,
                &format!("this file holds only `{name}`"),
            ));
        }
        list.unwrap_or_else(|| {
            self.faults.push(fault(
                &file,
                name,
                "is missing: the file must hold this list",
            ));
            Vec::new()
        })
    }

    /// A file of several lists.
    fn whole<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let file = format!("{name}.toml");
        match self.files.get(&file) {
            Some(text) => self.parse(&file, text).unwrap_or_default(),
            None => {
                self.faults.push(fault(&file, WHOLE, "is missing"));
                T::default()
            }
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &str, text: &str) -> Option<T> {
        let error = match toml::from_str(text) {
            Ok(parsed) => return Some(parsed),
            Err(error) => error,
        };
        let at = error
            .span()
            .map_or_else(|| WHOLE.to_owned(), |span| place(text, span.start));
        self.faults.push(fault(file, &at, &plain(error.message())));
        None
    }
}

fn fault(file: &str, key: &str, reason: &str) -> Fault {
    Fault {
        file: file.to_owned(),
        key: key.to_owned(),
        reason: reason.to_owned(),
    }
}

/// A program's or score's file is named like its id, so that each is found where it is looked for.
fn named_like(folder: &str, file: &str, id: &str) -> Option<Fault> {
    let reason = format!("is `{id}`, but the file has another name; they must match");
    (file != format!("{folder}/{id}.toml")).then(|| fault(file, "id", &reason))
}

/// `line 3, column 14`, counted from one.
fn place(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .chars()
        .rev()
        .take_while(|character| *character != '\n')
        .count()
        + 1;
    format!("line {line}, column {column}")
}

/// The parser's words, and a hint where they would lead nowhere.
fn plain(message: &str) -> String {
    if message.contains("formatted date") {
        format!("{message}; write a day in quotes: \"2023-12-01\"")
    } else {
        message.to_owned()
    }
}
