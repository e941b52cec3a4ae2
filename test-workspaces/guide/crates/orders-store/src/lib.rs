use orders::Order;

pub fn load(pool: &sqlx::SqlitePool) -> Order {
    Order { books: vec![catalog_store::find(pool, String::new())] }
}
