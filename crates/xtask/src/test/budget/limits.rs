//! What a browser may have to download, in bytes after brotli. Every limit is here.

/// Wanted, and refused above: what is refused is a little above what there is, so that nothing grows
/// unseen while what is wanted is not reached yet.
#[derive(Clone, Copy)]
pub struct Limit {
    pub wanted: u64,
    pub refused: u64,
}

/// One way to arrive: all that has to be here before a page works, but for its data.
pub struct Arrival {
    /// The way, for people.
    pub name: &'static str,
    /// The programs, each with the group of pages that is opened.
    pub programs: &'static [(&'static str, Option<&'static str>)],
    /// What they ask for beside the frame of every page.
    pub also: &'static [&'static str],
    pub limit: Limit,
}

const fn kilobytes(wanted: u64, refused: u64) -> Limit {
    Limit {
        wanted: wanted * 1_000,
        refused: refused * 1_000,
    }
}

/// The page of a member, in the program that holds all of them.
const fn page(
    name: &'static str,
    programs: &'static [(&'static str, Option<&'static str>)],
    limit: Limit,
) -> Arrival {
    Arrival {
        name,
        programs,
        also: &[],
        limit,
    }
}

/// The ways that are measured.
pub const ARRIVALS: [Arrival; 11] = [
    page("sign-in", &[("entrance", None)], kilobytes(155, 160)),
    page(
        "overview",
        &[("workspace", Some("overview"))],
        kilobytes(240, 300),
    ),
    // It reads the whole catalog, which also says what is sold.
    page(
        "a score",
        &[("workspace", Some("area"))],
        kilobytes(420, 480),
    ),
    page(
        "evidence",
        &[("workspace", Some("evidence"))],
        kilobytes(320, 380),
    ),
    page(
        "a form",
        &[("workspace", Some("forms"))],
        kilobytes(320, 390),
    ),
    page(
        "imports",
        &[("workspace", Some("imports"))],
        kilobytes(320, 385),
    ),
    // With the engine, which says why something can't be bought.
    page(
        "offers",
        &[("workspace", Some("offers"))],
        kilobytes(450, 515),
    ),
    page(
        "access",
        &[("workspace", Some("access"))],
        kilobytes(220, 245),
    ),
    // For the program owner's people alone; with its styles.
    page("the desk", &[("operator", None)], kilobytes(300, 350)),
    // What reads files, in a worker, beside a page that is there.
    page("reading a file", &[("reader", None)], kilobytes(210, 280)),
    // Without an account the browser is its own server.
    Arrival {
        name: "preview without an account",
        programs: &[("preview", Some("start")), ("local", None)],
        also: &["local-worker.js", "catalog.json"],
        limit: kilobytes(500, 600),
    },
];

/// What one group of pages has alone: every new page is in one of these.
pub const GROUP: Limit = kilobytes(50, 60);
/// What groups of several families share, which everybody needs.
pub const COMMON: Limit = kilobytes(80, 100);
/// What answers all that a preview asks beyond its first page, in a worker: engine and imports.
pub const REST: Limit = kilobytes(310, 370);
/// What a family shares: that of status has the engine.
pub const FAMILY: Limit = kilobytes(115, 125);
/// What one of [`SHOP`] has that pages of nothing bought have not, which is loaded only there.
pub const BUYING: Limit = kilobytes(70, 90);
/// Where offers are compared, one is ordered and paid, and what was paid is found, with what these
/// share.
pub const SHOP: [(&str, [&str; 2]); 3] = [
    ("offers", ["offers", "buying"]),
    ("checkout", ["orders", "buying"]),
    ("bills", ["bills", "buying"]),
];
