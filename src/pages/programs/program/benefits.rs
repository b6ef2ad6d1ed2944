//! What a holder of a program gets, by pack and group.

use leptos::prelude::*;
use membership_domain::catalog::{Benefit, Program};

use crate::findings::certainty_mark;
use crate::text::programs as words;
use crate::ui::{self, Disclosure, Table, Tone};
use crate::workspace::Workspace;

/// More lines than this stay behind a disclosure.
const FEW: usize = 12;

/// The card.
pub fn card(workspace: &Workspace, program: &Program) -> AnyView {
    let tables = if program.benefits.is_empty() {
        view! {
            <div class="body">
                <p class="muted">{words::NO_BENEFITS}</p>
            </div>
        }
        .into_any()
    } else if program.packs.is_empty() {
        table(
            workspace,
            program,
            words::BENEFITS.to_owned(),
            &program.benefits.iter().collect::<Vec<_>>(),
        )
    } else {
        let of_pack = |pack: &membership_domain::catalog::Pack| {
            let inside =
                |benefit: &&Benefit| benefit.packs.is_empty() || benefit.packs.contains(&pack.id);
            let benefits: Vec<&Benefit> = program.benefits.iter().filter(inside).collect();
            table(
                workspace,
                program,
                words::benefits_of(&pack.name),
                &benefits,
            )
        };
        program.packs.iter().map(of_pack).collect_view().into_any()
    };
    // One table says "Benefits" itself, as its caption.
    let header = (program.packs.len() > 1 || program.benefits.is_empty()).then(|| {
        view! {
            <header>
                <h2>{words::BENEFITS}</h2>
            </header>
        }
    });
    view! {
        <section class="card">
            {header}
            {tables}
        </section>
    }
    .into_any()
}

fn table(
    workspace: &Workspace,
    program: &Program,
    caption: String,
    benefits: &[&Benefit],
) -> AnyView {
    let rows: Vec<AnyView> = benefits
        .iter()
        .map(|benefit| row(workspace, program, benefit))
        .collect();
    let head = || {
        view! {
            <th scope="col">{words::BENEFIT}</th>
            <th scope="col">{words::QUANTITY}</th>
        }
    };
    if rows.len() > FEW {
        view! {
            <div class="body">
                <Disclosure summary=format!("{caption} ({})", rows.len())>
                    <Table caption=caption head=head>
                        {rows}
                    </Table>
                </Disclosure>
            </div>
        }
        .into_any()
    } else {
        view! {
            <Table caption=caption head=head>
                {rows}
            </Table>
        }
        .into_any()
    }
}

fn row(workspace: &Workspace, program: &Program, benefit: &Benefit) -> AnyView {
    let stage = (program.stages.iter()).find(|stage| Some(&stage.id) == benefit.stage.as_ref());
    let group = match stage {
        Some(stage) => words::from_stage(&benefit.group, &stage.name),
        None => benefit.group.clone(),
    };
    let reached =
        is_reached(workspace, program, benefit).then(|| ui::tag(Tone::Good, words::REACHED));
    let quantity = match (benefit.quantity, &benefit.unit) {
        (Some(quantity), Some(unit)) => format!("{} {unit}", workspace.speaker().exact(quantity)),
        (Some(quantity), None) => workspace.speaker().exact(quantity),
        (None, _) => words::INCLUDED.to_owned(),
    };
    view! {
        <tr>
            <th scope="row">
                {benefit.name.clone()}
                <p class="why">{group}</p>
            </th>
            <td data-label=words::QUANTITY>
                <span class="cluster">
                    {quantity}
                    {reached}
                    {certainty_mark(&benefit.cite)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// Whether the tier that is reached today has a benefit.
fn is_reached(workspace: &Workspace, program: &Program, benefit: &Benefit) -> bool {
    let today = workspace.today();
    let tier = today
        .program(&program.id)
        .and_then(|known| known.tier.as_ref());
    let place = |id: Option<&String>| {
        program
            .stages
            .iter()
            .position(|stage| Some(&stage.id) == id)
    };
    match (place(benefit.stage.as_ref()), place(tier)) {
        (Some(from), Some(tier)) => from <= tier,
        _ => false,
    }
}
