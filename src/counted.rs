//! Whose entries a page's numbers count: as its address says, switched on the page. Without a word
//! in the address it is what decisions count; where nothing is decided, there is no choice.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::text::en;
use membership_domain::assess::{Assessment, Basis, Outcome, ProgramAssessment, ScoreAssessment};
use membership_domain::catalog::Program;

use crate::go::{Step, query, use_go};
use crate::text::{preview, programs, provenance as words};
use crate::workspace::Workspace;
use crate::{paths, ui};

/// The two ways to count one organization's evidence today, and which of them a page shows.
#[derive(Clone, Copy)]
pub struct Counted {
    workspace: StoredValue<Workspace>,
    decision: StoredValue<Arc<Assessment>>,
    entered: StoredValue<Arc<Assessment>>,
    /// Which one the address asks for.
    pub asked: Memo<Basis>,
}

/// That the two ways to count differ in something.
pub struct Differs {
    /// Both results, where they differ too and not only what led to them.
    pub both: Option<String>,
}

impl Counted {
    /// Reads the address of the page, now and whenever it changes.
    pub fn of(workspace: &Workspace) -> Self {
        let decided = workspace.basis();
        let decision = Arc::new(workspace.today());
        let entered = match decided {
            Basis::Decision => Arc::new(workspace.on(Basis::Entered).today()),
            Basis::Entered => decision.clone(),
        };
        let query = query();
        let asked = Memo::new(move |_| {
            let basis = query.with(|query| query.get(paths::BASIS));
            let basis = basis.as_deref().and_then(Basis::of_code);
            // Where nothing is decided, all that was entered counts, whatever a link asks for.
            basis
                .filter(|_| decided == Basis::Decision)
                .unwrap_or(decided)
        });
        Self {
            workspace: StoredValue::new(workspace.clone()),
            decision: StoredValue::new(decision),
            entered: StoredValue::new(entered),
            asked,
        }
    }

    /// Where the organization stands today, on a basis.
    pub fn today(self, basis: Basis) -> Arc<Assessment> {
        match basis {
            Basis::Decision => self.decision.get_value(),
            Basis::Entered => self.entered.get_value(),
        }
    }

    /// What the address of another page needs to count the same: empty for what decisions count.
    /// Tracks.
    pub fn field(self) -> (&'static str, &'static str) {
        let decided = self.workspace.with_value(Workspace::basis);
        let asked = self.asked.get();
        let code = if asked == decided { "" } else { asked.code() };
        (paths::BASIS, code)
    }

    /// How a score differs, if it does.
    pub fn score(self, id: &str) -> Option<Differs> {
        let (decision, entered) = (self.decision.get_value(), self.entered.get_value());
        let (one, other) = (decision.score(id)?, entered.score(id)?);
        (one != other).then(|| Differs {
            both: self.workspace.with_value(|known| scores(known, one, other)),
        })
    }

    /// How a program differs, if it does: its standing, its tier, else its score.
    pub fn program(self, program: &Program) -> Option<Differs> {
        let (decision, entered) = (self.decision.get_value(), self.entered.get_value());
        let one = decision.program(&program.id)?;
        let other = entered.program(&program.id)?;
        let score = program.score.as_ref().and_then(|score| self.score(score));
        let basis = one.basis;
        let same = *one
            == ProgramAssessment {
                basis,
                ..other.clone()
            };
        (!same || score.is_some()).then(|| Differs {
            both: standings(program, one, other).or_else(|| score?.both),
        })
    }

    /// Shows and switches what is counted, over a list of programs in which something differs.
    pub fn over(self, programs: &[&Program]) -> Option<AnyView> {
        let mut differs = programs.iter().filter_map(|one| self.program(one));
        differs.next().map(|_| {
            let both = None;
            self.control(Differs { both }, Signal::stored(false))
        })
    }

    /// Shows and switches what is counted. A preview counts what was entered.
    pub fn control(self, differs: Differs, previewed: Signal<bool>) -> AnyView {
        let counted = Signal::derive(move || {
            let asked = self.asked.get();
            if previewed.get() {
                Basis::Entered
            } else {
                asked
            }
        });
        let fixed = Signal::derive(move || previewed.get().then_some(words::PREVIEWED));
        let both = Signal::stored(differs.both);
        ui::provenance(counted, both, fixed, to_address())
    }
}

/// Two scores, where they differ in what they come to.
fn scores(workspace: &Workspace, one: &ScoreAssessment, other: &ScoreAssessment) -> Option<String> {
    let speaker = workspace.speaker();
    let (confirmed, own) = speaker.apart(one.total, other.total, one.pass_mark);
    if one.outcome == other.outcome {
        return (one.total != other.total).then(|| words::both(&confirmed, &own));
    }
    let said = |total: &str, score: &ScoreAssessment| {
        let verdict = match score.outcome {
            Outcome::Met => preview::QUALIFIES,
            _ => preview::DOES_NOT,
        };
        format!("{total}, {verdict}")
    };
    Some(words::states(&said(&confirmed, one), &said(&own, other)))
}

/// Where a partner stands with a program in two ways, where they differ.
fn standings(
    program: &Program,
    one: &ProgramAssessment,
    other: &ProgramAssessment,
) -> Option<String> {
    let outcome = |of: &ProgramAssessment| of.root.as_ref().map(|root| root.outcome);
    let said: [String; 2] = if one.standing != other.standing {
        [one, other].map(|of| en::standing(of.standing, program.kind).to_owned())
    } else if one.tier != other.tier {
        [one, other].map(|of| {
            let mut stages = program.stages.iter();
            let stage = stages.find(|stage| Some(&stage.id) == of.tier.as_ref());
            stage.map_or_else(|| programs::NO_TIER.to_owned(), |stage| stage.name.clone())
        })
    } else if outcome(one) != outcome(other) {
        [one, other].map(|of| {
            let met = outcome(of) == Some(Outcome::Met);
            let says = if met {
                preview::ALL_MET
            } else {
                preview::NOT_ALL_MET
            };
            says.to_owned()
        })
    } else {
        return None;
    };
    let [confirmed, own] = said;
    Some(words::states(&confirmed, &own))
}

/// Writes into the page's address what is counted, beside what else is in it.
fn to_address() -> Callback<Basis> {
    let location = use_location();
    let go = use_go(Step::Here);
    Callback::new(move |basis: Basis| {
        let query = location.query.get_untracked();
        let others = query.into_iter().filter(|(name, _)| name != paths::BASIS);
        let mut fields: Vec<_> = others.collect();
        if basis == Basis::Entered {
            fields.push((paths::BASIS.into(), basis.code().to_owned()));
        }
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        go(&paths::with_query(
            &location.pathname.get_untracked(),
            &fields,
        ));
    })
}
