//! Bank statements with their entries; who operates; and who is at which case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, date, date_null, string, string_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            bank_files(),
            statements(),
            bank_entries(),
            operators(),
            claims(),
        ] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("statements_account", "statements", &["account", "id"][..]),
            ("bank_entries_state", "bank_entries", &["state", "id"]),
            (
                "bank_entries_statement_id",
                "bank_entries",
                &["statement_id"],
            ),
            ("bank_entries_batch", "bank_entries", &["batch_identity"]),
            ("bank_entries_order_id", "bank_entries", &["order_id"]),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index.to_owned()).await?;
        }
        Ok(())
    }
}

/// What keeps a row that money hangs on.
fn kept(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

fn bank_files() -> TableCreateStatement {
    Table::create()
        .table("bank_files")
        .col(string("digest").primary_key())
        .col(binary("bytes"))
        .col(timestamp_with_time_zone("imported_at"))
        .col(text_null("imported_by"))
        .to_owned()
}

fn statements() -> TableCreateStatement {
    Table::create()
        .table("statements")
        .col(text("id").primary_key())
        .col(string("file_digest"))
        .col(string("kind"))
        .col(text("account"))
        .col(text("bank_id"))
        .col(big_integer_null("number"))
        .col(date_null("from_on"))
        .col(date_null("until_on"))
        .col(string_null("currency"))
        .col(big_integer_null("opening"))
        .col(big_integer_null("closing"))
        .col(boolean("adds_up"))
        .col(big_integer("entries"))
        .col(timestamp_with_time_zone("imported_at"))
        .to_owned()
}

fn bank_entries() -> TableCreateStatement {
    Table::create()
        .table("bank_entries")
        .col(text("id").primary_key())
        .col(text("statement_id"))
        .col(string("identity").unique_key())
        .col(string_null("batch_identity"))
        .col(string("state"))
        .col(string("direction"))
        .col(big_integer("amount"))
        .col(string("currency"))
        .col(date("booked_on"))
        .col(date("value_on"))
        .col(boolean("is_complete"))
        .col(text("references_found"))
        .col(text_null("bank_reference"))
        .col(text_null("text"))
        .col(text_null("counterparty"))
        .col(text_null("counterparty_account"))
        .col(text_null("returned"))
        .col(text_null("order_id"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("note"))
        .foreign_key(&mut kept("bank_entries", "statement_id", "statements"))
        .to_owned()
}

fn operators() -> TableCreateStatement {
    Table::create()
        .table("operators")
        .col(text("user_id").primary_key())
        .col(timestamp_with_time_zone("added_at"))
        .col(timestamp_with_time_zone_null("removed_at"))
        .foreign_key(&mut kept("operators", "user_id", "users"))
        .to_owned()
}

fn claims() -> TableCreateStatement {
    Table::create()
        .table("claims")
        .col(string("subject").primary_key())
        .col(text("user_id"))
        .col(timestamp_with_time_zone("until"))
        .foreign_key(&mut kept("claims", "user_id", "users"))
        .to_owned()
}
