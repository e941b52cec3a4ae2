use crate::application::order;

pub struct Page;

pub fn title(_: &Page) {
    let _ = order;
}
