//! One line of an order.

use crate::price::Price;

pub struct Line {
    pub price: Price,
}
