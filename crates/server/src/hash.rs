//! SHA-256, as text.

use sha2::{Digest, Sha256};

/// The hash in hexadecimal signs, 64 of them.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
