//! One condition of a rule: field, operator, value, each with what can stand there.

use watches_core::money::Currency;
use watches_ipc::watchlist::CompleteRuleValue;
use yew::prelude::*;

use crate::{
    components::controls::{Choice, Field, IconButton},
    shell::use_answer,
    state::rule::{
        Condition,
        fields::{BASES, FIELDS, ValueKind, operators, start_value, value_kind},
    },
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub condition: Condition,
    pub currency: AttrValue,
    pub can_remove: bool,
    /// `None` takes it away.
    pub on_change: Callback<Option<Condition>>,
}

#[component]
pub fn Chip(props: &Props) -> Html {
    let condition = &props.condition;
    let fields = known(FIELDS.iter().map(|field| (field.name, field.label)), &condition.field);
    let kind = FIELDS
        .iter()
        .find(|field| field.name == condition.field)
        .map_or(ValueKind::Text, |field| field.kind);
    let signs = known(operators(kind).iter().copied(), &condition.operator);
    let tell = props.on_change.clone();
    let remove = {
        let tell = tell.clone();
        Callback::from(move |()| tell.emit(None))
    };
    let field = {
        let (tell, currency) = (tell.clone(), props.currency.clone());
        Callback::from(move |name: AttrValue| tell.emit(Some(with_field(&name, &currency))))
    };
    let operator = {
        let (tell, condition, currency) = (tell.clone(), condition.clone(), props.currency.clone());
        Callback::from(move |sign: AttrValue| {
            tell.emit(Some(with_operator(&condition, &sign, &currency)))
        })
    };
    let not = {
        let (tell, condition) = (tell.clone(), condition.clone());
        move |_| tell.emit(Some(Condition { negated: !condition.negated, ..condition.clone() }))
    };
    html! {
        <div class="condition" role="group" aria-label={condition.to_text()}>
            <button type="button" class="not" aria-pressed={condition.negated.to_string()} title={t!("rule-not-hint")} onclick={not}>{ t!("rule-not") }</button>
            <Choice class="choice-bare" label={t!("rule-field")} value={condition.field.clone()} options={fields} on_choose={field} />
            <Choice class="choice-bare" label={t!("rule-operator")} value={condition.operator.clone()} options={signs} on_choose={operator} />
            <Value condition={condition.clone()} on_change={tell.reform(Some)} />
            if props.can_remove { <IconButton icon="x" label={t!("remove-condition")} on_click={remove} /> }
        </div>
    }
}

/// The choices, with what is written kept even when we do not know it.
fn known<'a>(
    choices: impl Iterator<Item = (&'a str, &'a str)>,
    written: &str,
) -> Vec<(AttrValue, AttrValue)> {
    let mut all: Vec<(AttrValue, AttrValue)> =
        choices.map(|(name, label)| (name.to_owned().into(), t!(label).into())).collect();
    if !all.iter().any(|(name, _)| *name == written) {
        all.push((written.to_owned().into(), written.to_owned().into()));
    }
    all
}

fn with_field(name: &str, currency: &str) -> Condition {
    let kind =
        FIELDS.iter().find(|field| field.name == name).map_or(ValueKind::Text, |field| field.kind);
    let operator =
        if name == "set" { "has" } else { operators(kind).first().map_or("=", |(sign, _)| sign) };
    let operator =
        if matches!(kind, ValueKind::Choice(_)) && name == "kind" { "=" } else { operator };
    let operator = if name == "condition" { ">=" } else { operator };
    let value = if name == "set" { "papers".to_owned() } else { start_value(kind, currency) };
    Condition {
        field: name.to_owned(),
        operator: operator.to_owned(),
        value,
        quoted: kind == ValueKind::Text,
        ..Condition::default()
    }
}

/// Another operator keeps the value where it still fits.
fn with_operator(condition: &Condition, sign: &str, currency: &str) -> Condition {
    let (was, is) =
        (value_kind(&condition.field, &condition.operator), value_kind(&condition.field, sign));
    let value = if was == is { condition.value.clone() } else { start_value(is, currency) };
    let base = if is == ValueKind::Step && condition.base.is_empty() {
        "first_seen".to_owned()
    } else {
        condition.base.clone()
    };
    Condition {
        operator: sign.to_owned(),
        value,
        base,
        quoted: is == ValueKind::Text,
        ..condition.clone()
    }
}

#[derive(Properties, PartialEq)]
struct ValueProps {
    condition: Condition,
    on_change: Callback<Condition>,
}

#[component]
fn Value(props: &ValueProps) -> Html {
    let condition = &props.condition;
    let tell = {
        let (tell, condition) = (props.on_change.clone(), condition.clone());
        Callback::from(move |value: String| tell.emit(Condition { value, ..condition.clone() }))
    };
    match value_kind(&condition.field, &condition.operator) {
        ValueKind::Money => html! { <Amount value={condition.value.clone()} on_value={tell} /> },
        ValueKind::Text => html! { <Words condition={condition.clone()} on_value={tell} /> },
        ValueKind::Choice(words) => {
            let options =
                known(words.iter().map(|word| (*word, choice_label(word))), &condition.value);
            html! { <Choice class="choice-bare" label={t!("rule-value")} value={condition.value.clone()} {options} on_choose={tell.reform(|value: AttrValue| value.to_string())} /> }
        }
        ValueKind::Number | ValueKind::Span => {
            html! { <Field quiet={true} class="value-short" label={t!("rule-value")} value={condition.value.clone()} on_input={tell} /> }
        }
        ValueKind::Step => html! {
            <><Field quiet={true} class="value-short" label={t!("rule-value")} value={condition.value.clone()} on_input={tell} />
            <Base condition={condition.clone()} on_change={props.on_change.clone()} /></>
        },
    }
}

/// The message of a word that a rule writes.
fn choice_label(word: &str) -> &'static str {
    match word {
        "new" => "condition-new",
        "unworn" => "condition-unworn",
        "very_good" => "condition-very-good",
        "good" => "condition-good",
        "fair" => "condition-fair",
        "poor" => "condition-poor",
        "incomplete" => "condition-incomplete",
        "auction" => "kind-auction",
        "great" => "word-great",
        "overpriced" => "word-overpriced",
        "low" => "word-low",
        "medium" => "word-medium",
        "high" => "word-high",
        _ => "kind-fixed",
    }
}

#[component]
fn Base(props: &ValueProps) -> Html {
    let options = known(BASES.iter().copied(), &props.condition.base);
    let (tell, condition) = (props.on_change.clone(), props.condition.clone());
    let choose = Callback::from(move |base: AttrValue| {
        tell.emit(Condition { base: base.to_string(), ..condition.clone() })
    });
    html! { <Choice class="choice-bare" label={t!("rule-base")} value={props.condition.base.clone()} {options} on_choose={choose} /> }
}

#[derive(Properties, PartialEq)]
struct AmountProps {
    value: String,
    on_value: Callback<String>,
}

/// `11000 EUR` as a number and a currency.
#[component]
fn Amount(props: &AmountProps) -> Html {
    let (amount, code) = props.value.split_once(' ').unwrap_or((props.value.as_str(), ""));
    let options =
        known(Currency::ALL.iter().map(|currency| (currency.code(), currency.code())), code);
    let number = {
        let (tell, code) = (props.on_value.clone(), code.to_owned());
        Callback::from(move |amount: String| tell.emit(format!("{} {code}", amount.trim())))
    };
    let currency = {
        let (tell, amount) = (props.on_value.clone(), amount.to_owned());
        Callback::from(move |code: AttrValue| tell.emit(format!("{amount} {code}")))
    };
    html! {
        <><Field quiet={true} class="value-amount" label={t!("rule-amount")} value={amount.to_owned()} on_input={number} />
        <Choice class="choice-bare" label={t!("rule-currency")} value={code.to_owned()} {options} on_choose={currency} /></>
    }
}

#[derive(Properties, PartialEq)]
struct WordsProps {
    condition: Condition,
    on_value: Callback<String>,
}

/// Words, completed from what was seen.
#[component]
fn Words(props: &WordsProps) -> Html {
    let condition = &props.condition;
    let known = use_answer(
        Some(CompleteRuleValue { field: condition.field.clone(), prefix: condition.value.clone() }),
        0,
    )
    .value;
    let id = format!("seen-{}", condition.field);
    html! {
        <><Field quiet={true} class="value-words" label={t!("rule-value")} value={condition.value.clone()} list={AttrValue::from(id.clone())} on_input={props.on_value.clone()} />
        <datalist {id}>{ for known.iter().flat_map(|words| words.iter()).take(12).map(|word| html! { <option value={word.clone()} /> }) }</datalist></>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_operator_keeps_a_value_that_fits() {
        let limit = with_field("landed", "EUR");
        assert_eq!(limit.to_text(), "landed <= 10000 EUR");
        assert_eq!(with_operator(&limit, ">=", "EUR").to_text(), "landed >= 10000 EUR");
        assert_eq!(
            with_operator(&limit, "drops", "EUR").to_text(),
            "landed drops by 5% vs first_seen"
        );
        assert_eq!(
            with_operator(&limit, "is_new_low", "EUR").to_text(),
            "landed is_new_low over 24h"
        );
        assert_eq!(with_field("set", "EUR").to_text(), "set has \"papers\"");
        assert_eq!(with_field("condition", "EUR").to_text(), "condition >= new");
    }
}
