mod internal;

pub use internal::Ledger;
