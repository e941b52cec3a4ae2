//! What others are told of an order.
