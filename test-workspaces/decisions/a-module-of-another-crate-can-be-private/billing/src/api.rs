pub use crate::internal::Ledger as Account;

pub struct Invoice;
