//! A bullet bar: a value on neutral bands, a tick at the threshold, and what a change would do.

use leptos::prelude::*;

/// How the value stands. The color only repeats what the text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// A part of a score, without a threshold of its own.
    #[default]
    Neutral,
    /// At or above the threshold.
    Good,
    /// Below it.
    Short,
}

/// What a bar shows, all in the same unit. Numbers are for drawing only: exact ones are text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// Now.
    pub value: f64,
    /// The end of the scale.
    pub most: f64,
    /// Where the tick is.
    pub threshold: Option<f64>,
    /// The value with the changes that are tried out.
    pub preview: Option<f64>,
    /// Color.
    pub fill: Fill,
}

impl Bullet {
    /// A place on the scale, in percent of its length; what lies outside is drawn at the end.
    fn place(&self, value: f64) -> f64 {
        if self.most > 0.0 {
            (value / self.most * 100.0).clamp(0.0, 100.0)
        } else {
            0.0
        }
    }
}

/// As an attribute. In hundredths, because writing fractions takes far more code than a bar is
/// worth.
fn percent(place: f64) -> String {
    let hundredths = (place * 100.0).round() as i32;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The bar. `label` says in words what it shows ("61 of 100, 70 needed").
pub fn bar(bullet: &Bullet, label: String) -> AnyView {
    let value = bullet.place(bullet.value);
    let fill = match bullet.fill {
        Fill::Neutral => "value",
        Fill::Good => "value good",
        Fill::Short => "value short",
    };
    let below = bullet.threshold.map(|at| {
        let at = percent(bullet.place(at));
        view! { <rect class="band below" y="2" width=at height="16" rx="3"></rect> }
    });
    let tick = bullet.threshold.map(|at| {
        let at = percent(bullet.place(at));
        view! { <line class="tick" x1=at.clone() x2=at y1="0" y2="20"></line> }
    });
    let change = bullet.preview.map(|preview| bullet.place(preview)).map(|preview| {
        let (class, from, length) = if preview >= value {
            ("gain", value, preview - value)
        } else {
            ("loss", preview, value - preview)
        };
        (length > 0.0).then(|| {
            view! { <rect class=class x=percent(from) y="6" width=percent(length) height="8"></rect> }
        })
    });
    let scale = view! { <rect class="band" y="2" width="100%" height="16" rx="3"></rect> };
    view! {
        <svg class="bullet" role="img" aria-label=label>
            {scale}
            {below}
            <rect class=fill y="6" width=percent(value) height="8" rx="2"></rect>
            {change}
            {tick}
        </svg>
    }
    .into_any()
}
