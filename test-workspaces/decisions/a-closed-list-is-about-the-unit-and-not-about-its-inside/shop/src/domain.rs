pub mod order;
pub mod price;
