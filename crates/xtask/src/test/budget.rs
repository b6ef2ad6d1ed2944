//! What a browser downloads: for each way to arrive, and of each chunk.

mod built;
mod limits;

use anyhow::{Context as _, Result};

use self::built::Built;
use self::limits::{ARRIVALS, BUYING, COMMON, FAMILY, GROUP, Limit, REST, SHOP};
use super::context::Context;
use super::counts::Counts;
use crate::process::say;
use crate::web::chunks;

/// The release build is one check, each limit another.
pub fn run(context: &mut Context) -> Result<Counts> {
    let built = Built::read(context.pages()?)?;
    let mut counts = Counts::check(true);
    for arrival in &ARRIVALS {
        let files = built.arrival(arrival)?;
        for (name, size) in &files {
            say(&format!("{size:>9} bytes  {name}"));
        }
        let sentence = check(
            &mut counts,
            arrival.limit,
            arrival.name,
            files.values().sum(),
        );
        say(&sentence);
        counts.notes.push(sentence);
    }
    let all = built.chunks()?;
    for (name, chunks) in SHOP {
        let size = |wanted: &str| {
            let mut of = all.iter().filter(|one| one.0 == "workspace");
            let found = of.find(|one| one.1 == wanted);
            found
                .map(|one| one.3)
                .with_context(|| format!("no chunk {wanted}"))
        };
        let sizes = chunks.map(size);
        let total = sizes.into_iter().sum::<Result<u64>>()?;
        let sentence = check(&mut counts, BUYING, &format!("{name} alone"), total);
        say(&sentence);
        counts.notes.push(sentence);
    }
    for (program, chunk, own, size) in all {
        let limit = match chunk {
            "rest" => REST,
            chunks::COMMON => COMMON,
            _ if own => GROUP,
            _ => FAMILY,
        };
        let failed = counts.failed;
        let sentence = check(
            &mut counts,
            limit,
            &format!("chunk {program} {chunk}"),
            size,
        );
        say(&sentence);
        if counts.failed > failed {
            counts.notes.push(sentence);
        }
    }
    Ok(counts)
}

/// Counts it, and says how it is.
fn check(counts: &mut Counts, limit: Limit, name: &str, total: u64) -> String {
    counts.add(&Counts::check(total <= limit.refused));
    limit.sentence(name, total)
}

impl Limit {
    fn sentence(&self, name: &str, total: u64) -> String {
        let verdict = if total > self.refused {
            "too much"
        } else if total > self.wanted {
            "warning: more than wanted"
        } else {
            "within what is wanted"
        };
        #[expect(clippy::cast_precision_loss, reason = "a size for people")]
        let kilobytes = |bytes: u64| bytes as f64 / 1000.0;
        format!(
            "{name} {:.1} kB after brotli: {verdict} ({} kB wanted, {} kB refused)",
            kilobytes(total),
            self.wanted / 1000,
            self.refused / 1000
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_told_apart() {
        for limit in ARRIVALS
            .map(|one| one.limit)
            .iter()
            .chain(&[GROUP, COMMON, FAMILY, REST, BUYING])
        {
            let said = |total| limit.sentence("a way", total);
            assert!(said(limit.wanted).contains("within"));
            assert!(said(limit.refused + 1).contains("too much"));
            let mut counts = Counts::default();
            check(&mut counts, *limit, "a way", limit.refused);
            check(&mut counts, *limit, "a way", limit.refused + 1);
            assert_eq!((counts.passed, counts.failed), (1, 1));
        }
        let between = Limit {
            wanted: 1,
            refused: 2,
        };
        assert!(between.sentence("a way", 2).contains("warning"));
    }
}
