//! Pages about invoices.

pub fn page(invoice: &billing_domain::Invoice) -> String {
    format!("{}", billing_app::settle(invoice).0)
}

pub fn sample() -> String {
    common_testing::cents().0.to_string()
}
