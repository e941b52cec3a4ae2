//! What an invoice is.

mod invoice;

pub use invoice::Invoice;
