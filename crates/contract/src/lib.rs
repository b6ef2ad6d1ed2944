//! What crosses the wire between the pages and the server, and the sentences they share.

pub mod access;
pub mod account;
pub mod audit;
pub mod check;
pub mod clock;
pub mod countries;
pub mod csv;
pub mod customer;
pub mod evidence;
pub mod example;
pub mod health;
pub mod import;
pub mod invitations;
pub mod link;
pub mod lists;
pub mod organization;
pub mod overview;
pub mod page;
pub mod paths;
pub mod problem;
pub mod refusal;
pub mod requests;
pub mod session;
pub mod text;
pub mod tokens;
pub mod users;
