//! API tokens: which programs have access, to what, until when.

mod create;

use leptos::prelude::*;
use membership_contract::page::Page;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_contract::tokens::Token;
use membership_domain::id::{OrganizationId, TokenId};
use membership_domain::roles::TokenState;

use crate::api::action::Action;
use crate::api::{Body, Method, Remote, action, remote};
use crate::shell::heading::heading;
use crate::text::tokens as words;
use crate::ui::{self, Button, Kind, Mark, Table, Tone};
use crate::{format, text};

/// The list as its rows share it.
#[derive(Clone, Copy)]
struct List {
    organization: OrganizationId,
    all: Remote<Page<Token>>,
    action: Action,
    /// Of which it is asked whether it is to be revoked.
    asked: RwSignal<Option<TokenId>>,
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = organization.id;
    let list = List {
        organization: id,
        all: remote(move || Some(api_paths::tokens(id))),
        action: action(),
        asked: RwSignal::new(None),
    };
    let title = Signal::derive(move || {
        let page = list.all.get();
        page.map_or_else(
            || words::TITLE.to_owned(),
            |page| words::title(page.items.iter().filter(|one| is_active(one)).count()),
        )
    });
    let open = RwSignal::new(false);
    let reload = Callback::new(move |()| list.all.reload());
    let new = create::Creating::new(organization, open, reload);
    let begin = Callback::new(move |()| open.set(true));
    let button = move || {
        (!open.get()).then(|| {
            view! {
                <Button kind=Kind::Primary on_press=begin>
                    {words::CREATE}
                </Button>
            }
        })
    };
    view! {
        <div class="lead">
            <div>{heading(title)} <p class="muted">{words::ABOUT}</p></div>
            <div class="cluster">{button}</div>
        </div>
        <div class="stack">
            {move || open.get().then(|| new.view())} <section class="card">
                <header>
                    <h2>{words::TITLE}</h2>
                </header>
                {ui::loaded(list.all, move |page| list.rows(&page.items))}
                {move || list.action.error.get().map(|error| ui::note(Tone::Bad, error.detail()))}
            </section>
        </div>
    }
    .into_any()
}

fn is_active(one: &Token) -> bool {
    one.state == TokenState::Active
}

impl List {
    fn rows(self, all: &[Token]) -> AnyView {
        if all.is_empty() {
            return view! { <p class="body muted">{words::NOTHING}</p> }.into_any();
        }
        let head = || {
            let names = [
                words::NAME,
                words::MAY,
                words::CREATED,
                words::USED,
                words::UNTIL,
                words::STATE,
                "",
            ];
            names
                .map(|name| view! { <th scope="col">{name}</th> })
                .collect_view()
        };
        let rows = all.iter().map(|one| self.row(one)).collect_view();
        view! { <Table caption=words::TITLE head=head>{rows}</Table> }.into_any()
    }

    fn row(self, one: &Token) -> AnyView {
        let mark = match one.state {
            TokenState::Active if one.suspended.is_empty() => Mark::Normal,
            TokenState::Active => Mark::Warn,
            TokenState::Expired => Mark::Soon,
            TokenState::Revoked => Mark::None,
        };
        let by = one.created_by.as_deref().unwrap_or(words::FEED);
        let created = format::day_and_year(one.created_at.date_naive());
        let used = one.used_at.map(format::instant);
        view! {
            <tr>
                <td data-label=words::NAME>
                    <span class="strong">{one.name.clone()}</span>
                    <p class="small muted">
                        <code>{words::begins(&one.hint)}</code>
                    </p>
                </td>
                <td data-label=words::MAY>{may(one)}</td>
                <td data-label=words::CREATED>{words::by(by, &created)}</td>
                <td data-label=words::USED class="num">
                    {used.unwrap_or_else(|| words::NEVER.to_owned())}
                </td>
                <td data-label=words::UNTIL class="num">
                    {format::day_and_year(one.expires_at.date_naive())}
                </td>
                <td data-label=words::STATE>{ui::status(mark, en::token_state(one.state))}</td>
                <td>{is_active(one).then(|| self.revocation(one))}</td>
            </tr>
        }
        .into_any()
    }

    /// Revoking it, asked once more.
    fn revocation(self, one: &Token) -> AnyView {
        let (id, name) = (one.id, one.name.clone());
        let ask = Callback::new(move |()| self.asked.set(Some(id)));
        let keep = Callback::new(move |()| self.asked.set(None));
        let path = api_paths::token(self.organization, id);
        let said = words::revoked(&name);
        let end = Callback::new(move |()| {
            let said = said.clone();
            (self.action).run(Method::Delete, path.clone(), Body::default(), move |_| {
                ui::live::say(&said);
                self.asked.set(None);
                self.all.reload();
            });
        });
        let question = NodeRef::<leptos::html::Div>::new();
        Effect::new(move |_| {
            if let Some(question) = question.get() {
                ui::focus_first(&question, "button");
            }
        });
        let label = StoredValue::new(words::revoke(&name));
        let sure = StoredValue::new(words::sure(&name));
        (move || match self.asked.get() == Some(id) {
            false => view! {
                <Button kind=Kind::Subtle on_press=ask>
                    <span aria-hidden="true">{words::REVOKE}</span>
                    <span class="visually-hidden">{label.get_value()}</span>
                </Button>
            }
            .into_any(),
            true => view! {
                <div class="stack tight" node_ref=question>
                    <p class="small">{sure.get_value()}</p>
                    <div class="cluster">
                        <Button on_press=end busy=self.action.busy>
                            {label.get_value()}
                        </Button>
                        <Button kind=Kind::Subtle on_press=keep>
                            {words::KEEP}
                        </Button>
                    </div>
                </div>
            }
            .into_any(),
        })
        .into_any()
    }
}

/// What it may do, and where.
fn may(one: &Token) -> AnyView {
    let named = |all: &[membership_domain::roles::Permission]| {
        let names: Vec<&str> = all.iter().map(|one| en::permission(*one)).collect();
        names.join(" · ")
    };
    let place = match &one.locations {
        None => text::users::places::EVERYWHERE.to_owned(),
        Some(all) => en::at_locations(all.len()),
    };
    let lost = (!one.suspended.is_empty()).then(|| words::not_now(&named(&one.suspended)));
    view! {
        <p>{named(&one.permissions)}</p>
        <p class="small muted">{place}</p>
        {lost.map(|lost| view! { <p class="small">{lost}</p> })}
    }
    .into_any()
}
