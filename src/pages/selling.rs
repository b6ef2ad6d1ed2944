//! What pages of buying need of the catalog beside its rules: who sells, and how. It is understood
//! only there (see [`Later`](membership_domain::later::Later)).

use membership_contract::paths;
use membership_domain::Catalog;

use crate::api::ApiError;
use crate::api::remote::Load;

/// Whether a catalog that is there says it in a way that this page understands.
pub fn load(catalog: Option<&Catalog>) -> Load {
    match catalog.and_then(|catalog| catalog.billing.fault()) {
        Some(reason) => Load::Failed(ApiError::Unreadable {
            path: paths::CATALOG.to_owned(),
            reason: reason.to_owned(),
        }),
        None => Load::Ready,
    }
}
