//! `membership-server openapi`: prints the description of the API.

pub fn run() -> anyhow::Result<()> {
    print!("{}", crate::openapi::json()?);
    Ok(())
}
