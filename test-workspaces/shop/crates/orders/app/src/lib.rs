//! What can be done with an order. Reaches the payment provider by way of `billing-app`: `orders-never-pay`.
