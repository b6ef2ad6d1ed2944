//! Proofs of transfers (R10): what a file can be.

crate::codes! {
    /// What the file of a proof is.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    ProofKind {
        /// PDF.
        Pdf = "pdf",
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
    }
}

impl ProofKind {
    /// What a file is by how it begins, whatever its name says.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const STARTS: [(ProofKind, &[u8]); 3] = [
            (ProofKind::Pdf, b"%PDF-"),
            (ProofKind::Jpeg, b"\xff\xd8\xff"),
            (ProofKind::Png, b"\x89PNG\r\n\x1a\n"),
        ];
        let found = STARTS.iter().find(|(_, start)| bytes.starts_with(start));
        found.map(|(kind, _)| *kind)
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProofKind;

    #[test]
    fn a_file_is_what_it_begins_with() {
        assert_eq!(ProofKind::of(b"%PDF-1.7\n"), Some(ProofKind::Pdf));
        assert_eq!(ProofKind::of(b"\xff\xd8\xff\xe0"), Some(ProofKind::Jpeg));
        assert_eq!(ProofKind::of(b"\x89PNG\r\n\x1a\n.."), Some(ProofKind::Png));
        for other in [&b""[..], b"%PDF", b"PK\x03\x04", b"<svg>", b" %PDF-1.7"] {
            assert_eq!(ProofKind::of(other), None);
        }
    }
}
