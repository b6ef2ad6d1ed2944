//! From the numbers of an assessment to the rows behind them.

use membership_contract::paths;
use membership_domain::assess::{Assessment, Finding, Kind};
use membership_domain::id::OrganizationId;
use membership_lists::{CustomerRow, Page, PersonRow};

use crate::testing::{Outcome, TestApp};

const READER: &str = "global-admin@contoso.example";

/// The finding with this id, wherever it stands.
fn of<'f>(finding: &'f Finding, id: &str) -> Option<&'f Finding> {
    if finding.id == id {
        return Some(finding);
    }
    finding.children.iter().find_map(|child| of(child, id))
}

/// Lists are of everything that is known.
fn entered(id: OrganizationId) -> String {
    paths::assessments(id) + "?basis=entered"
}

#[tokio::test]
async fn a_program_leads_to_its_rows_and_they_name_it() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(READER).await?;
        let id = app.organization("Contoso").await?;
        let assessed: Assessment = browser.get(&entered(id)).await?.json()?;
        let asks = |finding: &&Finding| {
            matches!(finding.kind, Kind::People { .. }) && !finding.counted.is_empty()
        };
        let found = assessed.programs.iter().find_map(|assessed| {
            let people = assessed.root.as_ref()?.children.iter().find(asks)?;
            Some((assessed.program.as_str(), people))
        });
        let (program, people) = found.ok_or("a program with people who count")?;
        let list = paths::list(id, "people");
        let path = format!("{list}?area={program}&metric={}", people.id);
        let counted: Page<PersonRow> = browser.get(&format!("{path}&counts=yes")).await?.json()?;
        let others: Page<PersonRow> = browser.get(&format!("{path}&counts=no")).await?.json()?;
        let all: Page<PersonRow> = browser.get(&path).await?.json()?;
        assert_eq!(counted.total, people.counted.len() as u64);
        assert_eq!(others.total, people.not_counted.len() as u64);
        assert_eq!(all.total, counted.total + others.total);
        assert!(counted.total > 0);
        for row in &all.items {
            let there = row.areas.iter().find(|area| area.area == program);
            let there = there.ok_or("each row tells of the program")?;
            assert!(there.why.is_some() || there.metrics == [people.id.as_str()]);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_metric_leads_to_its_rows_and_to_no_others() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(READER).await?;
        let id = app.organization("Contoso").await?;
        let assessed: Assessment = browser.get(&entered(id)).await?.json()?;
        let score = assessed.score("modern-work").ok_or("the area")?;
        let metric = score.chosen().and_then(|track| of(track, "net-adds"));
        let part = metric
            .and_then(|metric| of(metric, "cpor"))
            .ok_or("it has a part")?;
        let query = format!(
            "?area=modern-work&metric={}.net-adds.cpor&counts=yes",
            score.track
        );
        let path = paths::list(id, "customers") + &query;
        let rows: Page<CustomerRow> = browser.get(&path).await?.json()?;
        assert_eq!(rows.total, part.counted.len() as u64);
        assert!(rows.total > 0);
        let csv = browser.get(&format!("{path}&format=csv")).await?;
        assert_eq!(csv.text().lines().count() as u64, rows.total + 1);
        assert!(csv.text().contains("Modern Work: Net customer adds"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_metric_of_nothing_is_refused_with_those_that_there_are() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(READER).await?;
        let id = app.organization("Contoso").await?;
        for (query, says) in [
            ("?area=action-pack", "a program that asks"),
            ("?metric=people", "without a known `area`"),
            ("?area=infrastructure&metric=zebra", "net-adds, "),
        ] {
            let path = paths::list(id, "people") + query;
            let problem = browser.get(&path).await?.problem()?;
            let detail = &problem.errors[0].detail;
            assert!(detail.contains(says), "{query}: {detail}");
        }
        Ok(())
    })
    .await
}
