//! Writes the bills of the tests as files, to be looked at: `sketch FOLDER`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use membership_bills::{pdf, ubl};

#[path = "../tests/bills/mod.rs"]
mod bills;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("sketch FOLDER")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    for (name, (bill, issued)) in bills::all() {
        let pdf = pdf::render(&bill, &issued)?;
        fs::write(folder.join(format!("{name}.pdf")), pdf)?;
        match ubl::write(&bill, &issued) {
            Ok(xml) => fs::write(folder.join(format!("{name}.xml")), xml)?,
            Err(error) => println!("{name}: {error}"),
        }
    }
    Ok(())
}
