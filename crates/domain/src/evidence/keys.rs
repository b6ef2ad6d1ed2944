//! What programs ask for by key: what nothing asks for would be taken in and do nothing.

use std::collections::BTreeSet;

use super::{Declaration, FaultCode, Figure};
use crate::catalog::{Catalog, Criterion};

/// The keys that the catalog asks for, by any version of any program.
#[derive(Default)]
pub(super) struct Keys<'c> {
    declarations: BTreeSet<&'c str>,
    /// Figures of the whole company.
    whole: BTreeSet<&'c str>,
    /// Figures of one location.
    located: BTreeSet<&'c str>,
}

impl<'c> Keys<'c> {
    pub fn of(catalog: &'c Catalog) -> Self {
        let mut keys = Self::default();
        let rules = catalog.programs.iter().flat_map(|program| &program.rules);
        for requirement in rules.flat_map(|rule| rule.walk()) {
            match &requirement.test {
                Criterion::Declaration { key } => {
                    keys.declarations.insert(key);
                }
                Criterion::Figure { key, .. } => {
                    keys.whole.insert(key);
                }
                Criterion::Sum { of, .. } => {
                    keys.whole.extend(of.iter().map(|share| share.key.as_str()));
                }
                Criterion::Regional { key, .. } => {
                    keys.located.insert(key);
                }
                _ => {}
            }
        }
        keys
    }

    /// What is wrong with a declaration's key, where something is.
    pub fn of_declaration(&self, declaration: &Declaration) -> Option<FaultCode> {
        let known = self.declarations.contains(declaration.key.as_str());
        (!known).then_some(FaultCode::UnknownKey)
    }

    /// What is wrong with a figure's key or place, where something is, and the field.
    pub fn of_figure(&self, figure: &Figure) -> Option<(&'static str, FaultCode)> {
        let key = figure.key.as_str();
        if self.whole.contains(key) {
            return None;
        }
        if !self.located.contains(key) {
            return Some(("key", FaultCode::UnknownKey));
        }
        match (&figure.location, &figure.region) {
            (Some(_), Some(_)) => None,
            (None, _) => Some(("location", FaultCode::NeedsLocation)),
            _ => Some(("region", FaultCode::NeedsLocation)),
        }
    }
}
