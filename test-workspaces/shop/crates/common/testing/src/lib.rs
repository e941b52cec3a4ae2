//! What tests are made of.

pub fn cents() -> common_types::Cents {
    common_types::Cents(1)
}
