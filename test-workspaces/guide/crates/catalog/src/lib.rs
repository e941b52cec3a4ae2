use serde::Serialize;

#[derive(Serialize)]
pub struct Book {
    pub title: String,
}
