//! What is refused, and what cannot be done now: always with the way out.

use leptos::prelude::*;

use super::{Tone, note, small_icon};

/// That something was refused: what, why and what lifts it, and the controls that do.
pub fn refused(says: impl IntoAny, ways: impl IntoAny) -> AnyView {
    view! {
        <div role="alert" class="refused">
            {note(Tone::Bad, says)}
            <div class="cluster">{ways.into_any()}</div>
        </div>
    }
    .into_any()
}

/// Something that must be so before something else can be done.
pub struct Need {
    /// Whether it is so.
    pub met: bool,
    /// What must be so.
    pub says: String,
    /// What makes it so, where somebody can do that here: a label and an address.
    pub way: Option<(String, String)>,
}

/// What must be so, beside the control that waits for it: those that are not so each with the way
/// out.
pub fn needs(all: Vec<Need>) -> AnyView {
    let line = |need: Need| {
        let icon = small_icon(if need.met { "check" } else { "unmet" });
        let way = need.way.filter(|_| !need.met);
        let way = way.map(|(label, href)| view! { <a href=href>{label}</a> });
        view! {
            <li class:unmet=!need.met>
                {icon}
                <span>{need.says}</span>
                {way}
            </li>
        }
    };
    view! { <ul class="needs plain">{all.into_iter().map(line).collect_view()}</ul> }.into_any()
}
