//! What stands where something could not be loaded: what happened, and how it goes on.

use leptos::prelude::*;

use super::Button;
use crate::api::ApiError;
use crate::text;

/// The panel of an error. What passes by itself is tried again without anybody; the button is
/// for the impatient.
pub fn failure(error: &ApiError, retry: Callback<()>) -> AnyView {
    let id = error
        .request_id()
        .map(|id| view! { <p class="small muted">{text::errors::quote(id)}</p> });
    let waiting = error
        .passes_by_itself()
        .then(|| view! { <p class="small muted">{text::errors::BY_ITSELF}</p> });
    view! {
        <div class="panel" role="alert">
            <div>
                <h2>{error.title()}</h2>
                <p>{error.detail_of_reading()}</p>
                {id}
                {waiting}
            </div>
            <Button on_press=retry icon_name="retry">
                {text::errors::RETRY}
            </Button>
        </div>
    }
    .into_any()
}
