//! Moves money.

use common_types::Cents;

pub fn pay(amount: Cents) -> Cents {
    amount
}
