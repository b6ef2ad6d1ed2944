//! A program: the rule in force, the versions to come, its tiers, and where the partner stands.

use super::assessment::{ProgramAssessment, Standing};
use super::basis::Basis;
use super::context::Context;
use super::finding::{Finding, Outcome, RuleRef};
use super::later::{self, Later};
use super::{locations, requirement, standing};
use crate::catalog::{Program, Rule, in_force};
use crate::sort;

pub(crate) fn assess_program<'a>(
    context: &mut Context<'a>,
    basis: Basis,
    program: &'a Program,
) -> ProgramAssessment {
    let (mut root, mut tiers) = (None, Vec::new());
    if let Some(rule) = in_force(&program.rules, context.day) {
        let later = later_versions(context, program);
        (root, tiers) = findings(context, program, rule);
        for finding in root.iter_mut().chain(&mut tiers) {
            later::foresee(finding, &later);
        }
    }
    // A tier is for those who meet the requirements at all.
    let entered = (root.as_ref()).is_some_and(|root| root.outcome == Outcome::Met);
    let tier = (tiers.iter().rev())
        .find(|tier| entered && tier.outcome == Outcome::Met)
        .map(|tier| tier.id.clone());
    let locations = if entered {
        locations::tiers(&tiers)
    } else {
        Vec::new()
    };
    let holding = standing::holding_on(context, program, context.day);
    let standing = match &root {
        Some(root) => standing::standing(context, program, holding.as_ref(), root),
        None => Standing::NotStarted,
    };
    ProgramAssessment {
        program: program.id.clone(),
        basis,
        standing,
        ended: match holding {
            Some(_) => None,
            None => standing::ended_on(context, &program.id),
        },
        holding,
        root,
        tier,
        locations,
        tiers,
    }
}

/// What a version of the rule says: its requirement and its tiers.
fn findings<'a>(
    context: &mut Context<'a>,
    program: &'a Program,
    rule: &'a Rule,
) -> (Option<Finding>, Vec<Finding>) {
    let rule_ref = RuleRef {
        file: program.file.clone(),
        effective_from: rule.effective_from,
        certainty: rule.cite.certainty,
        source: rule.cite.source.clone(),
    };
    let mut finding = |requirement| requirement::finding(context, program, requirement, &rule_ref);
    let root = finding(&rule.requirement);
    (Some(root), rule.tiers.iter().map(finding).collect())
}

/// The versions that begin after the day.
fn later_versions<'a>(context: &mut Context<'a>, program: &'a Program) -> Vec<Later> {
    let begins = |rule: &&Rule| rule.effective_from > context.day;
    let mut rules: Vec<&Rule> = program.rules.iter().filter(begins).collect();
    sort::sort_by_key(&mut rules, |rule| rule.effective_from);
    (rules.into_iter())
        .map(|rule| {
            let (root, tiers) = findings(context, program, rule);
            Later {
                from: rule.effective_from,
                roots: root.into_iter().chain(tiers).collect(),
            }
        })
        .collect()
}
