//! Whose pages an address asks for.

use membership_contract::session::SessionOrganization;

/// The place of the organization that an address is about, of all that the person has: by the
/// PartnerID that the address names; without one it is the organization that was shown `last`, by
/// its id, else the first. Nothing where the address names one that does not exist or that the
/// person does not work for: nobody learns which. Only the PartnerID of an account counts: that of
/// one of its locations names none.
pub fn find(all: &[SessionOrganization], named: Option<&str>, last: Option<&str>) -> Option<usize> {
    if let Some(named) = named {
        return all.iter().position(|one| one.partner_id == named);
    }
    let last = all
        .iter()
        .position(|one| last.is_some_and(|last| one.id.to_string() == last));
    last.or(if all.is_empty() { None } else { Some(0) })
}

#[cfg(test)]
mod tests {
    use membership_domain::id::OrganizationId;

    use super::*;

    fn organizations(known: &[(u128, &str)]) -> Vec<SessionOrganization> {
        let organization = |(id, partner_id): &(u128, &str)| SessionOrganization {
            id: OrganizationId::from_u128(*id),
            name: "Contoso".to_owned(),
            partner_id: (*partner_id).to_owned(),
            roles: Vec::new(),
            second_factor_missing: false,
        };
        known.iter().map(organization).collect()
    }

    fn asked<'a>(
        all: &'a [SessionOrganization],
        named: Option<&str>,
        last: Option<u128>,
    ) -> Option<&'a str> {
        let last = last.map(|id| OrganizationId::from_u128(id).to_string());
        let found = all.get(find(all, named, last.as_deref())?)?;
        Some(&found.partner_id)
    }

    #[test]
    fn an_address_is_about_the_organization_that_it_names() {
        let two = organizations(&[(1, "4200001"), (2, "4300001")]);
        assert_eq!(asked(&two, Some("4300001"), Some(1)), Some("4300001"));
        for other in ["4200002", "42", "", "04200001", "4200001 "] {
            assert_eq!(asked(&two, Some(other), Some(1)), None, "{other:?}");
        }
    }

    #[test]
    fn an_address_that_names_none_is_about_the_last_one_else_the_first() {
        let two = organizations(&[(1, "4200001"), (2, "4300001")]);
        assert_eq!(asked(&two, None, Some(2)), Some("4300001"));
        assert_eq!(asked(&two, None, Some(3)), Some("4200001"), "others'");
        assert_eq!(asked(&two, None, None), Some("4200001"));
    }

    #[test]
    fn somebody_without_an_organization_can_ask_for_none() {
        let none = organizations(&[]);
        assert_eq!(asked(&none, Some("4200001"), None), None);
        assert_eq!(asked(&none, None, Some(1)), None);
    }
}
