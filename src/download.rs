//! Files that the page itself makes.

use js_sys::{Array, Uint8Array};
use membership_contract::csv::MARK;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a text as a file, as a link with `download` does. A table begins with the mark by which
/// spreadsheets know UTF-8: what came over the network has lost it.
pub fn save(name: &str, kind: &str, text: &str) {
    let is_unmarked = kind == "text/csv" && !text.starts_with(MARK);
    let mark = if is_unmarked {
        MARK.to_string()
    } else {
        String::new()
    };
    // A browser that refuses any of these saves nothing, and says so itself.
    let _ = try_save(name, kind, &(mark + text));
}

/// Saves bytes as a file.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    let _ = blob.ok().and_then(|blob| offer(name, &blob));
}

fn try_save(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    offer(name, &blob)
}

fn offer(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address).ok()
}
