//! Normal forms of Unicode by the browser: tables of our own would be a tenth of the download.

use js_sys::JsString;
use membership_domain::text::{Form, normalize_with};

/// Has texts normalized by the browser.
pub fn by_the_browser() {
    normalize_with(|text, form| {
        let form = match form {
            Form::Canonical => "NFD",
            Form::Compatible => "NFKD",
        };
        JsString::from(text).normalize(form).into()
    });
}
