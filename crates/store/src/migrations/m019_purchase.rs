//! Buying: billing profiles, orders with what is tried and received for them, terms, books, bills.
//!
//! Money hangs on these rows, so nothing that they refer to can be deleted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, boolean, date, date_null, integer, string, string_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            billing_profiles(),
            orders(),
            attempts(),
            receipts(),
            terms(),
            bookings(),
            booking_lines(),
            bills(),
            bill_series(),
            gateway_events(),
            sandbox_payments(),
        ] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, unique) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            if *unique {
                index.unique();
            }
            manager.create_index(index.to_owned()).await?;
        }
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(triggers).await?;
        Ok(())
    }
}

type IndexRow = (&'static str, &'static str, &'static [&'static str], bool);

const INDEXES: &[IndexRow] = &[
    ("terms_remind_on", "terms", &["remind_on"], false),
    (
        "orders_organization_id_id",
        "orders",
        &["organization_id", "id"],
        false,
    ),
    // At most one draft and one open order of an offer.
    (
        "orders_open",
        "orders",
        &["organization_id", "open_key"],
        true,
    ),
    ("orders_state", "orders", &["state", "expires_on"], false),
    ("orders_earns_on", "orders", &["earns_on"], false),
    (
        "attempts_state",
        "attempts",
        &["state", "changed_at"],
        false,
    ),
    ("attempts_order", "attempts", &["order_id", "count"], true),
    (
        "attempts_gateway",
        "attempts",
        &["gateway", "gateway_reference"],
        true,
    ),
    ("receipts_source", "receipts", &["source"], true),
    ("receipts_order_id", "receipts", &["order_id"], false),
    ("receipts_parked", "receipts", &["parking"], false),
    ("terms_order", "terms", &["order_id", "program"], true),
    (
        "terms_organization_id",
        "terms",
        &["organization_id"],
        false,
    ),
    ("bookings_key", "bookings", &["key"], true),
    ("bookings_booked_on", "bookings", &["booked_on"], false),
    (
        "bills_organization_id_id",
        "bills",
        &["organization_id", "id"],
        false,
    ),
    ("bills_order", "bills", &["order_id", "kind"], true),
    ("bills_number", "bills", &["number"], true),
    ("bills_series", "bills", &["series", "id"], false),
];

/// What keeps a row that money hangs on.
fn kept(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

fn billing_profiles() -> TableCreateStatement {
    Table::create()
        .table("billing_profiles")
        .col(text("organization_id").primary_key())
        .col(text("profile"))
        .col(boolean("is_exempt"))
        .col(big_integer("revision"))
        .col(timestamp_with_time_zone("linked_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut kept(
            "billing_profiles",
            "organization_id",
            "organizations",
        ))
        .to_owned()
}

fn orders() -> TableCreateStatement {
    Table::create()
        .table("orders")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(string_null("number").unique_key())
        .col(string_null("reference").unique_key())
        .col(string_null("open_key"))
        .col(string("state"))
        .col(string("method"))
        .col(string("currency"))
        .col(big_integer("total"))
        .col(big_integer("received"))
        .col(date("expires_on"))
        .col(string("offer"))
        .col(text("answers"))
        .col(text("quote"))
        .col(timestamp_with_time_zone("held_until"))
        .col(text("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("placed_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(date_null("earns_on"))
        .col(big_integer("revision"))
        .foreign_key(&mut kept("orders", "organization_id", "organizations"))
        .to_owned()
}

fn attempts() -> TableCreateStatement {
    Table::create()
        .table("attempts")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(text("order_id"))
        .col(integer("count"))
        .col(string("state"))
        .col(string("gateway"))
        .col(string_null("gateway_reference"))
        .col(text_null("redirect"))
        .col(big_integer("amount"))
        .col(string("currency"))
        .col(string_null("reason"))
        .col(string_null("card"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .foreign_key(&mut kept("attempts", "order_id", "orders"))
        .to_owned()
}

fn receipts() -> TableCreateStatement {
    Table::create()
        .table("receipts")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(text("order_id"))
        .col(string("source"))
        .col(string("method"))
        .col(string("currency"))
        .col(big_integer("amount"))
        .col(big_integer("parked"))
        .col(string_null("parking"))
        .col(date("value_on"))
        .col(text_null("detail"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut kept("receipts", "order_id", "orders"))
        .to_owned()
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("terms")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(text("order_id"))
        .col(string("program"))
        .col(string_null("benefits"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .col(date_null("remind_on"))
        .foreign_key(&mut kept("terms", "order_id", "orders"))
        .to_owned()
}

fn bookings() -> TableCreateStatement {
    Table::create()
        .table("bookings")
        .col(text("id").primary_key())
        .col(string("key"))
        .col(date("booked_on"))
        .col(string("kind"))
        .col(text_null("organization_id"))
        .col(text_null("order_id"))
        .col(string("currency"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn booking_lines() -> TableCreateStatement {
    Table::create()
        .table("booking_lines")
        .col(text("booking_id"))
        .col(integer("place"))
        .col(string("account"))
        .col(big_integer("amount"))
        .primary_key(Index::create().col("booking_id").col("place"))
        .foreign_key(&mut kept("booking_lines", "booking_id", "bookings"))
        .to_owned()
}

fn bills() -> TableCreateStatement {
    Table::create()
        .table("bills")
        .col(text("id").primary_key())
        .col(text("organization_id"))
        .col(text("order_id"))
        .col(string("kind"))
        .col(string("series"))
        .col(string_null("number"))
        .col(date("issued_on"))
        .col(text("content"))
        .col(binary_null("pdf"))
        .col(string_null("pdf_hash"))
        .col(text_null("xml"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut kept("bills", "order_id", "orders"))
        .to_owned()
}

fn bill_series() -> TableCreateStatement {
    Table::create()
        .table("bill_series")
        .col(string("series").primary_key())
        .col(big_integer("last"))
        .to_owned()
}

fn gateway_events() -> TableCreateStatement {
    Table::create()
        .table("gateway_events")
        .col(string("id").primary_key())
        .col(timestamp_with_time_zone("received_at"))
        .to_owned()
}

fn sandbox_payments() -> TableCreateStatement {
    Table::create()
        .table("sandbox_payments")
        .col(string("id").primary_key())
        .col(string("key").unique_key())
        .col(big_integer("amount"))
        .col(string("currency"))
        .col(string("order_number"))
        .col(text("description"))
        .col(text("return_to"))
        .col(string("state"))
        .col(string_null("reason"))
        .col(string_null("card"))
        .col(string_null("dispute"))
        .col(integer("silent"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned()
}

/// The books are written and never changed.
const SQLITE: &str = "
CREATE TRIGGER bookings_update BEFORE UPDATE ON bookings
BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER bookings_delete BEFORE DELETE ON bookings
BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER bookings_replace BEFORE INSERT ON bookings
WHEN EXISTS (SELECT 1 FROM bookings WHERE id = NEW.id OR key = NEW.key OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: bookings.key'); END;
CREATE TRIGGER booking_lines_update BEFORE UPDATE ON booking_lines
BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER booking_lines_delete BEFORE DELETE ON booking_lines
BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER booking_lines_replace BEFORE INSERT ON booking_lines
WHEN EXISTS (SELECT 1 FROM booking_lines
    WHERE (booking_id = NEW.booking_id AND place = NEW.place) OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;";

const POSTGRES: &str = "
CREATE FUNCTION books_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the books are append-only'; END $$;
CREATE TRIGGER bookings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON bookings
FOR EACH STATEMENT EXECUTE FUNCTION books_stay();
ALTER TABLE bookings ENABLE ALWAYS TRIGGER bookings_stay;
CREATE TRIGGER booking_lines_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON booking_lines
FOR EACH STATEMENT EXECUTE FUNCTION books_stay();
ALTER TABLE booking_lines ENABLE ALWAYS TRIGGER booking_lines_stay;";
