//! What an order is.

pub mod cart;
pub mod order;
pub mod price;
