//! Keeps invoices in the database.
