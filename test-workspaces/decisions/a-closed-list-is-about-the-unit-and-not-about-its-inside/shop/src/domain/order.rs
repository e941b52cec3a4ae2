use super::price::Price;
use crate::shared::Id;
use serde::Serialize;

#[derive(Serialize)]
pub struct Order(pub Id, pub Price, pub crate::ui::Page);
