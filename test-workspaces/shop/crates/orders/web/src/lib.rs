//! Shows orders in the browser.
