//! The headers that every host sends with the pages. The server sends them, and `cargo xtask dist`
//! writes them down for static hosts: both from here, so that they cannot differ.

/// What the pages may load and do. `wasm-unsafe-eval` only allows WebAssembly to be compiled;
/// `base-uri` allows the one base element, which tells pages below a path where they are. The one
/// policy for trusted types is that of `public/boot.js`.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
    manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// Names in lower case, and values.
pub const SECURITY: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-site"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Makes browsers insist on TLS for a year. Only for answers that come by TLS: without it, browsers
/// have to take no notice. Other names below this one are left alone: they are others' to decide.
pub const TLS: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// A year, which is as long as caches go. For files whose name changes with their content.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Kept, but asked for again each time.
pub const REVALIDATED: &str = "no-cache";

/// [`has_hash`] for hosts, as a regular expression for the path.
pub const HAS_HASH: &str = r"[-_][0-9a-fA-F]{12,}([-_][^/.]*)?\.[^/]*$";

/// The security headers of pages that may also ask `origin`, where their API is.
#[must_use]
pub fn security(origin: Option<&str>) -> Vec<(&'static str, String)> {
    let own = "connect-src 'self'";
    let value = |value: &str| match origin {
        Some(origin) => value.replace(own, &format!("{own} {origin}")),
        None => value.to_owned(),
    };
    SECURITY.map(|(name, text)| (name, value(text))).into()
}

/// `Cache-Control` of a file by its path.
#[must_use]
pub fn caching(path: &str) -> &'static str {
    if has_hash(path) {
        IMMUTABLE
    } else {
        REVALIDATED
    }
}

/// Whether a file's name has a hash of its content: `app-1a2b3c4d5e6f7a8b_bg.wasm`.
#[must_use]
pub fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    name.contains('.')
        && stem
            .split(['-', '_'])
            .skip(1)
            .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_recognized() {
        for hashed in [
            "/membership-web-1a2b3c4d5e6f7a8b_bg.wasm",
            "/tokens-0123456789abcdef.css",
            "below/boot-58ee16a0fc59803.js",
        ] {
            assert_eq!(caching(hashed), IMMUTABLE, "{hashed}");
        }
        for other in [
            "/index.html",
            "/icons.svg",
            "/programs/azure-expert-msp",
            "/4200001/programs/azure-expert-msp",
            "/boot-1a2b.js",
            "/worker.js",
            "/",
        ] {
            assert_eq!(caching(other), REVALIDATED, "{other}");
        }
    }

    #[test]
    fn an_api_elsewhere_is_allowed_by_its_origin_and_nothing_else_changes() {
        assert_eq!(security(None), SECURITY.map(|(n, v)| (n, v.to_owned())));
        let elsewhere = security(Some("https://api.example.com"));
        let (name, policy) = &elsewhere[0];
        assert_eq!(*name, "content-security-policy");
        assert!(policy.contains("; connect-src 'self' https://api.example.com; font-src"));
        assert_eq!(policy.replace(" https://api.example.com", ""), POLICY);
        assert_eq!(elsewhere[1..], security(None)[1..]);
    }
}
