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

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::MemoryType;

    fn piece(imports: &[(&str, EntityType)]) -> Vec<u8> {
        let mut section = ImportSection::new();
        for (name, kind) in imports {
            section.import("__wasm_split", name, *kind);
        }
        let mut module = Module::new();
        module.section(&section);
        module.finish()
    }

    #[test]
    fn what_pieces_share_is_imported_once_with_the_build() {
        let memory = EntityType::Memory(MemoryType {
            minimum: 17,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let stack = EntityType::Global(GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        });
        let pieces = [
            piece(&[("memory", memory)]),
            piece(&[("memory", memory), ("stack", stack)]),
        ];
        let stub = of(&pieces, "0123").expect("a stub");
        let mut said = Vec::new();
        for payload in Parser::new(0).parse_all(&stub) {
            match payload.expect("a module") {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.expect("an import");
                        said.push(format!("{} {}", import.module, import.name));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        said.push(export.expect("an export").name.to_owned());
                    }
                }
                _ => {}
            }
        }
        assert_eq!(
            said,
            ["s 0123", "s memory", "s stack", "0123", "memory", "stack"]
        );
        let function = piece(&[("call", EntityType::Function(0))]);
        assert!(
            of(&[function], "0123").is_err(),
            "a function is not shared so"
        );
    }
}
