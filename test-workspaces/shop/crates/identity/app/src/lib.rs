//! What can be done with people.

use identity_domain::Person;

pub fn nobody() -> Person {
    Person { credit: common_types::Cents(0) }
}

pub fn greet(person: &Person) -> common_types::Cents {
    person.credit
}

pub async fn find(pool: &sqlx::SqlitePool, order: &orders_events::Ordered) -> u64 {
    let _ = pool;
    order.number
}
