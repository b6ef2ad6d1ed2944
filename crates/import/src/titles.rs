//! What exports call the certificates of the catalog.

use std::collections::BTreeMap;

use membership_domain::Catalog;
use membership_domain::catalog::Certificate;

use crate::table::plain;

/// The catalog's certificates, by everything that exports call them.
pub(crate) struct Known<'c> {
    by_exam: BTreeMap<String, &'c Certificate>,
    by_name: BTreeMap<String, &'c Certificate>,
}

impl<'c> Known<'c> {
    pub fn of(catalog: &'c Catalog) -> Self {
        let (mut by_exam, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for certificate in &catalog.certificates {
            by_exam.insert(plain(&certificate.id), certificate);
            by_name.insert(plain(&certificate.name), certificate);
            for name in &certificate.also_called {
                by_name.entry(plain(name)).or_insert(certificate);
            }
            // An exam that leads to several certificates names none of them.
            if let [exam] = &certificate.exams[..] {
                by_exam.entry(plain(exam)).or_insert(certificate);
            }
        }
        Self { by_exam, by_name }
    }

    /// By the exam's code, alone or before a colon; else by the title, without what all titles
    /// begin and end with.
    pub fn certificate(&self, title: &str, activity: &str) -> Option<&'c Certificate> {
        let code = |text: &str| self.by_exam.get(&plain(text)).copied();
        let begins = title.split([':', ' ']).next().unwrap_or_default();
        let rest = title.split_once(": ").map_or(title, |(_, rest)| rest);
        let levels = [" Associate", " Expert", " Specialty", " Fundamentals"];
        let bare = levels
            .iter()
            .find_map(|level| rest.strip_suffix(level))
            .unwrap_or(rest);
        let by_title = |text: &str| self.by_name.get(&plain(text)).copied();
        code(activity)
            .or_else(|| code(title))
            .or_else(|| by_title(title))
            .or_else(|| by_title(rest))
            .or_else(|| by_title(bare))
            .or_else(|| code(begins))
    }
}
