//! What an invoice is.
