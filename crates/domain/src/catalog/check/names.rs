//! Names by which files of other systems say what they mean: each means one thing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::report::{Place, Report};
use crate::catalog::{Certificate, Workload};
use crate::text::letters;

/// No two certificates have one title, with or without its level, or one code.
pub(super) fn certificates(report: &mut Report<'_>, certificates: &[Certificate], file: &Place) {
    let (mut titles, mut codes) = (Names::new(), Names::new());
    for (index, certificate) in certificates.iter().enumerate() {
        let at = file.item("certificates", index);
        let id = certificate.id.as_str();
        for name in names(certificate, &at) {
            let alone = Certificate {
                name: name.text.to_owned(),
                also_called: Vec::new(),
                ..certificate.clone()
            };
            titles.give(report, id, &name.at, alone.titles());
        }
        let code = letters(id);
        // An exam that leads to several certificates names none of them.
        if let [exam] = &certificate.exams[..]
            && letters(exam) != code
        {
            codes.give(report, id, &at.item("exams", 0), [letters(exam)]);
        }
        codes.give(report, id, &at.key("id"), [code]);
    }
}

/// No two workloads have one name, and none that of another's id.
pub(super) fn workloads(report: &mut Report<'_>, workloads: &[Workload], file: &Place) {
    let mut names = Names::new();
    for (index, workload) in workloads.iter().enumerate() {
        let at = file.item("workloads", index);
        let id = workload.id.as_str();
        let name = letters(&workload.name);
        if name != letters(id) {
            names.give(report, id, &at.key("name"), [name]);
        }
        names.give(report, id, &at.key("id"), [letters(id)]);
    }
}

struct Name<'a> {
    text: &'a str,
    at: Place,
}

fn names<'a>(certificate: &'a Certificate, at: &Place) -> Vec<Name<'a>> {
    let also = certificate.also_called.iter().enumerate();
    let also = also.map(|(place, text)| Name {
        text,
        at: at.item("also_called", place),
    });
    let name = Name {
        text: &certificate.name,
        at: at.key("name"),
    };
    std::iter::once(name).chain(also).collect()
}

/// Names that are given, with whose they are.
struct Names<'a>(BTreeMap<String, &'a str>);

impl<'a> Names<'a> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Gives names to something, unless they are given already.
    fn give(
        &mut self,
        report: &mut Report<'_>,
        id: &'a str,
        at: &Place,
        names: impl IntoIterator<Item = String>,
    ) {
        let mut taken = None;
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            match self.0.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(id);
                }
                Entry::Occupied(has) => taken = Some(*has.get()),
            }
        }
        if let Some(other) = taken {
            report.fault(at, format!("`{other}` already has this name"));
        }
    }
}
