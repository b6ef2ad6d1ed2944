//! The log as a file: sent while it is read, so that no length of it is ever in memory.

use std::any::Any;

use axum::body::Body;
use futures_util::stream;
use membership_contract::audit::COLUMNS;
use membership_contract::{csv, text::en};
use membership_domain::id::OrganizationId;
use membership_store::audit::lines;
use membership_store::{Store, StoreError};

use super::{Asked, told};

/// So many entries are read at a time.
const PAGE: u64 = 500;

/// What was found, as a table for a spreadsheet. `held` is let go with its last row.
pub fn table(
    store: Store,
    organization: OrganizationId,
    asked: Asked,
    held: impl Any + Send + Sync,
) -> Body {
    let begin = Some((asked, csv::table(&COLUMNS, []), held));
    Body::from_stream(stream::try_unfold(begin, move |state| {
        let store = store.clone();
        async move {
            let Some((asked, mut text, held)) = state else {
                return Ok::<_, StoreError>(None);
            };
            let (found, next) = asked.page(&store, organization, PAGE).await?;
            let rows = told(&store, organization, found).await?;
            let rows = rows.iter().flat_map(|entry| {
                let (who, about) = en::audit_names(entry);
                entry.rows(&who, &about.unwrap_or_default(), en::ERASED)
            });
            text += &csv::lines(rows);
            let next = next.map(|place| (asked.behind(place), String::new(), held));
            Ok(Some((text, next)))
        }
    }))
}

/// The whole chain of an organization, a line of JSON for each link.
pub fn chain(store: Store, organization: OrganizationId, held: impl Any + Send + Sync) -> Body {
    Body::from_stream(stream::try_unfold((0, held), move |(after, held)| {
        let store = store.clone();
        async move {
            let next = lines(store.db(), Some(organization), after).await?;
            Ok::<_, StoreError>(next.map(|next| (next.text, (next.last, held))))
        }
    }))
}
