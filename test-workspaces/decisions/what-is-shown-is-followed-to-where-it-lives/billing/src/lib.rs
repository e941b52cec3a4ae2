mod inside;
mod hidden;

pub use inside::connect;

type Database = prelude::Pool;

pub fn rows(database: &Database) -> usize {
    0
}
