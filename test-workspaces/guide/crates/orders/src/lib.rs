use catalog::Book;
use serde::Serialize;

#[derive(Serialize)]
pub struct Order {
    pub books: Vec<Book>,
}

pub async fn wait() {
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
}
