pub fn connect() -> prelude::Row {
    todo!()
}
