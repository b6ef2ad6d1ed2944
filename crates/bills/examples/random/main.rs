//! Writes random bills as e-invoices, a few of them as PDFs too: `random COUNT SEED FOLDER`. The
//! same seed gives the same files. `end2end/bills/run.py` has the rules of EN 16931 run over them.

mod dice;
mod lists;
mod make;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

use membership_bills::{pdf, ubl};

use dice::Dice;

/// One of so many is written as a PDF as well.
const PDF_OF: u64 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [count, seed, folder] = arguments.as_slice() else {
        return Err("random COUNT SEED FOLDER".into());
    };
    let (count, seed): (u64, u64) = (count.parse()?, seed.parse()?);
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let begin = Instant::now();
    let (mut pdfs, mut pages) = (0_u32, begin.elapsed());
    for number in 0..count {
        let mut dice = Dice::new(seed, number);
        let (bill, issued) = make::bill(&mut dice, number);
        let xml = ubl::write(&bill, &issued).map_err(|error| format!("{bill:#?}\n{error}"))?;
        fs::write(folder.join(format!("{}.xml", issued.number)), xml)?;
        if number % PDF_OF == 0 {
            let begin = Instant::now();
            let file = pdf::render(&bill, &issued)?;
            pages += begin.elapsed();
            pdfs += 1;
            fs::write(folder.join(format!("{}.pdf", issued.number)), file)?;
        }
    }
    let each = pages.checked_div(pdfs).unwrap_or_default();
    println!(
        "{count} e-invoices and {pdfs} PDFs in {:.1?}",
        begin.elapsed()
    );
    println!("a PDF takes {each:.1?} on average");
    Ok(())
}
