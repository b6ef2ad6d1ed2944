//! What a catalog must be to be used at all. Every fault is found, not just the first.

mod billing;
mod decision;
mod fault;
mod holds;
mod measure;
mod names;
mod offer;
mod program;
mod report;
mod requirement;
mod score;

pub use fault::Fault;

use super::{Access, Catalog, Certificate, Limit, PurchaseLimits, Source, Track, Workload};
use report::{Kind, Place, Report};

/// Everything that is wrong, in the order of the files; empty where the catalog can be used.
///
/// Expects `same_as` to be resolved, as the loader does it. Never panics, whatever it is given.
#[must_use]
pub fn check(catalog: &Catalog) -> Vec<Fault> {
    let mut report = Report::new(catalog);
    sources(&mut report, &catalog.sources);
    tracks(&mut report, &catalog.tracks);
    certificates(&mut report, &catalog.certificates);
    workloads(&mut report, &catalog.workloads);
    limits(&mut report, &catalog.limits);
    decision::check(&mut report, &catalog.decisions);
    score::check(&mut report, &catalog.scores);
    program::check(&mut report, &catalog.programs);
    holds::check(&mut report, &catalog.programs);
    offer::check(&mut report, catalog);
    billing::check(&mut report, &catalog.billing);
    report.into_faults()
}

fn sources(report: &mut Report<'_>, sources: &[Source]) {
    let file = Place::file(Kind::Source.file());
    report.ids(
        sources.iter().map(|source| source.id.as_str()),
        &file,
        "sources",
    );
    for (index, source) in sources.iter().enumerate() {
        report.text(&source.title, &file.item("sources", index).key("title"));
    }
}

fn tracks(report: &mut Report<'_>, tracks: &[Track]) {
    let file = Place::file(Kind::Track.file());
    report.ids(
        tracks.iter().map(|track| track.id.as_str()),
        &file,
        "tracks",
    );
    for (index, track) in tracks.iter().enumerate() {
        let at = file.item("tracks", index);
        report.text(&track.name, &at.key("name"));
        report.text(&track.summary, &at.key("summary"));
    }
}

fn certificates(report: &mut Report<'_>, certificates: &[Certificate]) {
    let file = Place::file(Kind::Certificate.file());
    let ids = certificates
        .iter()
        .map(|certificate| certificate.id.as_str());
    report.ids(ids, &file, "certificates");
    names::certificates(report, certificates, &file);
    for (index, certificate) in certificates.iter().enumerate() {
        let at = file.item("certificates", index);
        report.text(&certificate.name, &at.key("name"));
        report.distinct(&certificate.also_called, &at, "also_called");
        for (place, name) in certificate.also_called.iter().enumerate() {
            report.text(name, &at.item("also_called", place));
        }
        if let Some(cite) = &certificate.titles_cite {
            report.cite(cite, &at.key("titles_cite"));
        }
        report.require(
            certificate.titles_cite.is_some() != certificate.also_called.is_empty(),
            &at.key("titles_cite"),
            "is required with `also_called`, and only then",
        );
        for (exam, code) in certificate.exams.iter().enumerate() {
            report.text(code, &at.item("exams", exam));
        }
        if let (Some(retired), Some(until)) = (certificate.retired_on, certificate.counts_until) {
            report.require(
                retired <= until,
                &at.key("counts_until"),
                format!("must be {retired} or later, the day it was retired"),
            );
        }
        if certificate.valid_months.is_some() {
            report.require(
                certificate.valid_months != Some(0),
                &at.key("valid_months"),
                "must be above 0; leave it out where the certificate does not expire",
            );
        }
        if let Some(cite) = &certificate.validity_cite {
            report.cite(cite, &at.key("validity_cite"));
            report.require(
                certificate.valid_months.is_some(),
                &at.key("validity_cite"),
                "needs `valid_months`, whose source it is",
            );
        }
        report.cite(&certificate.cite, &at.key("cite"));
    }
}

fn workloads(report: &mut Report<'_>, workloads: &[Workload]) {
    let file = Place::file(Kind::Workload.file());
    report.ids(
        workloads.iter().map(|workload| workload.id.as_str()),
        &file,
        "workloads",
    );
    names::workloads(report, workloads, &file);
    for (index, workload) in workloads.iter().enumerate() {
        let at = file.item("workloads", index);
        report.text(&workload.name, &at.key("name"));
        report.some(
            &workload.groups,
            &at.key("groups"),
            "a workload in no group never counts",
        );
        report.distinct(&workload.groups, &at, "groups");
        for (group, id) in workload.groups.iter().enumerate() {
            report.kebab(id, &at.item("groups", group));
        }
        if let Some(rate) = workload.rate {
            report.positive(rate, &at.key("rate"));
        }
        report.cite(&workload.cite, &at.key("cite"));
    }
}

fn limits(report: &mut Report<'_>, limits: &[Limit]) {
    let file = Place::file("limits.toml");
    report.ids(
        limits.iter().map(|limit| limit.id.as_str()),
        &file,
        "limits",
    );
    for (index, limit) in limits.iter().enumerate() {
        let at = file.item("limits", index);
        report.text(&limit.summary, &at.key("summary"));
        report.cite(&limit.cite, &at.key("cite"));
    }
    let needed = (Access::LIMITS
        .into_iter()
        .map(|id| (id, "access to the workspace")))
    .chain(PurchaseLimits::LIMITS.map(|id| (id, "buying")));
    for (id, what) in needed {
        let value = limits.iter().find(|limit| limit.id == id);
        report.require(
            value.is_some_and(|limit| limit.value > 0),
            &file.key("limits"),
            format!("needs `{id}`, 1 or more: {what} depends on it"),
        );
    }
}
