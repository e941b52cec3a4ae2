pub mod deep {
    pub struct Deep(pub crate::b::B);
}

pub struct A;
