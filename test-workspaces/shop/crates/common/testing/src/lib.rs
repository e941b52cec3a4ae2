//! Builds customers and orders for tests.
