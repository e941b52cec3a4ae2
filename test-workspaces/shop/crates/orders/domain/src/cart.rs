//! What is about to be ordered.

use crate::order::{Line, Order};
use crate::price::Price;

pub struct Cart {
    pub lines: Vec<Line>,
}

impl Cart {
    pub fn total(&self) -> Price {
        Price(self.lines.iter().map(|line| line.price.0).sum())
    }

    pub fn order(self) -> Order {
        Order { lines: self.lines }
    }
}
