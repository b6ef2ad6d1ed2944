//! The pages on nginx: a file to include in a server block.

use std::fmt::Write;

use membership_headers::{HAS_HASH, IMMUTABLE, REVALIDATED, TLS};

use super::site::{IS_FILE, Site, TYPES};

/// The file. A location either inherits all headers or none, so each has all of them.
pub fn snippet(site: &Site) -> String {
    let base = site.base;
    let mut types = String::new();
    for (ending, name) in TYPES {
        writeln!(types, "        {name} {ending};").ok();
    }
    let mut text = format!(
        "\
# The membership pages at {base}, written by `cargo xtask dist`. Include it in a server block:
#
#     root /srv/www;    # the files of dist/ are in /srv/www{base}
#     include /etc/nginx/{name};

# Only with TLS: a header without a value is not sent.
set $membership_tls \"\";
if ($https) {{
    set $membership_tls \"{insist}\";
}}

location ^~ {base} {{
    types {{
{types}    }}
    gzip_static on;
    gzip_vary on;
    # With the module of brotli: brotli_static on;

    # An address of the app is the page; browsers ask each time whether it changed.
    try_files {base}index.html =404;
{page}
    # Its name changes with its content.
    location ~ \"{HAS_HASH}\" {{
        try_files $uri =404;
{hashed}    }}

    # A file that is not there is not the page.
    location ~ \"{IS_FILE}\" {{
        try_files $uri =404;
{file}    }}
}}
",
        name = super::NGINX,
        insist = TLS.1,
        page = headers(site, REVALIDATED, "    "),
        file = headers(site, REVALIDATED, "        "),
        hashed = headers(site, IMMUTABLE, "        "),
    );
    if let Some(bare) = site.without_slash() {
        let redirect = "absolute_redirect off;\n    return 308";
        write!(text, "\nlocation = {bare} {{\n    {redirect} {base};\n}}\n").ok();
    }
    text
}

/// Security headers also with errors; how long to keep it only with what is there.
fn headers(site: &Site, caching: &str, indent: &str) -> String {
    let mut text = String::new();
    for (name, value) in &site.security {
        writeln!(text, "{indent}add_header {name} \"{value}\" always;").ok();
    }
    let (tls, _) = TLS;
    writeln!(text, "{indent}add_header {tls} $membership_tls always;").ok();
    writeln!(text, "{indent}add_header cache-control \"{caching}\";").ok();
    text
}

#[cfg(test)]
mod tests {
    use super::super::site::example;
    use super::*;

    #[test]
    fn hashed_names_come_first_and_every_location_has_all_headers() {
        // Of several regular expressions nginx takes the first that fits.
        let text = snippet(&example("/partners/"));
        let at = |part: &str| text.find(part).expect(part);
        assert!(at(HAS_HASH) < at(&format!("\"{IS_FILE}\"")), "{text}");
        assert_eq!(text.matches("content-security-policy").count(), 3);
        let insist = "add_header strict-transport-security $membership_tls always;";
        assert_eq!(text.matches(insist).count(), 3);
        assert!(text.contains("if ($https) {\n    set $membership_tls \"max-age="));
        assert!(text.contains("location = /partners {"));
        assert!(!snippet(&example("/")).contains("location = "));
    }
}
