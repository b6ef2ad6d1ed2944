//! The pages on hosts that read `_headers` and `_redirects`: Netlify and what follows its form.

use std::fmt::Write;

use membership_headers::TLS;

use super::site::Site;

/// `_headers`. Every rule that fits adds its headers, so each header has one rule for each file:
/// where two rules say how long to keep it, hosts send both.
pub fn headers(site: &Site) -> String {
    let mut text = format!("{}*\n", site.base);
    for (name, value) in &site.security {
        writeln!(text, "  {name}: {value}").ok();
    }
    // Such hosts have TLS.
    let (name, value) = TLS;
    writeln!(text, "  {name}: {value}").ok();
    for file in &site.files {
        let caching = membership_headers::caching(file);
        write!(text, "{}{file}\n  cache-control: {caching}\n", site.base).ok();
        // Only what such hosts do not know by themselves.
        if file.ends_with(".webmanifest") {
            writeln!(text, "  content-type: application/manifest+json").ok();
        }
    }
    text
}

/// `_redirects`: the page for every address that is not a file.
pub fn redirects(site: &Site) -> String {
    format!("{base}* {base}index.html 200\n", base = site.base)
}

#[cfg(test)]
mod tests {
    use super::super::site::example;
    use super::*;

    #[test]
    fn each_file_is_told_once_how_long_it_is_kept() {
        let text = headers(&example("/partners/"));
        assert!(text.starts_with("/partners/*\n  content-security-policy: default-src"));
        let hashed = "/partners/app-0123456789abcdef.js\n  cache-control: public, max-age";
        let other = "/partners/config.json\n  cache-control: no-cache\n";
        assert!(text.contains(hashed) && text.contains(other), "{text}");
        assert_eq!(text.matches("cache-control").count(), 3);
        assert_eq!(
            text.matches("strict-transport-security: max-age=31536000")
                .count(),
            1
        );
        assert_eq!(redirects(&example("/")), "/* /index.html 200\n");
    }
}
