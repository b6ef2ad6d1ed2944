//! A part of a file that is read at once, as a tree.

use std::borrow::Cow;

use crate::unreadable::{Reason, Refusal, Result};

/// An element with all that is in it. Nothing is kept of attributes but the currency.
pub(crate) struct Element<'a> {
    /// Where it begins, in bytes.
    pub at: usize,
    pub name: &'a str,
    /// Its attribute `Ccy`.
    pub currency: Option<String>,
    pub text: Cow<'a, str>,
    pub children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    /// An element with nothing in it.
    pub fn empty(at: usize, name: &'a str) -> Self {
        let (currency, text, children) = (None, Cow::Borrowed(""), Vec::new());
        Self {
            at,
            name,
            currency,
            text,
            children,
        }
    }

    /// All children of a name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Element<'a>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The child of a name. Two are refused: of two amounts, one would not be looked at.
    pub fn only(&self, name: &str) -> Result<Option<&Element<'a>>> {
        let mut all = self.children.iter().filter(|child| child.name == name);
        let first = all.next();
        match all.next() {
            Some(second) => {
                let name = name.to_owned();
                Err(Refusal::new(second.at, Reason::Twice { name }))
            }
            None => Ok(first),
        }
    }

    /// What a path of children leads to, each the only one of its name.
    pub fn find(&self, path: &[&str]) -> Result<Option<&Element<'a>>> {
        let mut found = self;
        for name in path {
            match found.only(name)? {
                Some(child) => found = child,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// The child of a name, which must be there.
    pub fn need(&self, name: &str) -> Result<&Element<'a>> {
        self.only(name)?.ok_or_else(|| self.missing(name))
    }

    /// A refusal because something is missing in it.
    pub fn missing(&self, name: &str) -> Refusal {
        let name = name.to_owned();
        Refusal::new(self.at, Reason::Missing { name })
    }

    /// Its text without blanks around it.
    pub fn value(&self) -> Result<&str> {
        match self.children.is_empty() {
            true => Ok(self.text.trim()),
            false => Err(Refusal::new(self.at, Reason::Mixed)),
        }
    }
}
