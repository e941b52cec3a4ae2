//! Who somebody is.

pub struct Person {
    pub credit: common_types::Cents,
}
