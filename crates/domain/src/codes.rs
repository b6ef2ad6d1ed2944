//! Enums that are stored and sent as codes: declared once, with the text of each.

/// Declares an enum of codes: the variants, `ALL` in the order in which they are written, and the
/// code of each as it is stored and sent. The crate that uses it needs `serde`.
///
/// ```
/// membership_domain::codes! {
///     /// Where a thing is.
///     Place {
///         /// Near by.
///         Here = "here",
///     }
/// }
/// assert_eq!(Place::from_code("here"), Some(Place::Here));
/// assert_eq!(Place::Here.code(), "here");
/// ```
#[macro_export]
macro_rules! codes {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:tt,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        // The codes are `tt`: derives that read attributes do not see through a `literal`.
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As it is stored and sent.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The inverse of [`Self::code`].
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
