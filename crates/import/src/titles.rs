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
    /// title, whole or without what comes before a colon. What they say has to agree, and so has a
    /// level with which the title or what is before it ends.
    pub fn certificate(&self, title: &str, activity: &str) -> Result<&'c Certificate, Reason> {
        let (before, rest) = match title.split_once(':') {
            Some((before, rest)) => (before, rest),
            None => ("", title),
        };
        let ends = |letter: char| letter == ':' || letter.is_whitespace();
        let begins = title.split(ends).next().unwrap_or_default();
        let by_code = [activity, title, begins].map(|text| self.by_code.get(&letters(text)));
        let mut found = by_code.into_iter().flatten().flatten().copied();
        let coded = found.next();
        let other = |title: &Certificate| Reason::OtherCertificate {
            title: title.id.to_ascii_uppercase(),
        };
        if let Some(contradicts) = found.find(|one| coded.is_some_and(|coded| coded.id != one.id)) {
            return Err(other(contradicts));
        }
        let named = match self.titled(title) {
            Err(Reason::UnknownCertificate) => self.titled(rest),
            known => known,
        };
        let certificate = match (coded, named) {
            (Some(coded), Ok(named)) if coded.id != named.id => return Err(other(named)),
            (Some(coded), _) => coded,
            (None, named) => named?,
        };
        let level = Level::of_title(title).or_else(|| Level::of_title(before));
        match level.filter(|_| certificate.level.word().is_some()) {
            Some(level) if level != certificate.level => Err(Reason::OtherLevel),
            _ => Ok(certificate),
        }
    }

    /// By a title, whole or without its level where that leaves one certificate.
    fn titled(&self, title: &str) -> Result<&'c Certificate, Reason> {
        let title = letters(title);
        match self.by_title.get(&title) {
            Some(Some(one)) => Ok(one),
            Some(None) => Err(Reason::SeveralCertificates),
            None => {
                let words = Level::ALL.into_iter().filter_map(Level::word);
                let mut whole = words.filter_map(|word| self.by_title.get(&(title.clone() + word)));
                match (whole.next().copied().flatten(), whole.next()) {
                    (Some(one), None) => Ok(one),
                    (None, None) => Err(Reason::UnknownCertificate),
                    _ => Err(Reason::SeveralCertificates),
                }
            }
        }
    }
}

fn call<'c>(called: &mut Called<'c>, name: String, certificate: &'c Certificate) {
    let known = called.entry(name).or_insert(Some(certificate));
    if known.is_some_and(|known| known.id != certificate.id) {
        *known = None;
    }
}
