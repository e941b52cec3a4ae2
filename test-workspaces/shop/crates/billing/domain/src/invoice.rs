//! An invoice, and how it is kept.

use common_types::Cents;
use store::Row;

pub struct Invoice {
    total: Cents,
}

impl Invoice {
    pub fn of(total: Cents) -> Self {
        Self { total }
    }

    pub fn total(&self) -> Cents {
        self.total
    }

    pub fn row(&self) -> Row {
        Row { total: self.total }
    }
}
