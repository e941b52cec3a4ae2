pub fn row() -> store::Row {
    store::Row
}
