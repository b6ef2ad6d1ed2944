//! Texts in which words are looked for, folded once.

use membership_domain::text::folded;

use super::order::ranked;

/// What rows say in one place, such as the customer: rows say the same things over and over.
pub struct Column {
    /// For each row the place of what it says.
    pub of_row: Vec<u32>,
    /// What they say, one after the other, each with a line's end behind it.
    text: String,
    /// Where each ends, with its line's end.
    ends: Vec<usize>,
}

impl Column {
    /// Texts of rows, in their order; `said` are all texts in which words are looked for then.
    pub fn of<'t, const N: usize>(
        texts: impl Iterator<Item = &'t str>,
        said: impl Fn(&'t str) -> [&'t str; N],
    ) -> Self {
        let (of_row, different) = ranked(texts);
        Self::new(of_row, different.into_iter().map(said))
    }

    /// Where every row says something else.
    pub fn each<'t, const N: usize>(rows: impl Iterator<Item = [&'t str; N]>) -> Self {
        let mut column = Self::new(Vec::new(), rows);
        column.of_row = (0..column.ends.len() as u32).collect();
        column
    }

    /// Where each row says what stands in a place.
    pub fn new<'t, const N: usize>(
        of_row: Vec<u32>,
        said: impl Iterator<Item = [&'t str; N]>,
    ) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for said in said {
            for said in said {
                text.push_str(&folded(said));
                // No word goes over it.
                text.push('\n');
            }
            ends.push(text.len());
        }
        Self { of_row, text, ends }
    }

    /// In which places a folded word is found.
    pub fn having(&self, word: &str) -> Vec<bool> {
        let mut having = vec![false; self.ends.len()];
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(word)) {
            let place = self.ends.partition_point(|end| *end <= from + at);
            let (Some(found), Some(end)) = (having.get_mut(place), self.ends.get(place)) else {
                break;
            };
            *found = true;
            from = *end;
        }
        having
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.ends) + size_of_val(&*self.of_row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn having(texts: &[[&'static str; 2]], word: &str) -> Vec<bool> {
        Column::each(texts.iter().copied()).having(&folded(word))
    }

    #[test]
    fn words_are_found_in_both_forms_of_their_marks() {
        let texts = [
            ["M\u{fc}ller", "Fabrikam"],
            ["Mu\u{308}ller", "Fabrikam"],
            ["", "Muller"],
        ];
        for word in ["m\u{fc}LLER", "mu\u{308}ller"] {
            assert_eq!(having(&texts, word), [true, true, false], "{word}");
        }
        assert_eq!(having(&texts, "muller"), [false, false, true]);
        assert_eq!(having(&texts, "fabrikam"), [true, true, false]);
    }

    #[test]
    fn a_word_is_in_one_text_and_goes_over_no_end() {
        let texts = [["aa", "aa"], ["", ""], ["ab", "a"]];
        assert_eq!(having(&texts, "aa"), [true, false, false]);
        assert_eq!(having(&texts, "a"), [true, false, true]);
        assert_eq!(having(&texts, "aaa"), [false; 3]);
        assert!(having(&[], "a").is_empty());
    }
}
