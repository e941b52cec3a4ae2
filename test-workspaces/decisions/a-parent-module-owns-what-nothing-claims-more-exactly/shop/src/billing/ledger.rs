pub struct Entry;

pub mod book {
    pub struct Page;
}
