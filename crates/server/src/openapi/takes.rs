//! What a handler takes of a request, read off its arguments: parameters, and what each extractor
//! refuses. So a description cannot leave out what an argument asks for.

use axum::extract::{Path, State};
use axum::handler::Handler;
use axum::http::HeaderMap;
use membership_contract::refusal::{JSON, Refusal};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Required, Schema, Type};

use crate::App;
use crate::change::{Change, KeyNeeded, Keyed, LONGEST_KEY};
use crate::guard::{BankSender, Member, Operator};
use crate::http::accepts::Accepts;
use crate::http::body::{Body, Document, File, Raw};
use crate::http::client::Client;
use crate::http::if_match::IfMatch;
use crate::http::large::FILES;
use crate::http::observe::RequestId;
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::http::query::Pairs;
use crate::sessions::{Arrival, Caller, Proved};

/// What all arguments of a handler take together.
#[derive(Default)]
pub struct Taken {
    /// Beside those that the address and the handler's description name.
    pub parameters: Vec<Parameter>,
    /// One of each status, with its sentence.
    pub refusals: Vec<Refusal>,
    /// The body, where it has no type of its own.
    pub body: Option<RequestBody>,
}

impl Taken {
    fn header(&mut self, name: &str, required: Required, form: ObjectBuilder, why: &str) {
        let text = form.schema_type(Type::String);
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(required)
            .description(Some(why))
            .schema(Some(text.build()));
        self.parameters.push(parameter.build());
    }
}

/// An argument of a handler.
pub trait Takes {
    /// Adds what it takes.
    fn add(_taken: &mut Taken) {}
}

impl Takes for State<App> {}
impl Takes for HeaderMap {}
impl Takes for Accepts {}
impl Takes for RequestId {}
impl Takes for Client {}
// The guard refuses for these, by what the route needs.
impl Takes for Caller {}
impl Takes for Arrival {}
impl Takes for Member {}
impl Takes for Operator {}
impl Takes for BankSender {}

impl Takes for Proved {
    fn add(taken: &mut Taken) {
        taken.refusals.push(Refusal::ProofRequired);
    }
}

impl<T> Takes for Path<T> {
    fn add(taken: &mut Taken) {
        taken
            .refusals
            .extend([Refusal::Malformed, Refusal::NotFound]);
    }
}

impl Takes for Pairs {
    fn add(taken: &mut Taken) {
        taken
            .refusals
            .extend([Refusal::Malformed, Refusal::Invalid]);
    }
}

impl<T: IntoParams> Takes for Params<T> {
    fn add(taken: &mut Taken) {
        let named = T::into_params(|| Some(ParameterIn::Query));
        taken.parameters.extend(named);
        Pairs::add(taken);
    }
}

impl<T> Takes for Body<T> {
    fn add(taken: &mut Taken) {
        let known = JSON;
        let late = Refusal::BodyTooLate { seconds: 10 };
        let refusals = [
            Refusal::BrokenOff,
            late,
            Refusal::BodyTooLarge,
            Refusal::MediaType { known },
            Refusal::Invalid,
        ];
        taken.refusals.extend(refusals);
    }
}

impl Takes for Raw {
    fn add(taken: &mut Taken) {
        let late = Refusal::BodyTooLate { seconds: 10 };
        let refusals = [Refusal::BrokenOff, late, Refusal::BodyTooLarge];
        taken.refusals.extend(refusals);
    }
}

impl Takes for Document {
    fn add(taken: &mut Taken) {
        Body::<()>::add(taken);
    }
}

impl Takes for File {
    fn add(taken: &mut Taken) {
        Body::<()>::add(taken);
        taken.refusals.retain(|one| one.status() != 415);
        taken.refusals.push(Refusal::MediaType { known: &FILES });
        let mut body = RequestBodyBuilder::new().required(Some(Required::True));
        for kind in FILES {
            // Evidence, or a file as it was exported.
            let schema: RefOr<Schema> = match kind {
                "application/json" => Ref::from_schema_name("Evidence").into(),
                "application/octet-stream" => bytes().into(),
                _ => ObjectBuilder::new().schema_type(Type::String).into(),
            };
            body = body.content(kind, Content::new(Some(schema)));
        }
        taken.body = Some(body.build());
    }
}

impl Takes for IfMatch {
    fn add(taken: &mut Taken) {
        taken.header(
            "If-Match",
            Required::True,
            ObjectBuilder::new(),
            "The ETag of what was read, several, or * for whatever is there now",
        );
        taken.refusals.extend([Refusal::Stale, Refusal::NoTag]);
    }
}

/// An argument that is refused later than others: what is wrong with the body is told before.
impl<T: Takes> Takes for Answer<T> {
    fn add(taken: &mut Taken) {
        T::add(taken);
    }
}

impl Taken {
    fn key(&mut self, required: Required) {
        self.header(
            "Idempotency-Key",
            required,
            ObjectBuilder::new()
                .max_length(Some(LONGEST_KEY))
                .pattern(Some("^[!-~]+$")),
            "Names the request: sent again with it, it gets the first answer and changes nothing",
        );
        self.refusals.extend([
            Refusal::UnreadableKey { most: LONGEST_KEY },
            Refusal::KeyReused,
            Refusal::Overtaken,
        ]);
    }
}

impl Takes for Keyed {
    fn add(taken: &mut Taken) {
        taken.key(Required::False);
    }
}

impl Takes for KeyNeeded {
    fn add(taken: &mut Taken) {
        taken.key(Required::True);
        taken.refusals.push(Refusal::NoKey);
    }
}

impl Takes for Change {
    fn add(taken: &mut Taken) {
        IfMatch::add(taken);
        Keyed::add(taken);
    }
}

/// Bytes of any kind.
fn bytes() -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(format))
}

macro_rules! together {
    ($($argument:ident)*) => {
        /// A handler's arguments, behind a mark of axum's.
        impl<M, $($argument: Takes),*> Takes for (M, $($argument,)*) {
            fn add(_taken: &mut Taken) {
                $($argument::add(_taken);)*
            }
        }
    };
}
together!();
together!(A);
together!(A B);
together!(A B C);
together!(A B C D);
together!(A B C D E);
together!(A B C D E F);
together!(A B C D E F G);

/// What a handler takes.
pub fn taken<H: Handler<T, App>, T: Takes>(_: H) -> Taken {
    let mut taken = Taken::default();
    T::add(&mut taken);
    taken
}
