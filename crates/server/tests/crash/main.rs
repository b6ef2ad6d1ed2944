//! The real program is killed while people buy, again and again, and started again on what is left:
//! whatever it acknowledged is there once, and the books add up.
//!
//! `MEMBERSHIP_CRASHES` says how often it is killed; `MEMBERSHIP_SEED` decides what people do and
//! how long each life is. Times are told with `--nocapture`.

mod books;
mod buyer;
#[allow(dead_code, reason = "the simulation chooses among more")]
#[path = "../../src/simulation/chance.rs"]
mod chance;
mod people;
mod server;
mod shop;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use membership_store::testing::execute;
use tokio::sync::watch;

use self::buyer::Buyer;
use self::chance::Chance;
use self::server::{Server, opened};
use self::shop::Shop;

/// What a test, or a part of one, comes to.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// So often it is killed unless somebody asks for more.
const USUAL: u64 = 20;

/// So many people buy at a time.
const BUYERS: u64 = 6;

/// Each life has a few purchases at most.
const COMPANIES_OF_A_LIFE: u64 = 4;

/// Wanted is a second; a machine that does much else shall not fail the test.
const READY_WITHIN: Duration = Duration::from_secs(5);

/// The longest life, in milliseconds.
const LONGEST: usize = 1_000;

/// What is done to the database in the end behind the program's back, and must be found.
const PLANTED: [&str; 6] = [
    "INSERT INTO booking_lines SELECT id, 99, 'assets:cash:card', 1 FROM bookings LIMIT 1",
    "UPDATE orders SET number = number || '0' WHERE id = (SELECT MAX(id) FROM orders)",
    "DELETE FROM attempts WHERE id = (SELECT MAX(id) FROM attempts)",
    "INSERT INTO receipts SELECT 'ffffffff-ffff-7fff-bfff-ffffffffffff', organization_id, order_id,
        'attempt:again', method, currency, amount, parked, parking, value_on, detail, created_at
        FROM receipts LIMIT 1",
    "DELETE FROM terms WHERE id = (SELECT MIN(id) FROM terms)",
    "UPDATE bills SET number = 'MW-2023-999999'
        WHERE id = (SELECT MAX(id) FROM bills WHERE kind = 'invoice')",
];

fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Whether each planted fault is found.
async fn plant(server: &Server, all: buyer::Said) -> Outcome {
    let all = Arc::new(all);
    // What is found panics, which is nothing to read about.
    let hook = std::panic::take_hook();
    for planted in PLANTED {
        let url = server.copied().await?;
        execute(&opened(&url).await?, planted).await?;
        let all = all.clone();
        std::panic::set_hook(Box::new(|_| ()));
        let checked = tokio::spawn(async move { books::check(&url, &all).await.map(drop) }).await;
        drop(std::panic::take_hook());
        if matches!(checked, Ok(Ok(()))) {
            return Err(format!("not found: {planted}").into());
        }
    }
    std::panic::set_hook(hook);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_once_after_every_crash() -> Outcome {
    let crashes = asked("MEMBERSHIP_CRASHES").unwrap_or(USUAL);
    let seed = match asked("MEMBERSHIP_SEED") {
        Some(seed) => seed,
        None => u64::from(u32::from_le_bytes(membership_server::random::bytes()?)),
    };
    println!("MEMBERSHIP_SEED={seed}");
    let mut chance = Chance::of(seed);
    let folder = tempfile::tempdir()?;
    let mut server = Server::on(folder.path(), &mut chance)?;

    // The demo is in the database when it is killed for the first time.
    server.start()?;
    server.ready().await?;
    server.kill()?;
    let companies = crashes * COMPANIES_OF_A_LIFE + 40;
    let people = people::settle(&server.url(), companies).await?;
    server.start()?;
    server.ready().await?;
    let (up, is_up) = watch::channel(true);
    let shop = Arc::new(Shop::open(&server, people, is_up).await?);
    let buyers: Vec<_> = (0..BUYERS)
        .map(|number| {
            let chance = Chance::of(seed ^ (number + 1));
            let buyer = Buyer::new(shop.clone(), number, chance);
            tokio::spawn(buyer.buy_until_over())
        })
        .collect();

    let mut took = Vec::new();
    let (mut under_way, mut not_ready) = (0, 0);
    for _ in 0..crashes {
        let life = u64::try_from(chance.below(LONGEST))?;
        let while_starting = chance.once_in(8);
        tokio::time::sleep(Duration::from_millis(life)).await;
        up.send_replace(false);
        under_way += shop.under_way.load(Ordering::SeqCst);
        server.kill()?;
        if while_starting {
            server.start()?;
            tokio::time::sleep(Duration::from_millis(life / 2)).await;
            server.kill()?;
            not_ready += 1;
        }
        server.start()?;
        took.push(server.ready().await?);
        up.send_replace(true);
    }
    shop.is_over.store(true, Ordering::SeqCst);
    let mut all = buyer::Said::default();
    for buyer in buyers {
        all.add(buyer.await??);
    }
    books::wait_for_numbers(&server.url()).await?;
    assert!(server.stop()?, "it ends well: {}", server.log());
    let log = server.log();
    assert!(!log.contains("panicked"), "{log}");
    let found = books::check(&server.url(), &all).await?;
    plant(&server, all).await?;

    took.sort();
    let at = |part: usize| {
        took.get(took.len() * part / 100)
            .copied()
            .unwrap_or_default()
    };
    let longest = took.last().copied().unwrap_or_default();
    println!(
        "killed {crashes} times, {not_ready} of them once more while it started; {under_way} requests \
         were under way, {} got no answer, {} of which had been done",
        shop.unanswered.load(Ordering::SeqCst),
        shop.done_before.load(Ordering::SeqCst)
    );
    println!(
        "{} writes acknowledged; {found}",
        shop.acknowledged.load(Ordering::SeqCst)
    );
    let within = |limit: u64| {
        let limit = Duration::from_millis(limit);
        took.iter().filter(|took| **took <= limit).count()
    };
    println!(
        "ready after {:?}, 95 of 100 within {:?}, the longest {longest:?}; {} of {} within 1 s",
        at(50),
        at(95),
        within(1000),
        took.len()
    );
    assert!(longest < READY_WITHIN, "ready after {longest:?}");
    // A test that kills nobody at work would prove nothing.
    assert!(under_way > 0 && shop.unanswered.load(Ordering::SeqCst) > 0);
    Ok(())
}
