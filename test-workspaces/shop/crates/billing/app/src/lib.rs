//! What can be done with invoices.

use billing_domain::Invoice;
use common_types::Cents;

pub fn settle(invoice: &Invoice) -> Cents {
    billing_payments::pay(invoice.total())
}

pub fn on_order(order: &orders_events::Ordered) -> Cents {
    order.total
}
