//! What was ordered.

mod line;

pub use line::Line;

pub struct Order {
    pub lines: Vec<Line>,
}

impl Order {
    pub fn change(self) -> crate::cart::Cart {
        crate::cart::Cart { lines: self.lines }
    }
}
