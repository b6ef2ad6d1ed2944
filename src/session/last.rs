//! The organization that this browser showed last: where addresses lead that name none.

use leptos::prelude::window;
use membership_domain::id::OrganizationId;

const KEY: &str = "organization";

/// Its id, if any was shown since somebody signed out.
pub fn get() -> Option<String> {
    storage()?.get_item(KEY).ok()?
}

/// This one is shown. A browser may refuse to remember; then the first is the last.
pub fn set(organization: OrganizationId) {
    let _ = storage().map(|storage| storage.set_item(KEY, &organization.to_string()));
}

/// Somebody signed out.
pub fn forget() {
    let _ = storage().map(|storage| storage.remove_item(KEY));
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
