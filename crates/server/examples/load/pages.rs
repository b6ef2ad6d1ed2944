//! How long the pages of a list take, at its beginning and at its end.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::client::{Caller, Client};

/// Pages that are asked for at each end of what a filter finds, at most.
const PAGES: usize = 100;

/// Asks for all pages, and says what those at both ends took.
pub async fn pages(
    client: &mut Client,
    caller: &Caller,
    list: &str,
    name: &str,
    query: &str,
) -> Result<()> {
    let (mut times, mut many, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let path = address(list, query, &cursor);
        let begin = Instant::now();
        let answer = client.send("GET", &caller.path(&path), "", "").await?;
        times.push(begin.elapsed());
        let body = client.body();
        if answer.status != 200 {
            bail!("{path}: {body}");
        }
        let page: serde_json::Value = serde_json::from_str(&body).context(path)?;
        many += page["items"].as_array().map_or(0, Vec::len);
        match page["next"].as_str() {
            Some(next) => cursor = format!("cursor={next}"),
            None => break,
        }
    }
    // Where there are few, the same one again says more than one time.
    while times.len() < PAGES {
        let begin = Instant::now();
        let path = caller.path(&address(list, query, ""));
        client.send("GET", &path, "", "").await?;
        times.push(begin.elapsed());
    }
    let (first, last) = (&times[..PAGES], &times[times.len() - PAGES..]);
    println!("| {name} | {many} | {} | {} |", within(first), within(last));
    Ok(())
}

/// What is asked of a list, and from where on.
fn address(list: &str, query: &str, cursor: &str) -> String {
    let asked = [query.trim_start_matches('&'), cursor];
    let asked: Vec<&str> = asked.into_iter().filter(|one| !one.is_empty()).collect();
    match asked.is_empty() {
        true => list.to_owned(),
        false => format!("{list}?{}", asked.join("&")),
    }
}

/// Half of the times are below the first, and 95 of 100 below the second.
fn within(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| {
        let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
        sorted.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    format!("{:.1}, {:.1}", at(50), at(95))
}
