pub mod billing;
pub mod orders;
