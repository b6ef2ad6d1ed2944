//! Metrics that several scores share.

use std::collections::BTreeMap;

use membership_domain::catalog::{Fault, Metric, Score};

/// Gives every metric with `same_as` the shared metric's rules. One that names none keeps none,
/// and is found by the check.
pub(crate) fn share(scores: &mut [Score], metrics: &[Metric]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut shared: BTreeMap<&str, (&Metric, bool)> = BTreeMap::new();
    for metric in metrics {
        let fault = |reason: &str| Fault {
            file: "metrics.toml".to_owned(),
            key: format!("metrics.{}", metric.id),
            reason: reason.to_owned(),
        };
        if metric.same_as.is_some() {
            faults.push(fault(
                "is shared itself, so it needs rules of its own, not `same_as`",
            ));
        }
        if shared.insert(&metric.id, (metric, false)).is_some() {
            faults.push(fault("appears twice; ids must be unique"));
        }
    }
    for score in scores {
        for (track, metrics) in score
            .tracks
            .iter_mut()
            .map(|track| &mut track.metrics)
            .enumerate()
        {
            for (index, metric) in metrics.iter_mut().enumerate() {
                let Some(id) = &metric.same_as else { continue };
                if !metric.rules.is_empty() {
                    faults.push(Fault {
                        file: score.file.to_string(),
                        key: format!("tracks[{track}].metrics[{index}]"),
                        reason: "has both `rules` and `same_as`: keep one".to_owned(),
                    });
                } else if let Some((rules_of, used)) = shared.get_mut(id.as_str()) {
                    *used = true;
                    metric.rules.clone_from(&rules_of.rules);
                }
            }
        }
    }
    for (id, (_, used)) in shared {
        if !used {
            faults.push(Fault {
                file: "metrics.toml".to_owned(),
                key: format!("metrics.{id}"),
                reason: "no score uses it; a metric that isn't shared belongs in its score"
                    .to_owned(),
            });
        }
    }
    faults
}
