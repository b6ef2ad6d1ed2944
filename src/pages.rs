//! The pages, each in the file that its address leads to, segment by segment: `/evidence/imports`
//! is `evidence/imports.rs`, and what it alone is made of is in the folder of that name. A segment
//! that names one of many is called like one of them: `designations/area.rs`. The four lists of
//! evidence are one file, `evidence/lists.rs`. Beside pages is what several of them show, or what
//! is shown in place of one.

pub mod access;
pub mod account;
pub mod audit;
pub mod billing;
pub mod bills;
pub mod company;
pub mod designations;
pub mod evidence;
pub mod forgot_password;
pub mod gate;
pub mod link;
pub mod no_permission;
pub mod not_found;
pub mod not_own;
pub mod offers;
pub mod orders;
pub mod overview;
pub mod programs;
mod selling;
pub mod sign_in;
pub mod specializations;
mod standing;
pub mod start;
pub mod tokens;
pub mod users;
