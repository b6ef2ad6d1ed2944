//! Builds the crate again when a file is added to the catalog: the embedded folder alone would
//! notice only changes of files that it already knows.

fn main() {
    println!("cargo::rerun-if-changed=../../catalog");
}
