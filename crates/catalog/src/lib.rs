//! The catalog's files: TOML in, a checked [`Catalog`] out.
//!
//! The catalog that comes with the product is embedded; a folder of the same form can replace it.
//! A broken catalog is refused with every fault that was found, each with file, key and reason.

mod digest;
mod files;
mod read;
mod share;

pub use digest::digest;
pub use files::{Files, load_files};
pub use membership_domain::catalog::{Catalog, Fault};
pub use read::read;

/// The catalog that comes with the product.
///
/// # Errors
/// Everything that is wrong with it, which the tests of this crate do not let pass.
pub fn builtin() -> Result<Catalog, Vec<Fault>> {
    read(&builtin_files())
}

/// The files of the catalog that comes with the product.
#[must_use]
pub fn builtin_files() -> Files {
    files::embedded()
}

/// The catalog in a folder.
///
/// # Errors
/// Everything that is wrong with it; a folder or file that cannot be read is a fault like others.
pub fn load(folder: &std::path::Path) -> Result<Catalog, Vec<Fault>> {
    read(&load_files(folder)?)
}
