use billing::api::Invoice;

pub fn pay(_: Invoice) {
    let _ = billing::internal::Ledger;
}
