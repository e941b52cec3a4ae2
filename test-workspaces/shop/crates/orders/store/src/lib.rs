//! Orders in a database.

use orders_app::order;
use orders_domain as domain;

pub use domain::*;

pub async fn save(pool: &sqlx::SqlitePool) {
    let _ = (pool, order);
}
