pub use sqlx::PgPool as Pool;
pub struct Row;
