use crate::rows::Rows;
use store::Row;

/// What stays inside: private fields, private items, bodies, and code for tests.
pub struct Invoice {
    row: Row,
    pool: crate::pool::Pool,
}

impl Invoice {
    pub fn total(&self) -> std::time::Duration {
        let row: &Row = &self.row;
        todo!()
    }

    pub(crate) fn row(&self) -> &Row {
        &self.row
    }

    fn rows(&self) -> Rows {
        todo!()
    }
}

#[cfg(test)]
pub mod tests {
    pub fn row() -> store::Row {
        store::Row
    }
}
