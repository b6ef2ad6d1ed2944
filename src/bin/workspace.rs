//! The whole app, as the browser loads it for whoever is signed in.

use membership_web::{common_groups, group, groups};

fn main() {
    membership_web::workspace(groups::Workspace {
        common: common_groups!(),
        overview: group!(overview),
        access: group!(access),
        company: group!(company),
        users: group!(users),
        tokens: group!(tokens),
        offers: group!(offers),
        orders: group!(orders),
        bills: group!(bills),
        audit: group!(audit),
        account: group!(account),
        sign_in: group!(sign_in),
    });
}
