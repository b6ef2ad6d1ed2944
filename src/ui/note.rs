//! Something to know about what is around it.

use leptos::prelude::*;

use super::{Tone, icon};

/// A note: what, why, and what to do.
pub fn note(tone: Tone, children: impl IntoAny) -> AnyView {
    view! {
        <div class=format!("note {}", tone.class())>
            {icon(tone.icon())}
            <div>{children.into_any()}</div>
        </div>
    }
    .into_any()
}
