//! Every route of the app. A page is given here, and only here, with who may open it.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::path;

use crate::pages::gate::{member, open, workspace};
use crate::pages::{access, area, designations, not_found, overview, program, programs, sign_in};

/// The page of the current address.
pub fn view() -> AnyView {
    view! {
        <FlatRoutes fallback=|| open(not_found::page)>
            <Route path=path!("/") view=|| workspace(overview::page) />
            <Route path=path!("/programs") view=|| workspace(programs::page) />
            <Route path=path!("/programs/:program") view=|| workspace(program::page) />
            <Route path=path!("/designations") view=|| workspace(designations::page) />
            <Route path=path!("/designations/:area") view=|| workspace(area::page) />
            <Route path=path!("/access") view=|| member(access::page) />
            <Route path=path!("/sign-in") view=|| open(sign_in::page) />
        </FlatRoutes>
    }
    .into_any()
}
