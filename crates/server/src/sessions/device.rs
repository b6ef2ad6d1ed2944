//! Browser and system in words, as far as the browser says what it is. A few rules for what people
//! use; anything else is not guessed, because a wrong name would frighten or lull.

use axum::http::{HeaderMap, header};

/// What browsers say, the more special first: most say the name of another one, too.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows NT", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Firefox on Windows"; only one of both, or nothing, where no more is known.
pub fn words(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let named = |names: &[(&str, &str)]| {
        let found = names.iter().find(|(sign, _)| said.contains(sign));
        found.map(|(_, name)| (*name).to_owned())
    };
    match (named(BROWSERS), named(SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser} on {system}")),
        (browser, system) => browser.or(system),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0";
        for (said, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
                    .to_owned(),
                "Firefox on Windows",
            ),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {chrome} Safari/537.36"),
                "Chrome on Linux",
            ),
            (
                format!("Mozilla/5.0 (Windows NT 10.0) {chrome} Safari/537.36 Edg/138.0.0.0"),
                "Edge on Windows",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 14) {chrome} Mobile Safari/537.36"),
                "Chrome on Android",
            ),
            (
                format!(
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/18.5 Safari/605.1.15"
                ),
                "Safari on macOS",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {webkit} CriOS/138.0 Mobile/15E148 Safari/604.1"
                ),
                "Chrome on iPhone",
            ),
            ("curl/8.5.0".to_owned(), "curl"),
        ] {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_str(&said).expect("a header's value");
            headers.insert(header::USER_AGENT, value);
            assert_eq!(super::words(&headers).as_deref(), Some(words), "{said}");
        }
        let mut headers = HeaderMap::new();
        assert_eq!(super::words(&headers), None);
        headers.insert(header::USER_AGENT, HeaderValue::from_static("<script>"));
        assert_eq!(super::words(&headers), None);
    }
}
