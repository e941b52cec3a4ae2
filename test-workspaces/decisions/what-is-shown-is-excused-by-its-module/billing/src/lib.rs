pub mod clean;
pub mod named;
pub mod old;
pub mod young;

pub use store::Row;
