//! What things cost.

pub struct Price(pub u64);

#[cfg(test)]
mod tests {
    use super::Price;
    use crate::cart::Cart;

    #[test]
    fn nothing_costs_nothing() {
        assert_eq!(Cart { lines: Vec::new() }.total().0, Price(0).0);
    }
}
