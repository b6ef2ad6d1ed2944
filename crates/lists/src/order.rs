//! Rows in order by numbers, in little code and in a time that grows only as the rows do.

use membership_domain::sort;
use rustc_hash::FxHashMap;

/// Rows by the number of each, the smallest first; those with the same number stay as they were.
pub fn by_number(mut rows: Vec<u32>, numbers: &[u64]) -> Vec<u32> {
    let most = numbers.iter().copied().max().unwrap_or_default();
    let mut sorted = vec![0; rows.len()];
    // Digit by digit, the last one first.
    for shift in (0..u64::BITS).step_by(8) {
        if most >> shift == 0 {
            break;
        }
        let digit = |row: u32| (numbers[row as usize] >> shift & 0xff) as usize;
        let mut ends = [0; 257];
        for row in &rows {
            ends[digit(*row) + 1] += 1;
        }
        for digit in 1..ends.len() {
            ends[digit] += ends[digit - 1];
        }
        for row in &rows {
            let place = &mut ends[digit(*row)];
            sorted[*place] = *row;
            *place += 1;
        }
        std::mem::swap(&mut rows, &mut sorted);
    }
    rows
}

/// The place of each row's text among all different ones in their order, and those.
pub fn ranked<'t>(texts: impl Iterator<Item = &'t str>) -> (Vec<u32>, Vec<&'t str>) {
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let mut different = Vec::new();
    let mut before = ("", 0);
    let mut of_row: Vec<u32> = Vec::new();
    for text in texts {
        // Rows that follow each other often say the same.
        if of_row.is_empty() || before.0 != text {
            let next = different.len() as u32;
            let number = *known.entry(text).or_insert(next);
            if number == next {
                different.push(text);
            }
            before = (text, number);
        }
        of_row.push(before.1);
    }
    let text = |number: &u32| different[*number as usize];
    let sorted: Vec<u32> = (0..different.len() as u32).collect();
    let sorted = sort::sorted_by(sorted, &|one, other| text(one) <= text(other));
    let mut ranks = vec![0; sorted.len()];
    for (rank, number) in (0..).zip(&sorted) {
        ranks[*number as usize] = rank;
    }
    for number in &mut of_row {
        *number = ranks[*number as usize];
    }
    (of_row, sorted.iter().map(text).collect())
}

/// The same as numbers to sort by.
pub fn ranks(texts: &[String]) -> Vec<u64> {
    wide(&ranked(texts.iter().map(String::as_str)).0)
}

/// Places as numbers to sort by.
pub fn wide(places: &[u32]) -> Vec<u64> {
    places.iter().copied().map(u64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_sort_and_equal_ones_stay() {
        let numbers = [300, u64::MAX, 5, 300, 0, 70_000, 5];
        let sorted = by_number((0..7).collect(), &numbers);
        assert_eq!(sorted, [4, 2, 6, 0, 3, 5, 1]);
        let backwards = by_number((0..7).rev().collect(), &numbers);
        assert_eq!(backwards, [4, 6, 2, 3, 0, 5, 1]);
        assert!(by_number(Vec::new(), &[]).is_empty());
    }

    #[test]
    fn texts_have_their_place_among_the_different_ones() {
        let (of_row, different) = ranked(["b", "b", "", "a", "b", "a"].into_iter());
        assert_eq!(of_row, [2, 2, 0, 1, 2, 1]);
        assert_eq!(different, ["", "a", "b"]);
    }
}
