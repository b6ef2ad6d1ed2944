//! `.br` and `.gz` beside each file that gets smaller by it, for hosts that send them as they are.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::parallel;

const COMPRESSIBLE: [&str; 8] = [
    "html",
    "css",
    "js",
    "json",
    "wasm",
    "svg",
    "webmanifest",
    "txt",
];

/// Writes both forms beside every compressible file in `folder` and below.
pub fn all(folder: &Path) -> Result<()> {
    let mut files = files(folder)?;
    files.retain(|file| {
        let ending = file.extension();
        ending.is_some_and(|ending| COMPRESSIBLE.iter().any(|known| ending == *known))
    });
    parallel::each(&files, |file| one(file)).map(drop)
}

/// Writes both forms beside this file.
pub fn one(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    std::fs::write(beside(file, "br"), brotli(&bytes)?)?;
    std::fs::write(beside(file, "gz"), gzip(&bytes)?)?;
    Ok(())
}

/// The name of a compressed form: `app.js` with `br` is `app.js.br`.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// All files in a folder and below, in order of their names.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &best)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_forms_give_the_bytes_back() {
        let bytes = b"the same words again and again, ".repeat(100);
        let mut back = Vec::new();
        let small = brotli(&bytes).expect("brotli");
        brotli::BrotliDecompress(&mut &*small, &mut back).expect("a brotli stream");
        assert!(small.len() < 100 && back == bytes);

        back.clear();
        let small = gzip(&bytes).expect("gzip");
        flate2::read::GzDecoder::new(&*small)
            .read_to_end(&mut back)
            .expect("a gzip stream");
        assert!(small.len() < 200 && back == bytes);
    }
}
