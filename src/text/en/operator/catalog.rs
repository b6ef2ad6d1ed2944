//! The words of the catalog in force.

pub const TITLE: &str = "Catalog in force";
pub const ABOUT: &str = "Prices, terms, and taxes of new orders follow this version of the rules.";
pub const DIGEST: &str = "Digest";
pub const WHY: &str = "Each order keeps the digest of the catalog that it was quoted by. Compare it \
    with this one to see whether the rules changed since.";
pub const COPY: &str = "Copy the digest";
pub const COPIED: &str = "The digest is copied.";
pub const NOT_COPIED: &str = "Your browser didn't allow copying. Select the digest and copy it.";
