//! What every host has to know about the pages, whatever its language.

use std::path::Path;

use anyhow::{Context, Result};

use crate::web::compress;

/// What kinds of files the pages have. Machines differ in which of these they know.
pub const TYPES: [(&str, &str); 9] = [
    ("css", "text/css"),
    ("html", "text/html"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
];

/// An address whose last part has a dot is a file and never the page.
pub const IS_FILE: &str = r"\.[^/]*$";

/// Pages below a path of a host.
pub struct Site<'a> {
    /// The path: begins and ends with a slash.
    pub base: &'a str,
    /// Names and values.
    pub security: Vec<(&'static str, String)>,
    /// The files below the path, without their compressed forms.
    pub files: Vec<String>,
}

impl<'a> Site<'a> {
    /// The pages in a folder. `api` is the address of their API, if they have one.
    pub fn of(folder: &Path, base: &'a str, api: Option<&str>) -> Result<Self> {
        let mut files = Vec::new();
        for file in compress::files(folder)? {
            let name = file.strip_prefix(folder)?.to_string_lossy();
            let ending = name.rsplit('.').next().unwrap_or_default();
            if ["br", "gz"].contains(&ending) {
                continue;
            }
            TYPES
                .iter()
                .find(|(known, _)| *known == ending)
                .with_context(|| format!("{name}: say in TYPES of which type it is"))?;
            files.push(name.replace('\\', "/"));
        }
        Ok(Self {
            base,
            security: membership_headers::security(api.and_then(origin)),
            files,
        })
    }

    /// The path without the slash at its end; none for the whole host.
    pub fn without_slash(&self) -> Option<&str> {
        self.base.strip_suffix('/').filter(|base| !base.is_empty())
    }
}

/// Scheme, host and port of an address, which a policy is about; none for the pages' own origin.
fn origin(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next().unwrap_or_default();
    address.get(..scheme.len() + "://".len() + host.len())
}

/// Sites for the tests of each host.
#[cfg(test)]
pub fn example(base: &str) -> Site<'_> {
    Site {
        base,
        security: membership_headers::security(Some("https://api.example.com")),
        files: ["app-0123456789abcdef.js", "config.json", "index.html"]
            .map(str::to_owned)
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        for (address, expected) in [
            ("", None),
            ("https://api.example.com", Some("https://api.example.com")),
            ("http://[::1]:8080/a/b", Some("http://[::1]:8080")),
        ] {
            assert_eq!(origin(address), expected, "{address}");
        }
    }

    #[test]
    fn a_file_of_an_unknown_type_is_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-site-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        for name in ["app.js", "app.js.br", "app.js.gz"] {
            std::fs::write(folder.join(name), "").expect("writable");
        }
        let site = Site::of(&folder, "/", None).expect("all known");
        assert_eq!((site.files, site.base), (vec!["app.js".to_owned()], "/"));
        std::fs::write(folder.join("a.xyz"), "").expect("writable");
        let refusal = Site::of(&folder, "/", None).err().expect("refused");
        assert!(refusal.to_string().contains("a.xyz"), "{refusal:#}");
        std::fs::remove_dir_all(folder).expect("the folder was made");
    }
}
