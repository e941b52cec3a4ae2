//! What a customer is.
