//! What can be done with orders.

use billing_app::settle;
use billing_domain::Invoice;
use orders_domain as domain;
use orders_events::Ordered;

pub fn order(order: &Ordered) -> u64 {
    identity_app::greet(&identity_app::nobody());
    settle(&Invoice::of(order.total)).0
}

pub use domain::*;
