pub struct B;

pub fn a() -> super::a::A {
    super::a::A
}

pub fn c() -> crate::c::C {
    crate::c::C
}
