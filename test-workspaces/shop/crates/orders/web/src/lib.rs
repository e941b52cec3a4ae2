//! Pages about orders.

pub fn page(total: common_types::Cents) -> String {
    let _ = orders_app::order;
    format!("{}", total.0)
}

#[cfg(any(unix, windows))]
pub use orders_store::save;
