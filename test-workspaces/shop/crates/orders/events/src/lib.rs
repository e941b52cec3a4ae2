//! What others are told of orders.

use common_types::Cents;
use serde::Serialize;

#[derive(Serialize)]
pub struct Ordered {
    pub number: u64,
    pub total: Cents,
    pub day: chrono::NaiveDate,
}
