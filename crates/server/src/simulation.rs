//! Buying, simulated: the real handlers, machines and store, with a payment provider, a bank and a
//! database that fail in every way that has a name, in an order that a seed decides.
//!
//! A seed that breaks an invariant is printed, and `MEMBERSHIP_SEED=NUMBER` plays it again. How many
//! are played, from that one or the first one: `MEMBERSHIP_SEEDS`. Their books are added to the file
//! `MEMBERSHIP_JOURNAL`, for a judge that is not ours.

pub mod chance;
mod faulty;
mod invariants;
mod steps;
mod world;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use membership_store::books;

use self::chance::Chance;
use self::world::Template;
use crate::purchase::journal::journal;
use crate::testing::Outcome;

/// So many seeds are played unless somebody asks for more.
const USUAL: u64 = 20;

/// So many steps a seed has.
const STEPS: u32 = 30;

fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

async fn play(template: &Template, seed: u64) -> Outcome {
    let mut world = template.world(seed).await?;
    let mut chance = Chance::of(seed);
    for _ in 0..STEPS {
        steps::step(&mut world, &mut chance).await?;
        invariants::after_each(&world).await?;
    }
    steps::settle(&mut world).await?;
    invariants::at_the_end(&world).await?;
    if let Some(path) = std::env::var_os("MEMBERSHIP_JOURNAL") {
        let entries = books::entries(world.app.store.db(), None).await?;
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        // At once, so that those of two threads don't mix.
        file.write_all(format!("; seed {seed}\n{}", journal(&entries)).as_bytes())?;
    }
    world.close().await
}

/// What is done to a database behind the program's back, and must be found.
const PLANTED: [&str; 5] = [
    "INSERT INTO booking_lines SELECT id, 99, 'assets:cash:card', 1 FROM bookings LIMIT 1",
    "UPDATE orders SET received = received - 1 WHERE received > 0",
    "UPDATE orders SET state = 'expired' WHERE state = 'fulfilled'",
    "DELETE FROM terms",
    "UPDATE bills SET number = 'MW-2023-000009' WHERE kind = 'invoice'",
];

#[test]
fn a_fault_that_is_planted_is_found() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let template = runtime.block_on(Template::new())?;
    for (number, planted) in (1_000_000..).zip(PLANTED) {
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(async {
                let mut world = template.world(number).await?;
                steps::pay_one(&mut world).await?;
                invariants::at_the_end(&world).await?;
                membership_store::testing::execute(&world.app.store, planted).await?;
                invariants::after_each(&world).await?;
                invariants::at_the_end(&world).await
            })
        }));
        if let Ok(unbroken) = found {
            unbroken?;
            return Err(crate::testing::Failure(format!("not found: {planted}")));
        }
    }
    Ok(())
}

#[test]
fn whatever_breaks_in_between_the_books_add_up() -> Outcome {
    let (first, usual) = match asked("MEMBERSHIP_SEED") {
        Some(seed) => (seed, 1),
        None => (1, USUAL),
    };
    let seeds = asked("MEMBERSHIP_SEEDS").unwrap_or(usual);
    let next = AtomicU64::new(first);
    // Each waits for the threads of its database half of the time.
    let threads = std::thread::available_parallelism()
        .map_or(2, |cores| 2 * usize::from(cores))
        .min(8);
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
    };
    let template = runtime()?.block_on(Template::new())?;
    let (next, template) = (&next, &template);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let played = (0..threads).map(|_| {
            scope.spawn(move || -> Vec<String> {
                let mut failures = Vec::new();
                let Ok(runtime) = runtime() else {
                    return vec!["no runtime".to_owned()];
                };
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= first + seeds {
                        return failures;
                    }
                    let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                        runtime.block_on(play(template, seed))
                    }));
                    match played {
                        Ok(Ok(())) => {}
                        Ok(Err(failure)) => failures.push(format!("seed {seed}: {failure:?}")),
                        Err(_) => failures.push(format!("seed {seed}: an invariant broke")),
                    }
                }
            })
        });
        let played: Vec<_> = played.collect();
        let joined = played
            .into_iter()
            .map(|thread| thread.join().unwrap_or_default());
        joined.flatten().collect()
    });
    for failure in &failures {
        eprintln!("{failure}. Play it again with MEMBERSHIP_SEED.");
    }
    match failures.first() {
        None => Ok(()),
        Some(first) => Err(crate::testing::Failure(first.clone())),
    }
}
