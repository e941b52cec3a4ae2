pub fn never_seen() -> prelude::Row {
    todo!()
}
