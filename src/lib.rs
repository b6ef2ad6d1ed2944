//! The membership workspace's pages: a client to the API and nothing more.
//!
//! They come as several programs from this one library, so that nobody waits for what others need:
//! [`entrance`] holds sign-in, [`workspace`] everything for members, [`preview`] that and the way
//! in for whoever has no account, [`operator`] the desk of the program owner's people.
//! `public/boot.js` picks.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod api;
mod app;
mod charts;
mod clipboard;
mod counted;
mod download;
mod drafts;
mod entrance;
mod findings;
mod form;
mod format;
mod go;
pub mod groups;
mod lasting;
pub mod lazy;
mod list;
mod operator;
mod pages;
mod paths;
mod preview;
mod routes;
mod session;
mod shell;
mod tabs;
mod text;
mod ui;
pub mod unicode;
mod workspace;

/// Starts the whole app in the page's `#app`.
pub fn workspace(groups: groups::Workspace) {
    app::mount(move || shell::workspace(move || routes::workspace(groups)));
}

/// Starts the preview without an account: the same pages, answered in this browser.
pub fn preview(groups: groups::Preview) {
    api::local::answer_here();
    app::mount(move || shell::preview(move || routes::preview(groups)));
}

/// Starts the part that whoever is not signed in needs.
pub fn entrance() {
    app::mount(|| shell::bare(routes::entrance));
}

/// Starts the operator's desk.
pub fn operator() {
    app::mount(|| operator::frame(operator::pages));
}
