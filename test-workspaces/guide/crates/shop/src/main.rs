fn main() {
    let _ = (web::page, catalog_store::find, orders_store::load);
}
