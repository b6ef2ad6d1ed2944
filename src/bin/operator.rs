//! The operator's desk, as the browser loads it for the program owner's people alone.

fn main() {
    membership_web::operator();
}
