//! Keeps orders in the database.
