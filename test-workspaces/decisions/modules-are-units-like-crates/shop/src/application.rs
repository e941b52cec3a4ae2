use crate::domain::Price;

pub fn order(_: Price) {}
