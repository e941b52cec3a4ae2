use store::{Query, Row};

pub struct Invoice {
    pub row: Row,
    pool: store::pool::Pool,
}

impl Invoice {
    pub fn read(row: Row) -> Self {
        todo!()
    }

    pub fn search(query: &impl Query) -> Vec<Invoice> {
        todo!()
    }

    pub(crate) fn row(&self) -> &Row {
        &self.row
    }
}

pub enum Stored {
    Row(Row),
}

pub type Rows = Vec<Row>;
