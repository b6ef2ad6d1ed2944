//! Has the linker say where everything came from in the programs that are split into chunks
//! (`crates/split`), and only in those: it would double what the others weigh.

/// The programs that are split, and those that are not.
const SPLIT: [&str; 3] = ["workspace", "preview", "local"];
const WHOLE: [&str; 3] = ["entrance", "operator", "reader"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        let link = |programs: &[&str], option: &str| {
            for program in programs {
                println!("cargo::rustc-link-arg-bin={program}={option}");
            }
        };
        link(&SPLIT, "--emit-relocs");
        link(&WHOLE, "--strip-all");
    }
}
