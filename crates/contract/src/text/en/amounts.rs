//! Amounts with their units.
//!
//! People, users, seats and customers are whole: what is there is rounded down and what is missing
//! up, so that no sentence says that a goal is reached when it is not. What is missing is never
//! rounded to nothing.

use membership_domain::Number;
use membership_domain::assess::MeasureUnit;
use membership_domain::catalog::Value;

use crate::text::Speaker;

/// What an amount is, which decides how it is rounded.
#[derive(Debug, Clone, Copy)]
enum Rounding {
    /// What is there.
    Have,
    /// What is there, beside what is needed.
    Against(Number),
    /// What is there, beside a limit that it is above.
    Above(Number),
    /// What is missing.
    Gap,
    /// What a rule says, as it is.
    Exact,
}

/// How a unit is counted.
#[derive(Debug, Clone, Copy)]
enum Grain {
    /// In whole ones alone.
    Whole,
    /// In dollars: cents are for amounts below one.
    Money,
    /// In any part.
    Any,
}

/// A unit after a number: after a 1, and after all others.
#[derive(Debug, Clone, Copy)]
struct Unit(Grain, &'static str, &'static str);

impl Speaker<'_> {
    /// An amount of a value that is there, with its unit.
    #[must_use]
    pub fn amount(&self, amount: Number, value: Value) -> String {
        self.with_unit(amount, Rounding::Have, of_value(value))
    }

    /// The same beside what is needed.
    #[must_use]
    pub fn amount_against(&self, amount: Number, value: Value, need: Number) -> String {
        self.with_unit(amount, Rounding::Against(need), of_value(value))
    }

    /// The same beside a limit that it is above.
    #[must_use]
    pub fn amount_above(&self, amount: Number, value: Value, limit: Number) -> String {
        self.with_unit(amount, Rounding::Above(limit), of_value(value))
    }

    /// What a rule asks for of a measure, with its unit.
    #[must_use]
    pub fn asked(&self, need: Number, unit: MeasureUnit) -> String {
        self.with_unit(need, Rounding::Exact, of_measure(unit))
    }

    /// What a measure found, with its unit.
    #[must_use]
    pub fn measured(&self, amount: Number, unit: MeasureUnit) -> String {
        self.with_unit(amount, Rounding::Have, of_measure(unit))
    }

    /// The same beside what is needed.
    #[must_use]
    pub fn measured_against(&self, amount: Number, unit: MeasureUnit, need: Number) -> String {
        self.with_unit(amount, Rounding::Against(need), of_measure(unit))
    }

    /// What is missing of a measure, with its unit.
    #[must_use]
    pub fn missing_of(&self, gap: Number, unit: MeasureUnit) -> String {
        self.with_unit(gap, Rounding::Gap, of_measure(unit))
    }

    /// Points, as a person reads them.
    #[must_use]
    pub fn points(&self, points: Number) -> String {
        unit_after(self.number(points), "point", "points")
    }

    /// Points that are missing.
    #[must_use]
    pub fn points_short(&self, gap: Number) -> String {
        unit_after(self.gap(gap), "point", "points")
    }

    /// Points more or fewer, with a sign: `+6.7`, `−10`.
    #[must_use]
    pub fn signed(&self, change: Number) -> String {
        if change < Number::ZERO {
            format!("\u{2212}{}", self.number(-change))
        } else {
            format!("+{}", self.number(change))
        }
    }

    /// A number of whole things with its noun: `1 person`, `2,000 people`.
    #[must_use]
    pub fn count(&self, count: Number, one: &str, many: &str) -> String {
        unit_after(self.whole(count.floor()), one, many)
    }

    pub(super) fn whole(&self, whole: i128) -> String {
        self.words.decimal(&whole.to_string())
    }

    fn with_unit(&self, amount: Number, rounding: Rounding, unit: Unit) -> String {
        let Unit(grain, one, many) = unit;
        let below_one = amount < Number::ONE && -amount < Number::ONE;
        let text = match (rounding, grain) {
            (Rounding::Exact, _) => self.exact(amount),
            (Rounding::Gap, Grain::Any) => self.gap(amount),
            (Rounding::Gap, _) => self.whole(amount.at_least_zero().ceiling()),
            (Rounding::Above(limit), Grain::Whole | Grain::Money)
                if amount.floor() > limit.floor() =>
            {
                self.whole(amount.floor())
            }
            (Rounding::Above(limit), _) => self.apart(amount, limit, limit).0,
            (Rounding::Against(need), Grain::Any) => self.against(amount, need),
            (Rounding::Have, Grain::Any) => self.number(amount),
            (Rounding::Against(need), Grain::Money) if below_one => self.against(amount, need),
            (Rounding::Have, Grain::Money) if below_one => self.number(amount),
            (Rounding::Against(need), _) => self.words.decimal(&amount.shown_whole(need)),
            (Rounding::Have, _) => self.whole(amount.floor()),
        };
        unit_after(text, one, many)
    }
}

/// A number as it is written, with the noun that fits it; a percent sign follows without a space.
pub(super) fn unit_after(number: String, one: &str, many: &str) -> String {
    let unit = if number == "1" { one } else { many };
    match unit.starts_with('%') {
        true => format!("{number}{unit}"),
        false => format!("{number} {unit}"),
    }
}

fn of_value(value: Value) -> Unit {
    match value {
        Value::Users => Unit(Grain::Whole, "user", "users"),
        Value::Seats => Unit(Grain::Whole, "seat", "seats"),
        Value::ActivePercent => Unit(Grain::Any, "% active", "% active"),
        Value::Revenue => Unit(Grain::Money, "USD", "USD"),
        Value::ContractValue => Unit(Grain::Money, "USD contract value", "USD contract value"),
    }
}

fn of_measure(unit: MeasureUnit) -> Unit {
    match unit {
        MeasureUnit::Customers => Unit(Grain::Whole, "customer", "customers"),
        MeasureUnit::CustomerWorkloads => Unit(
            Grain::Whole,
            "workload at a customer",
            "workloads at customers",
        ),
        MeasureUnit::Workloads => Unit(Grain::Whole, "service", "services"),
        MeasureUnit::Percent(_) => Unit(Grain::Any, "%", "%"),
        MeasureUnit::More(value) | MeasureUnit::Amount(value) => of_value(value),
    }
}
