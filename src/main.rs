//! The membership workspace's pages: a client to the API and nothing more.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod api;
mod app;
mod charts;
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

fn main() {
    app::mount();
}
