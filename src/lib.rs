//! The membership workspace's pages: a client to the API and nothing more.
//!
//! They come as two programs from this one library, so that whoever arrives does not wait for what
//! only members see: [`entrance`] holds sign-in, [`workspace`] everything. `public/boot.js` picks.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod api;
mod app;
mod charts;
mod download;
mod entrance;
mod findings;
mod format;
mod pages;
mod paths;
mod preview;
mod routes;
mod session;
mod shell;
mod text;
mod ui;
mod workspace;

/// Starts the whole app in the page's `#app`.
pub fn workspace() {
    app::mount(|| shell::frame(routes::workspace));
}

/// Starts the part that whoever is not signed in needs.
pub fn entrance() {
    app::mount(|| shell::bare(routes::entrance));
}
