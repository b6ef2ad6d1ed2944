//! Whose pages an address asks for.

use membership_contract::session::{Session, SessionOrganization};

/// What an address asks for, as far as this person may know.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// An organization of the person.
    Own(SessionOrganization),
    /// One that does not exist or that the person does not work for: nobody learns which.
    NotOwn,
    /// Nothing can be asked for: the person works for no organization.
    Homeless,
}

impl Asked {
    /// By the PartnerID that the address names; without one it is the organization that was shown
    /// `last`, by its id, else the first. Only the PartnerID of an account counts: that of one of
    /// its locations names none.
    pub fn of(session: &Session, named: Option<&str>, last: Option<&str>) -> Self {
        let all = &session.organizations;
        let Some(first) = all.first() else {
            return Self::Homeless;
        };
        let found = match named {
            Some(named) => all.iter().find(|one| one.partner_id == named),
            None => {
                let last = all
                    .iter()
                    .find(|one| Some(one.id.to_string().as_str()) == last);
                Some(last.unwrap_or(first))
            }
        };
        found.cloned().map_or(Self::NotOwn, Self::Own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(organizations: &[(u128, &str)]) -> Session {
        let organizations = organizations.iter().map(|(id, partner_id)| {
            serde_json::json!({
                "id": uuid::Uuid::from_u128(*id),
                "name": "Contoso",
                "partner_id": partner_id,
                "roles": [],
            })
        });
        let session = serde_json::json!({
            "user": {"id": uuid::Uuid::nil(), "name": "Femi", "email": "femi@contoso.example"},
            "organizations": organizations.collect::<Vec<_>>(),
            "expires": "2023-11-15T09:00:00Z",
        });
        serde_json::from_value(session).expect("a session")
    }

    fn asked(session: &Session, named: Option<&str>, last: Option<u128>) -> String {
        let last = last.map(|id| uuid::Uuid::from_u128(id).to_string());
        match Asked::of(session, named, last.as_deref()) {
            Asked::Own(one) => one.partner_id,
            Asked::NotOwn => "not own".to_owned(),
            Asked::Homeless => "homeless".to_owned(),
        }
    }

    #[test]
    fn an_address_is_about_the_organization_that_it_names() {
        let two = session(&[(1, "4200001"), (2, "4300001")]);
        assert_eq!(asked(&two, Some("4300001"), Some(1)), "4300001");
        for other in ["4200002", "42", "", "04200001", "4200001 "] {
            assert_eq!(asked(&two, Some(other), Some(1)), "not own", "{other:?}");
        }
    }

    #[test]
    fn an_address_that_names_none_is_about_the_last_one_else_the_first() {
        let two = session(&[(1, "4200001"), (2, "4300001")]);
        assert_eq!(asked(&two, None, Some(2)), "4300001");
        assert_eq!(asked(&two, None, Some(3)), "4200001", "somebody else's");
        assert_eq!(asked(&two, None, None), "4200001");
    }

    #[test]
    fn somebody_without_an_organization_can_ask_for_none() {
        let nobody = session(&[]);
        assert_eq!(asked(&nobody, Some("4200001"), None), "homeless");
        assert_eq!(asked(&nobody, None, Some(1)), "homeless");
    }
}
