//! The pages on Caddy: a file to import in a site block.

use std::fmt::Write;

use membership_headers::{HAS_HASH, IMMUTABLE, REVALIDATED, TLS};

use super::site::{IS_FILE, Site, TYPES};

/// Types for which Caddy depends on the machine's own list.
const UNKNOWN: [&str; 2] = ["wasm", "webmanifest"];

/// The file. `route` keeps the order in which it is written.
pub fn snippet(site: &Site) -> String {
    let base = site.base;
    let mut security = String::new();
    for (name, value) in &site.security {
        writeln!(security, "\t\t\t{name} \"{value}\"").ok();
    }
    let mut types = String::new();
    for (ending, name) in TYPES.iter().filter(|(ending, _)| UNKNOWN.contains(ending)) {
        let matcher = format!("@membership-{ending}");
        writeln!(types, "\t\t{matcher} path *.{ending}").ok();
        writeln!(types, "\t\theader {matcher} content-type {name}").ok();
    }
    let mut text = format!(
        "\
# The membership pages at {base}, written by `cargo xtask dist`. Import it in a site block:
#
#     root * /srv/www    # the files of dist/ are in /srv/www{base}
#     import {name}

handle {base}* {{
	route {{
		# An address of the app is the page; a file that is not there is not.
		@membership-address not path_regexp {IS_FILE}
		rewrite @membership-address {base}index.html

{types}		header {{
{security}			cache-control {REVALIDATED}
		}}
		@membership-tls protocol https
		header @membership-tls {tls} {insist}
		# Its name changes with its content.
		@membership-hashed {{
			path_regexp {HAS_HASH}
			file
		}}
		header @membership-hashed cache-control \"{IMMUTABLE}\"

		file_server {{
			precompressed br gzip
		}}
	}}
}}
",
        name = super::CADDY,
        tls = TLS.0,
        insist = TLS.1,
    );
    if let Some(bare) = site.without_slash() {
        write!(text, "\nredir {bare} {base} 308\n").ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::site::example;
    use super::*;

    #[test]
    fn the_whole_host_needs_no_redirection() {
        let below = snippet(&example("/partners/"));
        assert!(below.contains("handle /partners/* {") && below.contains("redir /partners "));
        let whole = snippet(&example("/"));
        assert!(whole.contains("handle /* {") && !whole.contains("redir"));
    }
}
