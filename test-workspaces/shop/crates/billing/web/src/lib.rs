//! Shows invoices in the browser.
