//! Invoices in a database.

use common_types::Cents;

pub struct Row {
    pub total: Cents,
}

pub async fn save(pool: &sqlx::SqlitePool, row: &Row) {
    billing_payments::pay(row.total);
    let _ = sqlx::query("insert").execute(pool).await;
}
