pub use billing::api::{self, Invoice};
