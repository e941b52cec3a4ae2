#[test]
fn pays() {
    shop::pay(site::Invoice);
    let _ = billing::internal::Ledger;
}
