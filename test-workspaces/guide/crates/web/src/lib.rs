use catalog::Book;
use orders::Order;

pub fn page(book: &Book, _order: &Order) -> String {
    book.title.clone()
}

pub fn search(pool: &catalog_store::Pool) -> String {
    let _ = (pool, catalog_store::find);
    String::new()
}
