//! The preview without an account.

use membership_web::{common_groups, group, groups};

fn main() {
    membership_web::preview(groups::Preview {
        common: common_groups!(),
        overview: group!(overview),
        start: group!(start),
    });
}
