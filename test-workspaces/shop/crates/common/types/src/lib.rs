//! What everybody counts in.

use serde::Serialize;

#[derive(Clone, Copy, Serialize)]
pub struct Cents(pub u64);
