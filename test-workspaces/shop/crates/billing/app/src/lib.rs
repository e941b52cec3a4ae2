//! What billing does: invoices are written, sent and paid.
