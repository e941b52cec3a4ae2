pub type Rows = Vec<store::Row>;
pub fn first(rows: &Rows) -> &store::Row {
    &rows[0]
}
