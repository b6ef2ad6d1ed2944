//! Files as banks write them, and as nobody should.

mod batches;
mod files;
mod hostile;
mod identities;
mod mutations;
mod opinions;
mod references;
mod speed;
mod values;
mod versions;
