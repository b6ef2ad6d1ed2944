//! A module with which pieces can be merged.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    EntityType, ExportKind, ExportSection, GlobalType, ImportSection, Module, ValType,
};
use wasmparser::{Parser, Payload};

/// Where a merged chunk looks for what the main part shares.
const SHARED: &str = "s";

/// A module that imports what pieces import of the main part, and exports it to them; so that what
/// is merged with it imports each of these once, and from another place. It also imports a number
/// by the name of the build: a chunk cannot be put together with the main part of another build.
pub fn of(pieces: &[Vec<u8>], build: &str) -> Result<Vec<u8>> {
    let mut shared: BTreeMap<String, EntityType> = BTreeMap::new();
    for piece in pieces {
        for payload in Parser::new(0).parse_all(piece) {
            let Payload::ImportSection(imports) = payload? else {
                continue;
            };
            for import in imports.into_imports() {
                let import = import?;
                let kind = RoundtripReencoder.entity_type(import.ty)?;
                shared.insert(import.name.to_owned(), kind);
            }
        }
    }
    let number = GlobalType {
        val_type: ValType::I32,
        mutable: false,
        shared: false,
    };
    shared.insert(build.to_owned(), EntityType::Global(number));
    encode(&shared)
}

fn encode(shared: &BTreeMap<String, EntityType>) -> Result<Vec<u8>> {
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let (mut memories, mut tables, mut globals) = (0, 0, 0);
    let next = |count: &mut u32| {
        *count += 1;
        *count - 1
    };
    for (name, kind) in shared {
        imports.import(SHARED, name, *kind);
        let (export, index) = match kind {
            EntityType::Memory(_) => (ExportKind::Memory, next(&mut memories)),
            EntityType::Table(_) => (ExportKind::Table, next(&mut tables)),
            EntityType::Global(_) => (ExportKind::Global, next(&mut globals)),
            _ => bail!("a piece imports {name}, which is neither memory, table nor a number"),
        };
        exports.export(name, export, index);
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}
