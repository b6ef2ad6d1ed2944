//! The invitations of the organization, with what can be done about each.

use leptos::prelude::*;
use membership_contract::invitations::Invitation;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::text::en;
use membership_domain::id::OrganizationId;
use membership_domain::invitation::{InvitationCommand, InvitationState, after};

use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, action, remote};
use crate::form::Proof;
use crate::text::users::invitations as words;
use crate::ui::{self, Button, Kind, Mark, Table, Tone};
use crate::{format, text};

/// What the card shares with its rows.
#[derive(Clone, Copy)]
struct Card {
    organization: OrganizationId,
    all: Remote<Page<Invitation>>,
    action: Action,
    error: RwSignal<Option<ApiError>>,
    proof: Proof,
    mine: bool,
}

/// The card; `mine`: the person may invite.
pub fn card(organization: OrganizationId, mine: bool) -> AnyView {
    let card = Card {
        organization,
        all: remote(move || Some(api_paths::invitations(organization))),
        action: action(),
        error: RwSignal::new(None),
        proof: Proof::new("invitations-proof"),
        mine,
    };
    let failed = move || {
        let error = card.error.get();
        error.map(|error| ui::note(Tone::Bad, error.detail()))
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::TITLE}</h2>
            </header>
            {ui::loaded(card.all, move |page| card.rows(&page.items))}
            {failed}
            {card.proof.view()}
        </section>
    }
    .into_any()
}

impl Card {
    fn rows(self, all: &[Invitation]) -> AnyView {
        if all.is_empty() {
            return view! { <p class="body muted">{words::NOTHING}</p> }.into_any();
        }
        let head = || {
            let names = [
                words::EMAIL,
                text::users::ROLES,
                words::BY,
                words::UNTIL,
                text::users::STATE,
                "",
            ];
            names
                .map(|name| view! { <th scope="col">{name}</th> })
                .collect_view()
        };
        let rows = all.iter().map(|one| self.row(one)).collect_view();
        view! { <Table caption=words::TITLE head=head>{rows}</Table> }.into_any()
    }

    fn row(self, one: &Invitation) -> AnyView {
        let roles: Vec<&str> = one
            .roles
            .iter()
            .map(|wanted| text::roles::role(wanted.role))
            .collect();
        let roles = match roles.is_empty() {
            true => text::users::NO_ROLE.to_owned(),
            false => format::list(&roles),
        };
        let mark = match one.state {
            InvitationState::Open => Mark::Open,
            InvitationState::Accepted => Mark::Normal,
            InvitationState::Expired => Mark::Soon,
            InvitationState::Declined | InvitationState::Revoked => Mark::None,
        };
        let until = format::day_and_year(one.expires_at.date_naive());
        let refused = one.mail_refused.as_ref();
        let refused = refused.map(|why| view! { <p class="small">{words::refused(why)}</p> });
        view! {
            <tr>
                <td data-label=words::EMAIL>{one.email.clone()} {refused}</td>
                <td data-label=text::users::ROLES>{roles}</td>
                <td data-label=words::BY>{one.invited_by.clone()}</td>
                <td data-label=words::UNTIL class="num">{until}</td>
                <td data-label=text::users::STATE>
                    {ui::status(mark, en::invitation_state(one.state))}
                </td>
                <td>{self.controls(one)}</td>
            </tr>
        }
        .into_any()
    }

    /// What its state allows.
    fn controls(self, one: &Invitation) -> AnyView {
        if !self.mine {
            return ().into_any();
        }
        let (id, organization) = (one.id, self.organization);
        let control = |command, label: &'static str, of: String, said: String| {
            after(one.state, command).is_ok().then(|| {
                let press = Callback::new(move |()| match command {
                    InvitationCommand::SendAgain => self.ask(
                        Method::Post,
                        api_paths::invitation_sending(organization, id),
                        said.clone(),
                    ),
                    _ => self.ask(
                        Method::Delete,
                        api_paths::invitation(organization, id),
                        said.clone(),
                    ),
                });
                view! {
                    <Button kind=Kind::Subtle on_press=press busy=self.action.busy>
                        <span aria-hidden="true">{label}</span>
                        <span class="visually-hidden">{of}</span>
                    </Button>
                }
            })
        };
        let email = &one.email;
        view! {
            <div class="cluster">
                {control(
                    InvitationCommand::SendAgain,
                    words::AGAIN,
                    words::again(email),
                    words::sent(email),
                )}
                {control(
                    InvitationCommand::Revoke,
                    words::REVOKE,
                    words::revoke(email),
                    words::revoked(email),
                )}
            </div>
        }
        .into_any()
    }

    fn ask(self, method: Method, path: String, said: String) {
        self.proof.attempt(move || {
            self.error.set(None);
            let said = said.clone();
            let done = move |_| {
                ui::live::say(&said);
                self.all.reload();
            };
            let failed = move |error: ApiError| {
                if !self.proof.wants(&error) {
                    self.error.set(Some(error));
                }
            };
            let (done, failed) = (Box::new(done), Box::new(failed));
            (self.action).run_or(method, path.clone(), Body::default(), done, failed);
        });
    }
}
