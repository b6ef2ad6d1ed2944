//! Sign-in, as the browser loads it for whoever arrives.

fn main() {
    membership_web::entrance();
}
