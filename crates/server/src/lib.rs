//! The backend API: HTTP, sessions, and the command line around them.
//!
//! A request passes the layers of [`http`], then the guard that its line of [`routes::ROUTES`]
//! names, then one handler in the file that has its address. Time and chance come from [`clock`]
//! and [`random`] only.

pub mod accounts;
pub mod app;
mod audit;
mod bank;
mod change;
pub mod cli;
pub mod clock;
mod conversions;
pub mod demo;
mod devices;
pub mod engines;
mod evidence;
pub mod gateway;
mod guard;
mod hash;
pub mod http;
pub mod jobs;
pub mod limiter;
mod locations;
mod log;
pub mod mail;
pub mod monitor;
pub mod openapi;
mod partner_ids;
pub mod passwords;
mod people;
mod purchase;
mod purpose;
pub mod random;
pub mod routes;
mod second_factor;
mod sessions;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod testing;
mod tokens;
mod trail;
pub mod tries;
pub mod turns;
mod write;

pub use app::App;
