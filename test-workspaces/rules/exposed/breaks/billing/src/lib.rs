pub mod invoice;

pub use store::pool;
