//! Puts the shop together.

use common_types::Cents;

#[tokio::main]
async fn main() {
    billing_payments::pay(Cents(0));
    println!("{} {}", billing_web::sample(), orders_web::page(Cents(1)));
    let _ = (identity_app::nobody, billing_store::save, orders_store::save);
}
