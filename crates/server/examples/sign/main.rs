//! Signs standard input as an event of a payment provider, for another reader of such signatures:
//! `sign SECRET SECONDS`, with the time since 1970. Prints the header.

use std::io::Read as _;

use anyhow::Context as _;
use chrono::DateTime;
use membership_server::gateway::signature;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let secret = arguments.next().context("which secret?")?;
    let seconds = arguments.next().context("at which second?")?.parse()?;
    let at = DateTime::from_timestamp(seconds, 0).context("no such time")?;
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body)?;
    println!("{}", signature::header(&body, &secret, at));
    Ok(())
}
