//! Each kind of fault is planted, and found with file, key and reason.

use membership_catalog::{Catalog, Fault, builtin_files, load, read};

/// What is found after `from` was replaced with `to` once, in one file of the built-in catalog.
fn planted(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let mut files = builtin_files();
    let text = files
        .get_mut(file)
        .unwrap_or_else(|| panic!("no file {file}"));
    assert!(text.contains(from), "{file} does not contain {from}");
    *text = text.replacen(from, to, 1);
    read(&files).err().unwrap_or_default()
}

/// file, what stands there, what is planted, the key of the fault, a part of its reason.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

fn all_found(cases: &[Case]) {
    let mut missed = String::new();
    for (file, from, to, key, reason) in cases {
        let faults = planted(file, from, to);
        let found = faults.iter().any(|fault| {
            fault.file == *file && fits(&fault.key, key) && fault.reason.contains(reason)
        });
        if !found {
            missed.push_str(&format!(
                "{file}: {key}: {reason}\nis not among {faults:#?}\n"
            ));
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

/// `*` stands for a number that changes whenever somebody adds to a list or a file.
fn fits(key: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => key
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|number| number.parse::<usize>().is_ok()),
        None => key == pattern,
    }
}

const SECURITY: &str = "scores/security.toml";
const WORK: &str = "scores/modern-work.toml";
const APPS: &str = "scores/business-applications.toml";
const PACK: &str = "programs/action-pack.toml";
const OFFERS: &str = "offers.toml";
const BILLING: &str = "billing.toml";
const MSP: &str = "programs/azure-expert-msp.toml";
const THREAT: &str = "programs/specialization-threat-protection.toml";
const LEARNING: &str = "programs/specialization-ai-machine-learning.toml";
const TRAINING: &str = "programs/training-services-partner.toml";
const GOLD: &str = "programs/legacy-gold.toml";

#[test]
fn what_cannot_be_read() {
    all_found(&[
        (
            "tracks.toml",
            "id = \"services\"",
            "id = services",
            "line 4, column 6",
            "string",
        ),
        (
            "tracks.toml",
            "summary = \"For software",
            "sumary = \"For software",
            "line *, column 1",
            "unknown field",
        ),
        (
            SECURITY,
            "effective_from = \"2023-12-01\"",
            "effective_from = 2023-12-01",
            "line *, column 18",
            "in quotes",
        ),
        (
            SECURITY,
            "effective_from = \"2023-12-01\"",
            "effective_from = \"2023-13-01\"",
            "line *, column 18",
            "out of range",
        ),
        (
            SECURITY,
            "pass_mark = 70",
            "pass_mark = 70.5",
            "line *, column 13",
            "whole number",
        ),
        (
            SECURITY,
            "pass_mark = 70",
            "pass_mark = \"7O\"",
            "line *, column 13",
            "is not a number",
        ),
        (
            PACK,
            "kind = \"package\"",
            "kind = \"parcel\"",
            "line *, column 8",
            "unknown variant",
        ),
        (
            LEARNING,
            "customers = 3",
            "customer = 3",
            "line *, column 1",
            "unexpected keys in table: customer",
        ),
        (
            LEARNING,
            "at_least = 2000\n",
            "",
            "line *, column 1",
            "at_least",
        ),
    ]);
}

#[test]
fn files_that_are_missing_misplaced_or_misnamed() {
    let mut files = builtin_files();
    files.remove("limits.toml");
    files.insert("program/other.toml".to_owned(), String::new());
    files.insert("tracks.toml".to_owned(), "groups = []".to_owned());
    let faults = read(&files).expect_err("four faults");
    let found: Vec<(&str, &str)> = faults
        .iter()
        .map(|fault| (fault.file.as_str(), fault.reason.as_str()))
        .collect();
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.contains(&("limits.toml", "is missing")), "{found:?}");
    assert!(
        found.contains(&("tracks.toml", "this file holds only `tracks`")),
        "{found:?}"
    );
    assert!(
        found.contains(&("tracks.toml", "is missing: the file must hold this list")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|(file, _)| *file == "program/other.toml"),
        "{found:?}"
    );

    all_found(&[
        (
            PACK,
            "id = \"action-pack\"",
            "id = \"action\"",
            "id",
            "another name",
        ),
        (
            SECURITY,
            "id = \"security\"",
            "id = \"safety\"",
            "id",
            "another name",
        ),
    ]);
}

#[test]
fn decisions_that_leave_something_open() {
    let claims = "counts = [\"claimed\", \"confirmed\", \"made_here\"]";
    all_found(&[
        (
            "decisions.toml",
            "rows = \"usage\"",
            "rows = \"audits\"",
            "decisions",
            "says 0 times what decisions count of `usage`",
        ),
        (
            "decisions.toml",
            "rows = \"usage\"",
            "rows = \"audits\"",
            "decisions",
            "says 2 times what decisions count of `audits`",
        ),
        (
            "decisions.toml",
            "rows = \"usage\"",
            "rows = \"use\"",
            "line *, column 8",
            "unknown variant",
        ),
        (
            "decisions.toml",
            claims,
            "counts = [\"claimed\", \"claimed\"]",
            "decisions[*].rules[0].counts[1]",
            "Claimed appears twice",
        ),
        (
            "decisions.toml",
            claims,
            "counts = [\"claimed\"]",
            "decisions[*].rules[0].counts",
            "must have \"confirmed\"",
        ),
        (
            "decisions.toml",
            claims,
            "counts = [\"operator\"]",
            "line *, column 11",
            "unknown variant",
        ),
        (
            "decisions.toml",
            "source = \"skilling-profiles\"",
            "source = \"profiles\"",
            "decisions[*].rules[0].cite.source",
            "no source",
        ),
    ]);
}

#[test]
fn references_to_nothing() {
    all_found(&[
        (
            "limits.toml",
            "source = \"refunds\"",
            "source = \"refund\"",
            "limits[*].cite.source",
            "sources.toml has no source `refund`",
        ),
        (
            "certificates.toml",
            "source = \"certification-renewal\"",
            "source = \"renewal\"",
            "certificates[0].validity_cite.source",
            "no source",
        ),
        (
            "workloads.toml",
            "source = \"azure-areas\"",
            "source = \"azure\"",
            "workloads[0].cite.source",
            "no source",
        ),
        (
            "metrics.toml",
            "source = \"azure-areas\"",
            "source = \"azure\"",
            "metrics.azure-net-adds.rules[0].cite.source",
            "no source",
        ),
        (
            "metrics.toml",
            "except = [\"virtual-machines\"",
            "except = [\"machines\"",
            "metrics.azure-deployments.rules[0].parts[0].measure.except[0]",
            "no workload `machines`",
        ),
        (
            SECURITY,
            "groups = [\"azure-security\"]",
            "groups = [\"azure-safety\"]",
            "tracks[0].metrics[0].rules[0].parts[0].measure.groups[0]",
            "no group of workloads",
        ),
        (
            APPS,
            "also = [{ groups = [\"power-platform-usage\"]",
            "also = [{ groups = [\"power\"]",
            "tracks[0].metrics[3].rules[0].parts[0].measure.also[0].groups[0]",
            "no group",
        ),
        (
            APPS,
            "groups = [\"bizapps-net-adds\"]",
            "groups = [\"bizapps\"]",
            "choice.classified.groups[0]",
            "no group",
        ),
        (
            SECURITY,
            "\"sc-100\", \"sc-200\"",
            "\"sc-100\", \"sc-201\"",
            "tracks[0].metrics[1].rules[0].people.certificates[1]",
            "certificates.toml has no certificate `sc-201`",
        ),
        (
            SECURITY,
            "certificates = [\"az-500\"]",
            "certificates = [\"az-501\"]",
            "tracks[0].metrics[1].rules[0].people.gates[0].certificates[0]",
            "no certificate",
        ),
        (
            "scores/data-ai.toml",
            "same_as = \"azure-net-adds\"",
            "same_as = \"net-adds\"",
            "tracks[0].metrics[0].same_as",
            "no shared metric `net-adds`",
        ),
        (
            PACK,
            "tracks = [\"services\", \"training\"]",
            "tracks = [\"services\", \"teaching\"]",
            "tracks[1]",
            "no track",
        ),
        (
            PACK,
            "packs = [\"laps\"]",
            "packs = [\"laptops\"]",
            "benefits[*].packs[0]",
            "no pack `laptops`",
        ),
        (
            "programs/isv-success.toml",
            "stage = \"build\"",
            "stage = \"built\"",
            "benefits[*].stage",
            "no stage `built`",
        ),
        (
            "programs/solutions-partner-security.toml",
            "score = \"security\"",
            "score = \"safety\"",
            "score",
            "scores/ has no score `safety`",
        ),
        (
            "programs/solutions-partner-security.toml",
            "score.score = \"security\"",
            "score.score = \"safety\"",
            "rules[0].requirement.test.all[2].test.score.score",
            "no score",
        ),
        (
            MSP,
            "\"solutions-partner-infrastructure\"]",
            "\"infrastructure\"]",
            "rules[0].requirement.test.all[2].test.holds.programs[2]",
            "programs/ has no program `infrastructure`",
        ),
        (
            MSP,
            "program = \"azure-expert-msp\"",
            "program = \"msp\"",
            "rules[0].requirement.test.all[3].test.audit.program",
            "no program",
        ),
        (
            THREAT,
            "references = { program = \"specialization-threat-protection\"",
            "references = { program = \"threat\"",
            "rules[0].requirement.test.all[5].test.references.program",
            "no program",
        ),
        (
            GOLD,
            "programs = [\"legacy-gold\"]",
            "programs = [\"gold\"]",
            "rules[0].requirement.test.all[2].test.held_on.programs[0]",
            "no program",
        ),
        (
            GOLD,
            "scores = [\"business-applications\"",
            "scores = [\"business\"",
            "rules[0].requirement.test.all[3].test.none_qualified.scores[0]",
            "no score",
        ),
        (
            GOLD,
            "    \"solutions-partner-security\",",
            "    \"security\",",
            "rules[0].requirement.test.all[3].test.none_qualified.programs[5]",
            "no program",
        ),
        (
            TRAINING,
            "invitation.program = \"training-services-partner\"",
            "invitation.program = \"training\"",
            "rules[0].requirement.test.all[2].test.invitation.program",
            "no program",
        ),
        (
            THREAT,
            "certificates = [\"sc-200\"]",
            "certificates = []",
            "rules[0].requirement.test.all[4].test.people.certificates",
            "at least one certificate",
        ),
    ]);
}

#[test]
fn ids_that_are_no_ids_or_there_twice() {
    all_found(&[
        (
            PACK,
            "id = \"action-pack\"",
            "id = \"security\"",
            "id",
            "a score has the id `security`",
        ),
        (
            "tracks.toml",
            "id = \"isv\"",
            "id = \"services\"",
            "tracks[1].id",
            "appears twice",
        ),
        (
            "tracks.toml",
            "id = \"isv\"",
            "id = \"ISV\"",
            "tracks[1].id",
            "lower-case",
        ),
        (
            "sources.toml",
            "id = \"action-pack\"",
            "id = \"refunds\"",
            "sources[*].id",
            "appears twice",
        ),
        (
            "certificates.toml",
            "id = \"az-120\"",
            "id = \"az-104\"",
            "certificates[1].id",
            "appears twice",
        ),
        (
            "workloads.toml",
            "id = \"batch\"",
            "id = \"backup\"",
            "workloads[*].id",
            "appears twice",
        ),
        (
            "workloads.toml",
            "groups = [\"azure\"]",
            "groups = [\"azure\", \"azure\"]",
            "workloads[0].groups[1]",
            "appears twice",
        ),
        (
            "limits.toml",
            "id = \"refund-days\"",
            "id = \"refund days\"",
            "limits[*].id",
            "is not an id",
        ),
        (
            "limits.toml",
            "id = \"step-up-minutes\", value = 10",
            "id = \"step-up-minutes\", value = 0",
            "limits",
            "needs `step-up-minutes`",
        ),
        (
            "limits.toml",
            "id = \"invitation-days\"",
            "id = \"invitation-weeks\"",
            "limits",
            "needs `invitation-days`",
        ),
        (
            "metrics.toml",
            "id = \"azure-deployments\"",
            "id = \"azure-net-adds\"",
            "metrics.azure-net-adds",
            "appears twice",
        ),
        (
            WORK,
            "id = \"smb\"",
            "id = \"enterprise\"",
            "tracks[1].id",
            "appears twice",
        ),
        (
            WORK,
            "id = \"advanced\"",
            "id = \"intermediate\"",
            "tracks[0].metrics[2].id",
            "appears twice",
        ),
        (
            WORK,
            "id = \"dpor\"",
            "id = \"cpor\"",
            "tracks[0].metrics[0].rules[0].parts[1].id",
            "appears twice",
        ),
        (
            SECURITY,
            "id = \"analysts\"",
            "id = \"engineers\"",
            "tracks[0].metrics[1].rules[0].people.gates[1].id",
            "appears twice",
        ),
        (
            PACK,
            "id = \"laps\"",
            "id = \"maps\"",
            "packs[1].id",
            "appears twice",
        ),
        (
            PACK,
            "id = \"verified\"",
            "id = \"joined\"",
            "rules[0].requirement.test.all[1].id",
            "another requirement",
        ),
        (
            "programs/surface-reseller-alliance.toml",
            "declaration.key = \"reseller-agreement\"",
            "declaration.key = \"Reseller\"",
            "rules[0].requirement.test.all[3].test.declaration.key",
            "is not an id",
        ),
        (
            SECURITY,
            "certificates = [\"sc-100\", \"sc-200\"",
            "certificates = [\"sc-100\", \"sc-100\"",
            "tracks[0].metrics[1].rules[0].people.certificates[1]",
            "appears twice",
        ),
        (
            SECURITY,
            "associations = [\"pal\"]",
            "associations = [\"pal\", \"pal\"]",
            "tracks[0].metrics[0].rules[0].parts[0].measure.associations[1]",
            "appears twice",
        ),
    ]);
}

#[test]
fn numbers_that_make_no_sense() {
    all_found(&[
        (
            SECURITY,
            "max = 40",
            "max = 0",
            "tracks[0].metrics[1].rules[0].max",
            "0 is not above 0",
        ),
        (
            SECURITY,
            "max = 40",
            "max = 5",
            "tracks[0].metrics[1].rules[0].people.each",
            "more than the metric's 5",
        ),
        (
            SECURITY,
            "each = \"40/6\"",
            "each = \"-40/6\"",
            "tracks[0].metrics[1].rules[0].people.each",
            "not above 0",
        ),
        (
            SECURITY,
            "each = \"1/1250\"",
            "each = 0",
            "tracks[0].metrics[2].rules[0].parts[0].each",
            "not above 0",
        ),
        (
            SECURITY,
            "step = 1000",
            "step = 0",
            "tracks[0].metrics[2].rules[0].parts[0].step",
            "not above 0",
        ),
        (
            SECURITY,
            "people = 1",
            "people = 0",
            "tracks[0].metrics[1].rules[0].people.gates[0].people",
            "at least one person",
        ),
        (
            SECURITY,
            "pass_mark = 70",
            "pass_mark = 101",
            "tracks[0].metrics",
            "100 points can be earned, but 101 are needed",
        ),
        (
            SECURITY,
            "window_months = 6",
            "window_months = 0",
            "window_months",
            "between 1 and 24",
        ),
        (
            SECURITY,
            "months = 12, over",
            "months = 37, over",
            "tracks[0].metrics[0].rules[0].parts[0].measure.take.count.months",
            "not 37",
        ),
        (
            SECURITY,
            "at_least = 100 }",
            "at_least = 100, at_most = 99 }",
            "tracks[0].metrics[0].rules[0].parts[0].measure.take.count.conditions[0].at_most",
            "no value",
        ),
        (
            SECURITY,
            "{ value = \"revenue\", at_least = 100 }",
            "{ value = \"revenue\" }",
            "tracks[0].metrics[0].rules[0].parts[0].measure.take.count.conditions[0]",
            "tests nothing",
        ),
        (
            SECURITY,
            "growth = { value = \"users\"",
            "growth = { value = \"active_percent\"",
            "tracks[0].metrics[2].rules[0].parts[1].measure.take.growth.value",
            "can't be added",
        ),
        (
            "metrics.toml",
            "baseline = 1000",
            "baseline = 0",
            "metrics.azure-usage-growth.rules[0].parts[0].measure.take.growth.baseline",
            "not above 0",
        ),
        (
            LEARNING,
            "total = { value = \"revenue\"",
            "total = { value = \"active_percent\"",
            "rules[0].requirement.test.all[3].test.measure.measure.take.total.value",
            "can't be added",
        ),
        (
            WORK,
            "not_above_at_claim = 40",
            "not_above_at_claim = 140",
            "tracks[0].metrics[4].rules[0].parts[0].measure.take.count.not_above_at_claim",
            "percentage",
        ),
        (
            APPS,
            "workloads = 5",
            "workloads = 0",
            "choice.classified.workloads",
            "above 0",
        ),
        (
            APPS,
            "above = 5000",
            "above = -1",
            "choice.classified.above",
            "below 0",
        ),
        (
            "workloads.toml",
            "rate = 1000",
            "rate = 0",
            "workloads[*].rate",
            "not above 0",
        ),
        (
            "certificates.toml",
            "valid_months = 12",
            "valid_months = 0",
            "certificates[0].valid_months",
            "above 0",
        ),
        (
            OFFERS,
            "amount = 47500",
            "amount = -1",
            "offers[1].prices[0].amount",
            "below 0",
        ),
        (
            PACK,
            "quantity = 100",
            "quantity = 0",
            "benefits[0].quantity",
            "not above 0",
        ),
        (PACK, "days = 365", "days = 0", "terms[0].days", "above 0"),
        (
            "programs/solutions-partner-security.toml",
            "enroll_within = 30",
            "enroll_within = 0",
            "terms[0].enroll_within",
            "above 0",
        ),
        (
            MSP,
            "at_least = 3",
            "at_least = 4",
            "rules[0].requirement.test.all[2].test.holds.at_least",
            "4 of 3",
        ),
        (
            MSP,
            "within_months = 12",
            "within_months = 0",
            "rules[0].requirement.test.all[3].test.audit.within_months",
            "above 0",
        ),
        (
            TRAINING,
            "at_least.n = 1",
            "at_least.n = 7",
            "rules[0].requirement.test.all[7].test.at_least.n",
            "7 of 6",
        ),
        (
            TRAINING,
            "at_least = 1000",
            "at_least = 0",
            "rules[0].requirement.test.all[4].test.sum.at_least",
            "not above 0",
        ),
        (
            LEARNING,
            "at_least = 2000",
            "at_least = 0",
            "rules[0].requirement.test.all[3].test.measure.at_least",
            "not above 0",
        ),
        (
            LEARNING,
            "each = 1",
            "each = 4",
            "rules[0].requirement.test.all[4].test.people.each",
            "more than the 3",
        ),
        (
            LEARNING,
            "people = { at_least = 3",
            "people = { at_least = 0",
            "rules[0].requirement.test.all[4].test.people.at_least",
            "above 0",
        ),
        (
            THREAT,
            "at_least = 3, within",
            "at_least = 0, within",
            "rules[0].requirement.test.all[5].test.references.at_least",
            "above 0",
        ),
        (
            THREAT,
            "within_months = 24",
            "within_months = 0",
            "rules[0].requirement.test.all[5].test.references.within_months",
            "above 0",
        ),
    ]);
}

/// Pages print rates rounded, down and up: who has as many as are documented would miss all points
/// by a little, and who has fewer would have too many.
#[test]
fn rates_that_are_rounded() {
    const AT: &str = "tracks[0].metrics[1].rules[0].people.each";
    all_found(&[
        (
            APPS,
            "each = \"15/7\"",
            "each = \"2.14\"",
            "tracks[0].metrics[2].rules[0].people.each",
            "7 times 2.14 is 14.98, not the metric's 15: where the page has a rounded rate, write \
             \"15/7\"",
        ),
        (
            APPS,
            "each = \"15/7\"\nfull_at = 7",
            "each = \"2.14\"",
            "tracks[0].metrics[2].rules[0].people.each",
            "2.14 does not divide the metric's 15",
        ),
        (
            SECURITY,
            "each = \"40/6\"",
            "each = \"6.66\"",
            AT,
            "is 39.96",
        ),
        (
            SECURITY,
            "each = \"40/6\"",
            "each = \"6.67\"",
            AT,
            "is 40.02",
        ),
        (
            SECURITY,
            "each = \"20/6\"",
            "each = \"3.3\"",
            "tracks[0].metrics[3].rules[0].parts[0].each",
            "6 times 3.3 is 19.8",
        ),
        (
            WORK,
            "each = \"30/1000\"",
            "each = \"0.029\"",
            "tracks[0].metrics[3].rules[0].parts[0].each",
            "1000 times",
        ),
        (
            "metrics.toml",
            "full_at = 3",
            "full_at = 4",
            "metrics.azure-net-adds.rules[0].parts[0].each",
            "4 times 10 is 40, not the metric's 30",
        ),
        (
            SECURITY,
            "full_at = 6",
            "full_at = 0",
            "tracks[0].metrics[1].rules[0].people.full_at",
            "is not above 0",
        ),
    ]);
}

#[test]
fn days_that_contradict_each_other() {
    all_found(&[
        (
            SECURITY,
            "effective_from = \"2023-12-01\"",
            "effective_from = \"2022-10-03\"",
            "tracks[0].metrics[1].rules[1].effective_from",
            "another version also begins on 2022-10-03",
        ),
        (
            OFFERS,
            "amount = 47500\ncurrency = \"USD\"",
            "amount = 47500\ncurrency = \"KRW\"",
            "offers[1].prices[1].effective_from",
            "another version",
        ),
        (
            "certificates.toml",
            "counts_until = \"2024-07-31\"",
            "counts_until = \"2023-07-30\"",
            "certificates[4].counts_until",
            "2023-07-31",
        ),
        (
            PACK,
            "renewal_opens = 1",
            "renewal_opens = 31",
            "terms[0].renewal_closes",
            "not after it closes",
        ),
        (
            PACK,
            "renewal_opens = 1\n",
            "",
            "terms[0].renewal_closes",
            "must open",
        ),
        (
            PACK,
            "days = 365\n",
            "",
            "terms[0].benefits_end",
            "which require",
        ),
    ]);
}

#[test]
fn parts_that_are_missing_or_too_many() {
    all_found(&[
        (
            SECURITY,
            "[tracks.metrics.rules.people]\neach = \"40/6\"\nfull_at = 6\ncertificates = [\"sc-100\", \"sc-200\", \"sc-300\", \"sc-400\"]\ngates = [\n    { id = \"engineers\", name = \"Security engineers\", people = 1, certificates = [\"az-500\"] },\n    { id = \"analysts\", name = \"Security operations analysts\", people = 1, certificates = [\"sc-200\", \"ms-500\"] },\n]\n",
            "",
            "tracks[0].metrics[1].rules[0]",
            "give `people` or `parts`",
        ),
        (
            SECURITY,
            "combine = \"sum\"",
            "people = { each = 1, certificates = [\"sc-100\"] }",
            "tracks[0].metrics[0].rules[0]",
            "both `people` and `parts`",
        ),
        (
            "scores/data-ai.toml",
            "same_as = \"azure-net-adds\"",
            "",
            "tracks[0].metrics[0].rules",
            "at least one version",
        ),
        (
            "scores/data-ai.toml",
            "category = \"skilling\"",
            "category = \"skilling\"\nsame_as = \"azure-net-adds\"",
            "tracks[0].metrics[1]",
            "keep one",
        ),
        (
            "metrics.toml",
            "category = \"performance\"",
            "category = \"performance\"\nsame_as = \"other\"",
            "metrics.azure-net-adds",
            "rules of its own",
        ),
        (
            "metrics.toml",
            "[[metrics]]\nid = \"azure-usage-growth\"",
            "[[metrics]]\nid = \"azure-other\"",
            "metrics.azure-other",
            "no score uses it",
        ),
        (
            APPS,
            "otherwise = \"smb\"",
            "otherwise = \"enterprise\"",
            "choice.classified.otherwise",
            "nothing to choose",
        ),
        (
            APPS,
            "otherwise = \"smb\"",
            "otherwise = \"small\"",
            "choice.classified.otherwise",
            "no track `small`",
        ),
        (
            "programs/solutions-partner-microsoft-cloud.toml",
            "[[fees]]\neffective_from = \"2022-10-03\"\namount = 0\ncurrency = \"USD\"\nrecurring \
             = false\nnote = \"No fee beyond that of the designations.\"\ncite = { certainty = \
             \"inferred\", source = \"solutions-partner-faq\" }\n",
            "fees = []\n",
            "fees",
            "say what it costs",
        ),
        (
            OFFERS,
            "amount = 47500\ncurrency = \"USD\"",
            "amount = 47500\ncurrency = \"dollars\"",
            "offers[1].prices[0].currency",
            "three capitals",
        ),
        (
            PACK,
            "[[packs]]\nid = \"laps\"\nname = \"Microsoft Learning Action Pack\"\nsummary = \"For training partners: what classes need.\"\n",
            "",
            "packs",
            "isn't a choice",
        ),
        (
            PACK,
            "name = \"Microsoft Action Pack\"",
            "name = \" \"",
            "name",
            "must say something",
        ),
        (
            PACK,
            "title = \"Account verified\"",
            "title = \"\"",
            "rules[0].requirement.test.all[1].title",
            "or be left out",
        ),
        (
            "certificates.toml",
            "valid_months = 12, ",
            "",
            "certificates[0].validity_cite",
            "needs `valid_months`",
        ),
        (
            "workloads.toml",
            "groups = [\"azure\"]",
            "groups = []",
            "workloads[0].groups",
            "never counts",
        ),
        (
            SECURITY,
            "associations = [\"pal\"]",
            "associations = []",
            "tracks[0].metrics[0].rules[0].parts[0].measure.associations",
            "through an association",
        ),
        (
            SECURITY,
            "conditions = [{ value = \"revenue\", at_least = 100 }]",
            "conditions = []",
            "tracks[0].metrics[0].rules[0].parts[0].measure.take.count.conditions",
            "to count",
        ),
    ]);
}

#[test]
fn programs_that_require_each_other() {
    let faults = planted(
        PACK,
        "    { id = \"joined\"",
        "    { id = \"trainer\", test.holds = { programs = [\"training-services-partner\"], at_least = 1 } },\n    { id = \"joined\"",
    );
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(
        faults[0]
            .reason
            .ends_with("action-pack -> training-services-partner -> action-pack"),
        "{faults:#?}"
    );

    let faults = planted(
        PACK,
        "    { id = \"joined\"",
        "    { id = \"itself\", test.holds = { programs = [\"action-pack\"], at_least = 1 } },\n    { id = \"joined\"",
    );
    assert!(
        faults
            .iter()
            .any(|fault| fault.reason.ends_with("action-pack -> action-pack")),
        "{faults:#?}"
    );
}

#[test]
fn offers_sellers_and_taxes_that_cannot_be() {
    all_found(&[
        (
            OFFERS,
            "programs = [\"action-pack\"]",
            "programs = [\"action-pack\", \"isv-success\"]",
            "offers[4].programs[0]",
            "another offer gives `isv-success` too",
        ),
        (
            OFFERS,
            "programs = [\"isv-success\"]",
            "programs = [\"nothing\"]",
            "offers[4].programs[0]",
            "no program `nothing`",
        ),
        (
            OFFERS,
            "amount = 0\ncurrency = \"USD\"",
            "amount = 0\ncurrency = \"EUR\"",
            "offers[4].prices",
            "need one in USD",
        ),
        (
            BILLING,
            "invoice_prefix = \"MWA\"",
            "invoice_prefix = \"MW\"",
            "sellers[4].invoice_prefix",
            "begins another series too",
        ),
        (
            BILLING,
            "countries = [\"JP\"]\ninvoice_prefix",
            "countries = [\"jp\"]\ninvoice_prefix",
            "sellers[3].countries",
            "not a country's code",
        ),
        (
            BILLING,
            "seller = \"japan\"",
            "seller = \"nippon\"",
            "taxes[32].seller",
            "no seller `nippon`",
        ),
        (
            BILLING,
            "example = \"ATU12345675\"",
            "example = \"AT12345675\"",
            "tax_ids[0].example",
            "none of the forms",
        ),
        (
            BILLING,
            "category = \"standard\", name = \"Consumption tax\", rate = 1000",
            "category = \"export\", name = \"Consumption tax\", rate = 1000",
            "taxes[32].rates[0].rate",
            "must have one",
        ),
    ]);
}

#[test]
fn all_faults_are_found_at_once() {
    let mut files = builtin_files();
    for (file, from, to) in [
        (
            OFFERS,
            "currency = \"KRW\"\nrecurring = true\nnote",
            "currency = \"krw\"\nrecurring = true\nnote",
        ),
        (OFFERS, "amount = 47500", "amount = -1"),
        (SECURITY, "max = 40", "max = 0"),
        ("metrics.toml", "max = 30", "max = 0"),
    ] {
        let text = files.get_mut(file).expect(file);
        *text = text.replacen(from, to, 1);
    }
    let faults = read(&files).expect_err("faults");
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}: {}", fault.file, fault.key))
        .collect();
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.ends_with(".max") || line.contains("prices"))
            .collect::<Vec<_>>(),
        [
            "metrics.toml: metrics.azure-net-adds.rules[0].max",
            "offers.toml: offers[1].prices[0].amount",
            "offers.toml: offers[1].prices[1].currency",
            "scores/security.toml: tracks[0].metrics[1].rules[0].max",
        ]
    );
}

#[test]
fn a_folder_is_read_like_the_built_in_catalog() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in builtin_files() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    std::fs::write(folder.path().join("programs/notes.txt"), "left alone").expect("a file");
    let loaded: Catalog = load(folder.path()).expect("a catalog");
    assert_eq!(Ok(loaded), membership_catalog::builtin());

    std::fs::write(folder.path().join("programs/bytes.toml"), [0xff, 0xfe]).expect("a file");
    let faults = load(folder.path()).expect_err("bytes are not text");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].file, "programs/bytes.toml");

    let faults = load(&folder.path().join("nowhere")).expect_err("no folder");
    assert!(faults[0].reason.starts_with("cannot be read"), "{faults:?}");
}

#[test]
fn another_name_of_a_certificate_is_its_own() {
    let named = |names: &str| {
        let from = "also_called = [\"Windows Virtual Desktop\"]";
        planted(
            "certificates.toml",
            from,
            &format!("also_called = [{names}]"),
        )
    };
    assert_eq!(named("\"Windows Virtual Desktop\", \"Cloud Desktop\""), []);
    for (names, place, reason) in [
        (
            "\"azure administrator\"",
            0,
            "`az-104` already has this name",
        ),
        (
            "\"Azure: Administrator Associate\"",
            0,
            "`az-104` already has this name",
        ),
        (
            "\"Azure Virtual Desktop\"",
            0,
            "`az-140` already has this name",
        ),
        (
            "\"Cloud Desktop\", \"Cloud Desktop Specialty\"",
            1,
            "`az-140` already has this name",
        ),
    ] {
        let faults = named(names);
        let [fault] = &faults[..] else {
            panic!("{names}: {faults:#?}");
        };
        let key = format!("also_called[{place}]");
        assert!(fault.key.ends_with(&key), "{fault}");
        assert!(fault.reason.contains(reason), "{fault}");
    }
}

#[test]
fn names_by_which_files_say_what_they_mean_are_different() {
    for (file, from, to, key) in [
        (
            "certificates.toml",
            "name = \"Dynamics 365 Supply Chain Management Functional Consultant Expert\"",
            "name = \"Dynamics 365 Supply Chain Management Functional Consultant Associate\"",
            "name",
        ),
        (
            "certificates.toml",
            "exams = [\"MB-335\"]",
            "exams = [\"MB-330\"]",
            "exams[0]",
        ),
        (
            "workloads.toml",
            "name = \"App Service\"",
            "name = \"Virtual machines\"",
            "name",
        ),
    ] {
        let faults = planted(file, from, to);
        let found = faults
            .iter()
            .any(|fault| fault.reason.contains("already has this name"));
        assert!(found, "{to}: {faults:#?}");
        assert!(
            faults
                .iter()
                .all(|fault| fault.key.ends_with(key) || fault.key.ends_with("id")),
            "{faults:#?}"
        );
    }
    // Titles say where they are from.
    let faults = planted(
        "certificates.toml",
        "also_called = [\"Windows Virtual Desktop\"], ",
        "",
    );
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].key.ends_with("titles_cite"), "{}", faults[0]);
}
