//! The log as a file.

use membership_store::audit::Verifier;

use super::*;

#[tokio::test]
async fn the_chain_is_exported_and_says_so() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        assert_eq!(
            page(&browser, id, "").await?.head,
            None,
            "nothing is sealed"
        );
        renamed(&browser, id, "Contoso One").await?;
        let path = format!("{}?format=jsonl", paths::audit(id));
        let export = browser.get(&path).await?;
        assert_eq!(export.header("content-type"), "application/jsonl");
        let mut verifier = Verifier::default();
        let text = export.text();
        for line in text.lines() {
            verifier.take(line).map_err(|why| why.to_string())?;
        }
        let head = page(&browser, id, "").await?.head.ok_or("no head")?;
        assert_eq!(
            (head.position, head.hash),
            (verifier.position(), verifier.head())
        );
        let last = text.lines().last().unwrap_or_default();
        assert!(last.contains("audit.export"), "this export too: {last}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_table_runs_nothing_and_has_all_that_is_found() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let id = app.organization("Contoso").await?;
        renamed(&browser, id, "=cmd|' /C calc'!A0").await?;
        renamed(&browser, id, "Contoso").await?;
        let path = format!("{}?format=csv&action=organization.change", paths::audit(id));
        let table = browser.get(&path).await?;
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
        let text = table.text();
        let rows: Vec<_> = text.lines().collect();
        let head = "\u{feff}When,Who,What,For whom,Field,Before,After,Session,Request";
        assert_eq!(rows[0], head);
        // The second changed no verification: it was pending already.
        assert_eq!(rows.len(), 4, "{text}");
        assert!(rows.iter().all(|row| !row.contains(",=")), "{text}");
        assert!(text.contains(",'=cmd|"), "{text}");
        let told = app.told("audit.export", 1).await?;
        assert_eq!(told[0].detail["format"], "csv");
        Ok(())
    })
    .await
}
