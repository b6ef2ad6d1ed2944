//! The modules of a crate, with what each declares, takes from others, and names.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::source::{Token, tokens};

/// A module's place in its crate; the root has the empty one.
pub type Place = Vec<String>;

/// What a `use` brings.
#[derive(Debug, Clone)]
pub struct Import {
    /// As it is written, from `crate`, `self`, `super`, a child or another crate on.
    pub path: Vec<String>,
    /// The name that it has here; `*` for all names.
    pub name: String,
    /// Whether others can take it from here.
    pub shared: bool,
}

/// What stands in a module.
#[derive(Debug, Default)]
pub struct Module {
    /// What it takes.
    pub imports: Vec<Import>,
    /// Paths and names outside of `use`.
    pub named: Vec<Vec<String>>,
}

/// The modules of a crate, by their places.
pub type Modules = BTreeMap<Place, Module>;

/// Reads a crate from `lib.rs` on, as `mod` leads: `read` gives a file below `src`, if it is there.
pub fn modules(read: &dyn Fn(&str) -> Option<String>) -> Result<Modules> {
    let mut modules = Modules::new();
    let Some(text) = read("lib.rs") else {
        bail!("no lib.rs");
    };
    put(&mut modules, Vec::new(), &tokens(&text), read)?;
    Ok(modules)
}

fn put(
    modules: &mut Modules,
    place: Place,
    tokens: &[Token],
    read: &dyn Fn(&str) -> Option<String>,
) -> Result<()> {
    let mut module = Module::default();
    let mut at = 0;
    let mut shared = false;
    while let Some(token) = tokens.get(at) {
        match (token.as_str(), tokens.get(at + 1)) {
            ("pub", Some(next)) => {
                shared = true;
                at += 1;
                if next == "(" {
                    at += block(&tokens[at..]);
                }
                continue;
            }
            ("mod", Some(name)) => {
                let inner = [&place[..], std::slice::from_ref(name)].concat();
                at += 2;
                if tokens.get(at).is_some_and(|next| next == "{") {
                    let length = block(&tokens[at..]);
                    put(modules, inner, &tokens[at + 1..at + length - 1], read)?;
                    at += length;
                } else {
                    let path = inner.join("/");
                    let file = [format!("{path}.rs"), format!("{path}/mod.rs")];
                    let Some(text) = file.iter().find_map(|file| read(file)) else {
                        bail!("no file for the module {}", inner.join("::"));
                    };
                    let tokens = self::tokens(&text);
                    put(modules, inner, &tokens, read)?;
                }
            }
            // `use<'a>` in a type is none.
            ("use", Some(next)) if next != "<" => {
                let end = tokens[at..].iter().position(|token| token == ";");
                let end = at + end.unwrap_or(tokens.len() - at);
                tree(&tokens[at + 1..end], &[], shared, &mut module.imports);
                at = end;
            }
            (word, _) if is_name(word) => {
                let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                let path = path(&tokens[at..]);
                at += path.len() * 2 - 1;
                // A field, a method and what is declared here are no names of others.
                let own = [".", "fn", "let"];
                if !before.is_some_and(|before| own.contains(&before.as_str())) {
                    module.named.push(path);
                }
            }
            _ => at += 1,
        }
        shared = false;
    }
    modules.insert(place, module);
    Ok(())
}

fn is_name(token: &str) -> bool {
    token.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
}

/// The names that `::` joins, of which there is one at least.
fn path(tokens: &[Token]) -> Vec<String> {
    let mut path = vec![tokens[0].clone()];
    let mut rest = &tokens[1..];
    while let [colons, name, ..] = rest
        && colons == "::"
        && is_name(name)
    {
        path.push(name.clone());
        rest = &rest[2..];
    }
    path
}

/// How many tokens there are to the bracket that closes the first one.
fn block(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Each of what a tree of `use` brings.
fn tree(tokens: &[Token], before: &[String], shared: bool, imports: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut name = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => {
                let inner = &tokens[at + 1..at + block(&tokens[at..]) - 1];
                for one in branches(inner) {
                    tree(one, &path, shared, imports);
                }
                return;
            }
            "as" => name = tokens.get(at + 1).cloned(),
            "self" if !before.is_empty() && path.len() == before.len() => {}
            // `$crate` in a macro is the crate itself.
            "::" | "$" => {}
            // All names: the module itself.
            "*" => name = Some("*".to_owned()),
            _ if name.is_none() => path.push(token.clone()),
            _ => {}
        }
        at += 1;
    }
    let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
    if !path.is_empty() {
        imports.push(Import { path, name, shared });
    }
}

/// What commas part, brackets apart.
fn branches(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut depth, mut from) = (0_usize, 0);
    let mut branches = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                branches.push(&tokens[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&tokens[from..]);
    branches
}
