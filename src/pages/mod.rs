//! One folder or file for each area, named like its segment of the address.

pub mod access;
pub mod area;
pub mod company;
pub mod designations;
pub mod evidence;
pub mod gate;
pub mod imports;
pub mod no_permission;
pub mod not_found;
pub mod not_own;
pub mod overview;
pub mod program;
pub mod programs;
pub mod sign_in;
pub mod specializations;
mod standing;
pub mod start;
