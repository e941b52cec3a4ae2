pub mod invoice;
mod rows;

pub use invoice::Invoice;
pub(crate) use store::pool;
