//! People and roles.

pub const TITLE: &str = "People and roles";
pub const ABOUT: &str =
    "Roles take effect with the next thing that a person does, in every browser.";
pub const INVITE: &str = "Invite people";
pub const PERSON: &str = "Person";
pub const YOU: &str = "You";
pub const ROLES: &str = "Roles";
pub const SECOND_FACTOR: &str = "Two-step sign-in";
pub const ON: &str = "On";
pub const OFF: &str = "Off";
pub const LAST_HERE: &str = "Last sign-in";
pub const NEVER: &str = "Never";
pub const STATE: &str = "State";
pub const ROLE: &str = "Role";
pub const ALL_ROLES: &str = "All roles";
pub const ALL_STATES: &str = "All but removed";
pub const NOTHING: &str = "No one can act for this organization yet.";
pub const NO_ROLE: &str = "No role";

pub fn title(active: u64, organization: &str) -> String {
    match active {
        1 => format!("1 person can act for {organization}."),
        many => format!("{many} people can act for {organization}."),
    }
}

pub fn without(many: u64, active: u64) -> String {
    match many {
        0 => "All of them use two-step sign-in.".to_owned(),
        1 => "1 of them doesn't use two-step sign-in.".to_owned(),
        all if all == active => "None of them uses two-step sign-in.".to_owned(),
        many => format!("{many} of them don't use two-step sign-in."),
    }
}

/// Where something holds.
pub mod places {
    pub const SCOPE: &str = "Where it holds";
    pub const SOME: &str = "Only at some locations";
    pub const EVERYWHERE: &str = "Whole organization";
}

/// One person.
pub mod person {
    pub fn refused(why: &str) -> String {
        format!("The mail server refused the last email to this address: {why}")
    }

    pub const GONE: &str = "This person isn't a member of the organization";
    pub const GONE_WHY: &str = "They may have been removed. Go back to the list of people.";
    pub const TO_LIST: &str = "See all people";
    pub const WHERE: &str = "Where";
    pub const GIVEN: &str = "Given";
    pub const TAKE: &str = "Remove";
    pub const NO_ROLES: &str = "No roles: a member without a role sees only their own account.";
    pub const GIVE: &str = "Give a role";
    pub const CHOOSE: &str = "Choose a role";
    pub const GIVE_IT: &str = "Give the role";
    pub const NOT_YOURS: &str = "Only an administrator of the organization can give roles.";
    pub const NOT_ONESELF: &str = "You can't give yourself a role. Ask another administrator.";
    pub const ACCOUNT: &str = "Account";
    pub const MEMBER_SINCE: &str = "Member since";
    pub const SESSIONS: &str = "Signed in";
    pub const DID: &str = "What this person did";
    pub const ABOUT_THEM: &str = "What was done for this person";
    pub const DEACTIVATE: &str = "Deactivate";
    pub const DEACTIVATE_ABOUT: &str = "Their sessions end at once, and they can't act for the \
        organization until you reactivate them. Roles and history stay.";
    pub const REACTIVATE: &str = "Reactivate";
    pub const REMOVE: &str = "Remove from the organization";
    pub const LEAVE: &str = "Leave the organization";

    pub fn remove_about(days: u32) -> String {
        format!(
            "Roles and sessions end at once. Name and email are erased after {days} days; what was \
             done stays on record without them. To bring the person back, invite them again."
        )
    }

    pub fn is(name: &str, roles: &str) -> String {
        format!("{name}: {roles}")
    }

    pub fn by(name: &str, day: &str) -> String {
        format!("{day} by {name}")
    }

    pub fn comes_with(role: &str) -> String {
        format!("Comes with {role}")
    }

    pub fn take(role: &str) -> String {
        format!("Remove the role {role}")
    }

    pub fn only(role: &str) -> String {
        format!("The only {role}: give it to another person first.")
    }

    pub fn gave(role: &str, name: &str) -> String {
        format!("{name} has the role {role} now.")
    }

    pub fn took(role: &str, name: &str) -> String {
        format!("{name} no longer has the role {role}.")
    }

    pub fn browsers(many: u64) -> String {
        match many {
            0 => "In no browser".to_owned(),
            1 => "In 1 browser".to_owned(),
            many => format!("In {many} browsers"),
        }
    }

    pub fn since(name: &str, day: &str) -> String {
        format!("Deactivated by {name} on {day}.")
    }

    pub fn deactivated(name: &str) -> String {
        format!("{name} is deactivated.")
    }

    pub fn reactivated(name: &str) -> String {
        format!("{name} is active again.")
    }

    pub fn removed(name: &str) -> String {
        format!("{name} is removed from the organization.")
    }

    pub fn sure(name: &str) -> String {
        format!("Yes, remove {name}")
    }
}

/// Inviting people, and what came of it.
pub mod invite {
    pub const TITLE: &str = "Invite people";
    pub const ABOUT: &str = "Each person gets an email with a link that works once.";
    pub const EMAILS: &str = "Email addresses";
    pub const EMAILS_HINT: &str = "One on each line, or separated by commas; at most 100.";
    pub const ROLES: &str = "Roles they get";
    pub const ROLES_HINT: &str = "You can add and limit roles later. Without a role, they see only \
        their own account.";
    pub const SEND: &str = "Send invitations";
    pub const RESULTS: &str = "What came of it";
    pub const ADDRESS: &str = "Address";
    pub const RESULT: &str = "Result";
    pub const MORE: &str = "Invite more people";

    pub fn invited(many: usize) -> String {
        match many {
            0 => "No one was invited.".to_owned(),
            1 => "1 invitation is on its way.".to_owned(),
            many => format!("{many} invitations are on their way."),
        }
    }
}

/// Invitations of the organization.
pub mod invitations {
    pub const TITLE: &str = "Invitations";
    pub const NOTHING: &str = "No one was invited yet.";
    pub const EMAIL: &str = "Email";
    pub const BY: &str = "Invited by";
    pub const UNTIL: &str = "Works until";
    pub const AGAIN: &str = "Send again";
    pub const REVOKE: &str = "Revoke";

    pub fn again(email: &str) -> String {
        format!("Send the invitation of {email} again")
    }

    pub fn revoke(email: &str) -> String {
        format!("Revoke the invitation of {email}")
    }

    pub fn sent(email: &str) -> String {
        format!("The invitation of {email} is on its way again.")
    }

    pub fn revoked(email: &str) -> String {
        format!("The invitation of {email} is revoked.")
    }

    pub fn refused(why: &str) -> String {
        format!("The mail server refused it: {why}")
    }
}

/// The page that an invitation opens.
pub mod join {
    pub const ACCEPT: &str = "Join";
    pub const DECLINE: &str = "Decline";
    pub const NAME: &str = "Your name";
    pub const HAVE: &str = "This email address has an account already. Sign in with it in this \
        browser, then open the link in the email again.";
    pub const SIGN_IN: &str = "Sign in";
    pub const DECLINED: &str = "You declined the invitation";
    pub const DECLINED_WHY: &str = "Nothing was kept of you but the answer. If that was a mistake, \
        ask the person who invited you to send it again.";

    pub fn title(organization: &str) -> String {
        format!("Join {organization}")
    }

    pub fn about(email: &str) -> String {
        format!("You were invited with {email}. Your account will have this email.")
    }
}
