use crate::billing::api::Invoice;
use crate::billing::ledger::Entry;
use crate::billing::ledger::book::Page;

pub struct Order(pub Invoice, pub Entry, pub Page);
