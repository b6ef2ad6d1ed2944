//! Where a check stands, and what it has found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::ops::Deref;

use super::fault::Fault;
use crate::catalog::{Catalog, Cite, Dated};
use crate::number::Number;

/// What an id can refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Source,
    Track,
    Certificate,
    Workload,
    Group,
    Score,
    Program,
    Pack,
}

impl Kind {
    /// The file, or folder, in which things of this kind stand.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Source => "sources.toml",
            Self::Track => "tracks.toml",
            Self::Certificate => "certificates.toml",
            Self::Workload | Self::Group => "workloads.toml",
            Self::Score => "scores/",
            Self::Program | Self::Pack => "programs/",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Track => "track",
            Self::Certificate => "certificate",
            Self::Workload => "workload",
            Self::Group => "group of workloads",
            Self::Score => "score",
            Self::Program => "program",
            Self::Pack => "pack",
        }
    }
}

/// A place in the catalog: a file, and a key in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    file: String,
    key: String,
}

impl Place {
    /// A whole file.
    pub(super) fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            key: String::new(),
        }
    }

    /// A key below this place.
    pub(super) fn key(&self, name: &str) -> Self {
        let dot = if self.key.is_empty() { "" } else { "." };
        Self {
            file: self.file.clone(),
            key: format!("{}{dot}{name}", self.key),
        }
    }

    /// An item of a list below this place.
    pub(super) fn item(&self, list: &str, index: usize) -> Self {
        let mut place = self.key(list);
        place.key.push_str(&format!("[{index}]"));
        place
    }
}

/// The faults found so far, and all ids that can be referred to.
pub(super) struct Report<'a> {
    known: BTreeMap<Kind, BTreeSet<&'a str>>,
    faults: Vec<Fault>,
}

impl<'a> Report<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        fn ids<T>(list: &[T], id: fn(&T) -> &str) -> BTreeSet<&str> {
            list.iter().map(id).collect()
        }
        let groups = catalog
            .workloads
            .iter()
            .flat_map(|workload| &workload.groups);
        let packs = catalog.programs.iter().flat_map(|program| &program.packs);
        let known = [
            (Kind::Source, ids(&catalog.sources, |source| &source.id)),
            (Kind::Track, ids(&catalog.tracks, |track| &track.id)),
            (
                Kind::Certificate,
                ids(&catalog.certificates, |certificate| &certificate.id),
            ),
            (
                Kind::Workload,
                ids(&catalog.workloads, |workload| &workload.id),
            ),
            (Kind::Group, groups.map(String::as_str).collect()),
            (Kind::Score, ids(&catalog.scores, |score| &score.id)),
            (Kind::Program, ids(&catalog.programs, |program| &program.id)),
            (Kind::Pack, packs.map(|pack| pack.id.as_str()).collect()),
        ];
        Self {
            known: known.into_iter().collect(),
            faults: Vec::new(),
        }
    }

    /// All faults, each once: what several scores share is checked with each of them.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let mut seen = BTreeSet::new();
        self.faults
            .into_iter()
            .filter(|fault| seen.insert(fault.clone()))
            .collect()
    }

    pub(super) fn fault(&mut self, at: &Place, reason: impl Into<String>) {
        let key = if at.key.is_empty() {
            "(whole file)".to_owned()
        } else {
            at.key.clone()
        };
        self.faults.push(Fault {
            file: at.file.clone(),
            key,
            reason: reason.into(),
        });
    }

    pub(super) fn require(&mut self, holds: bool, at: &Place, reason: impl Into<String>) {
        if !holds {
            self.fault(at, reason);
        }
    }

    /// Ids in `list`: well formed, and each there once.
    pub(super) fn ids<'i>(&mut self, ids: impl Iterator<Item = &'i str>, at: &Place, list: &str) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let at = at.item(list, index).key("id");
            self.kebab(id, &at);
            self.require(
                seen.insert(id),
                &at,
                format!("`{id}` appears twice; ids must be unique"),
            );
        }
    }

    /// Lower-case letters and digits in words joined by single hyphens: ids stand in addresses.
    pub(super) fn kebab(&mut self, id: &str, at: &Place) {
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        self.require(
            id.len() <= 60 && id.split('-').all(word),
            at,
            format!("`{id}` is not an id: use lower-case words joined by hyphens, at most 60 long"),
        );
    }

    pub(super) fn text(&mut self, text: &str, at: &Place) {
        self.require(!text.trim().is_empty(), at, "must say something");
    }

    pub(super) fn optional_text(&mut self, text: Option<&String>, at: &Place) {
        if let Some(text) = text {
            self.require(
                !text.trim().is_empty(),
                at,
                "must say something, or be left out",
            );
        }
    }

    pub(super) fn positive(&mut self, number: Number, at: &Place) {
        self.require(number.is_positive(), at, format!("{number} is not above 0"));
    }

    pub(super) fn some<T>(&mut self, list: &[T], at: &Place, why: &str) {
        self.require(!list.is_empty(), at, format!("must not be empty: {why}"));
    }

    /// Nothing in the list is there twice.
    pub(super) fn distinct<T: Ord + Debug>(&mut self, list: &[T], at: &Place, name: &str) {
        let mut seen = BTreeSet::new();
        for (index, item) in list.iter().enumerate() {
            let reason = format!("{item:?} appears twice");
            self.require(seen.insert(item), &at.item(name, index), reason);
        }
    }

    /// Whether there is something with this id.
    pub(super) fn knows(&self, kind: Kind, id: &str) -> bool {
        self.known.get(&kind).is_some_and(|ids| ids.contains(id))
    }

    /// Something of this kind has this id.
    pub(super) fn refers(&mut self, kind: Kind, id: &str, at: &Place) {
        self.require(
            self.knows(kind, id),
            at,
            format!("{} has no {} `{id}`", kind.file(), kind.name()),
        );
    }

    /// A list of ids, each known and there once; not empty.
    pub(super) fn all_refer<S: Ord + Debug + Deref<Target = str>>(
        &mut self,
        kind: Kind,
        ids: &[S],
        at: &Place,
        list: &str,
    ) {
        self.some(
            ids,
            &at.key(list),
            &format!("name at least one {}", kind.name()),
        );
        self.distinct(ids, at, list);
        for (index, id) in ids.iter().enumerate() {
            self.refers(kind, id, &at.item(list, index));
        }
    }

    pub(super) fn cite(&mut self, cite: &Cite, at: &Place) {
        self.refers(Kind::Source, &cite.source, &at.key("source"));
    }

    /// At least one version, and no two that begin on the same day.
    pub(super) fn versions<T: Dated>(&mut self, versions: &[T], at: &Place, list: &str) {
        self.some(
            versions,
            &at.key(list),
            "at least one version must say what holds",
        );
        let mut seen = BTreeSet::new();
        for (index, version) in versions.iter().enumerate() {
            let day = version.effective_from();
            self.require(
                seen.insert(day),
                &at.item(list, index).key("effective_from"),
                format!("another version also begins on {day}; only one can hold"),
            );
        }
    }
}
