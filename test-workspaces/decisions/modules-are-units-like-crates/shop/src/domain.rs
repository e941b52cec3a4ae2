//! The rules of the shop.
mod price;

pub use price::Price;

use crate::adapters::web::Page;
use serde::Serialize;

pub fn show(page: &Page) -> Option<Price> {
    sqlx::query("select");
    let _ = crate::adapters::web::title(page);
    None
}

pub trait Shown: Serialize {}
