//! The whole app, as the browser loads it for whoever is signed in.

fn main() {
    membership_web::workspace();
}
