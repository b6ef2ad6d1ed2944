//! The preview without an account.

fn main() {
    membership_web::preview();
}
