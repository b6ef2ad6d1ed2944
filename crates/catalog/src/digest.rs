//! Which rules an answer was made by: a digest of the whole catalog.

use sha2::{Digest, Sha256};

/// So many bytes of the hash: nobody finds two catalogs with the same ones.
const LENGTH: usize = 16;

/// The digest of a catalog as JSON, as `GET /api/v1/catalog` gives it: 32 characters, the same on
/// every machine and in every process, another one with every change of a rule. What was assessed,
/// quoted or ordered can say by it by which rules.
#[must_use]
pub fn digest(json: &[u8]) -> String {
    let hash = Sha256::digest(json);
    let bytes = hash.iter().take(LENGTH);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{builtin, builtin_files, read};

    fn of_files(files: &crate::Files) -> Option<String> {
        let catalog = read(files).ok()?;
        serde_json::to_vec(&catalog).ok().map(|json| digest(&json))
    }

    #[test]
    fn it_is_the_hash_that_everybody_can_make() {
        let known = "44136fa355b3678a1146ad16f7e8649e";
        assert_eq!(
            digest(b"{}"),
            known,
            "printf '{{}}' | sha256sum | cut -c-32"
        );
    }

    #[test]
    fn it_is_the_same_each_time_and_another_with_every_rule() {
        let mut files = builtin_files();
        let first = of_files(&files);
        let again = builtin().ok().and_then(|it| serde_json::to_vec(&it).ok());
        assert!(first.is_some());
        assert_eq!(first, again.map(|json| digest(&json)));
        // A comment is no rule.
        let limits = files.get_mut("limits.toml").expect("the file of limits");
        limits.push_str("\n# a comment\n");
        assert_eq!(of_files(&files), first);
        let sources = files.get_mut("sources.toml").expect("the file of sources");
        *sources = sources.replacen("title = \"", "title = \"A ", 1);
        assert_ne!(of_files(&files), first);
    }
}
