//! What exports call the certificates of the catalog.

use std::collections::BTreeMap;

use membership_domain::Catalog;
use membership_domain::catalog::{Certificate, Level};
use membership_domain::text::letters;

use crate::fault::Reason;

/// The catalog's certificates, by everything that exports call them; nothing where several are
/// called the same.
pub(crate) struct Known<'c> {
    by_code: Called<'c>,
    by_title: Called<'c>,
}

type Called<'c> = BTreeMap<String, Option<&'c Certificate>>;

impl<'c> Known<'c> {
    pub fn of(catalog: &'c Catalog) -> Self {
        let (mut by_code, mut by_title) = (BTreeMap::new(), BTreeMap::new());
        for certificate in &catalog.certificates {
            call(&mut by_code, letters(&certificate.id), certificate);
            // An exam that leads to several certificates names none of them.
            if let [exam] = &certificate.exams[..] {
                call(&mut by_code, letters(exam), certificate);
            }
            for title in certificate.titles() {
                call(&mut by_title, title, certificate);
            }
        }
        Self { by_code, by_title }
    }

    /// The certificate that a row means: by its exam's code, alone or before the title, and by the
    /// title, whole or without what comes before a colon. What they say has to agree, and so has
    /// the level with which the title ends.
    pub fn certificate(&self, title: &str, activity: &str) -> Result<&'c Certificate, Reason> {
        let rest = title.split_once(": ").map_or(title, |(_, rest)| rest);
        let begins = title.split([':', ' ']).next().unwrap_or_default();
        let by_title = [title, rest].map(|text| self.by_title.get(&letters(text)));
        let by_code = [activity, title, begins].map(|text| self.by_code.get(&letters(text)));
        let named = by_title.into_iter().flatten().next().copied();
        let mut found = by_code.into_iter().flatten().flatten().copied();
        let coded = found.next();
        let other = |title: &Certificate| Reason::OtherCertificate {
            title: title.id.to_ascii_uppercase(),
        };
        if let Some(contradicts) = found.find(|one| coded.is_some_and(|coded| coded.id != one.id)) {
            return Err(other(contradicts));
        }
        match (coded, named) {
            (Some(coded), Some(Some(named))) if coded.id != named.id => Err(other(named)),
            (None, Some(Some(named))) => Ok(named),
            (None, Some(None)) => Err(Reason::SeveralCertificates),
            (Some(coded), _) => match Level::of_title(title) {
                Some(level) if coded.level.word().is_some() && level != coded.level => {
                    Err(Reason::OtherLevel)
                }
                _ => Ok(coded),
            },
            (None, None) => Err(Reason::UnknownCertificate),
        }
    }
}

fn call<'c>(called: &mut Called<'c>, name: String, certificate: &'c Certificate) {
    let known = called.entry(name).or_insert(Some(certificate));
    if known.is_some_and(|known| known.id != certificate.id) {
        *known = None;
    }
}
