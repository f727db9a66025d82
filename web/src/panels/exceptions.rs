//! The exceptions of a rule as tables that are edited: each cell is a value in the rules files, and what each tuple excludes
//! stands beside it.

use super::{
    exception_forms::{input, more},
    exception_rows::{column_head, new_row, row},
};
use crate::{
    actions,
    i18n::Text,
    results::Results,
    state::State,
    widgets::{
        button::icon_button,
        code::with_code,
        erase::{Keyed, effect, flag, list, part, text},
        icon::{CLOSE, OPEN},
    },
};
use engine::report::{Exception, FileId, Outcome, Status, TableEdit};
use leptos::prelude::*;

/// A rule's exceptions, and how many events each tuple is the first to exclude.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Table {
    pub(super) rule: String,
    pub(super) exceptions: Vec<Exception>,
    pub(super) first: Vec<Vec<usize>>,
    /// Events that the condition alone matches; none while the rule does not run.
    pub(super) held: Option<u32>,
    stale: bool,
    /// The file with the rule.
    file: Option<FileId>,
}

impl Table {
    fn of(results: &Results, position: u32) -> Option<Self> {
        let rule = results.rules.get(position as usize)?;
        let zero = |exception: &Exception| vec![0; exception.tuples.len()];
        let mut first: Vec<Vec<usize>> = rule.exceptions.iter().map(zero).collect();
        for hit in results.verdicts.iter().flatten().filter(|hit| hit.rule == position) {
            if let Outcome::Suppressed { exception, tuple: Some(tuple) } = hit.outcome
                && let Some(count) =
                    first.get_mut(exception as usize).and_then(|counts| counts.get_mut(tuple as usize))
            {
                *count += 1;
            }
        }
        Some(Self {
            rule: rule.name.clone(),
            exceptions: rule.exceptions.clone(),
            first,
            held: (rule.status == Status::Active).then_some(rule.matched + rule.suppressed),
            stale: results.stale(position),
            file: Some(rule.at.file),
        })
    }
}

/// What all parts of the table read.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) state: State,
    pub(super) table: Memo<Option<Table>>,
    /// Where the focus goes if what has it goes away.
    next: StoredValue<Option<String>>,
}

impl View {
    pub(super) fn exception<T: Default>(self, at: u32, of: impl Fn(&Exception) -> T) -> T {
        self.table.with(|table| {
            table.as_ref().and_then(|table| table.exceptions.get(at as usize)).map(of).unwrap_or_default()
        })
    }

    pub(super) fn edit(self, edit: TableEdit) {
        let rule = self.table.with_untracked(|table| table.as_ref().map(|table| table.rule.clone()));
        if let Some(rule) = rule {
            actions::exceptions::edit_exceptions(self.state, rule, edit);
        }
    }

    /// The same, and the focus goes to `next` if what has it goes away.
    pub(super) fn edit_and_go(self, edit: TableEdit, next: String) {
        self.next.set_value(Some(next));
        self.edit(edit);
    }

    pub(super) fn words(self, text: Text, args: Vec<String>) -> Signal<String> {
        self.state.tf(text, move || args.clone())
    }
}

/// The exceptions of rule `rule`, folded unless `open`.
pub(crate) fn exceptions_table(state: State, rule: Signal<Option<u32>>, open: bool) -> AnyView {
    let table = Memo::new(move |_| {
        rule.get().and_then(|rule| state.results.with(|results| Table::of(results, rule)))
    });
    let view = View { state, table, next: StoredValue::new(None) };
    effect(move || {
        table.track();
        if let Some(next) = view.next.try_update_value(Option::take).flatten() {
            request_animation_frame(move || {
                if document().active_element().is_none_or(|element| element.tag_name() == "BODY") {
                    crate::app::focus(&next);
                }
            });
        }
    });
    let of = move |of: fn(&Table) -> bool| flag(move || table.with(|table| table.as_ref().is_some_and(of)));
    let number = text(move || {
        table.with(|table| table.as_ref().map_or(0, |table| table.exceptions.len())).to_string()
    });
    let rows = move || {
        let key = |table: &Table| (table.rule.clone(), table.exceptions.len() as u32);
        let (rule, count) = table.with(|table| table.as_ref().map(key)).unwrap_or_default();
        (0..count).map(|at| Keyed::new(format!("{rule}/{at}"), move || exception(view, at))).collect()
    };
    let refused = part(move || {
        let why = state
            .refused
            .get()
            .filter(|(rule, _)| table.with(|table| table.as_ref().is_some_and(|table| table.rule == *rule)));
        why.map_or_else(
            || ().into_any(),
            |(_, why)| {
                state.lang.track();
                with_code(&actions::sentence(state, &why))
            },
        )
    });
    let locked = Memo::new(move |_| {
        let file = table.with(|table| table.as_ref()?.file)?;
        state.results.with(|results| locked_name(state, results, file))
    });
    let built = text(move || {
        let texts = table.with(|table| {
            let all = table.iter().flat_map(|table| &table.exceptions);
            all.filter(|one| !one.text.is_empty())
                .map(|one| format!("and not {}", one.text))
                .collect::<Vec<_>>()
        });
        texts.join("\n")
    });
    view! {
        <details class="exc" open=open hidden=flag(move || table.with(Option::is_none))>
            <summary><h3>{state.t(Text::Exceptions)}</h3> " " <span class="muted">{number}</span></summary>
            <p class="muted exc-note" hidden=flag(move || !table.with(|table| table.as_ref().is_some_and(|table| table.stale)))>
                {state.t(Text::ExceptionsStale)}
            </p>
            <p class="muted exc-note" hidden=flag(move || locked.with(Option::is_none))>
                {state.tf(Text::ExceptionsLocked, move || vec![locked.get().unwrap_or_default()])}
            </p>
            <fieldset disabled=of(|table| table.stale) aria-label=state.t(Text::Exceptions)>
                {list(rows)}
                <p class="exc-refused" role="alert">{refused}</p>
                {more(view, None)}
                <details class="exc-more" hidden=flag(move || built.with(String::is_empty))>
                    <summary>{state.t(Text::ExceptionsBuilt)}</summary>
                    <pre class="file-text exc-built" tabindex="0">{built}</pre>
                </details>
            </fieldset>
        </details>
    }
    .into_any()
}

fn exception(view: View, at: u32) -> AnyView {
    let state = view.state;
    let name = text(move || view.exception(at, |exception| exception.name.clone()));
    let columns = Memo::new(move |_| view.exception(at, |exception| exception.fields.len() as u32));
    let head = part(move || {
        let count = columns.get();
        (0..count).map(|column| column_head(view, at, column, count)).collect::<Vec<_>>().into_any()
    });
    let rows = move || {
        let tuples = view.exception(at, |exception| exception.tuples.len() as u32);
        let count = columns.get();
        let row = move |tuple| Keyed::new(format!("{tuple}/{count}"), move || row(view, at, tuple, count));
        let new = Keyed::new(format!("+{tuples}/{count}"), move || new_row(view, at, tuples, count));
        (0..tuples).map(row).chain([new]).collect()
    };
    let go = move || {
        let place = view.table.with_untracked(|table| {
            table.as_ref().and_then(|table| Some(table.exceptions.get(at as usize)?.at))
        });
        if let Some(place) = place {
            actions::go_to(state, &place);
        }
    };
    let named = move |text: Text| state.tf(text, move || vec![name.get()]);
    view! {
        <section class="exc-one" aria-label=name>
            <div class="exc-head">
                {input(String::new(), state.t(Text::ExceptionName), name, move |name| {
                    view.edit(TableEdit::Rename { exception: at, name });
                })}
                {icon_button(named(Text::GoToRule), OPEN, go)}
                {icon_button(named(Text::RemoveException), CLOSE, move || {
                    view.edit_and_go(TableEdit::Remove { exception: at }, ".exc > summary".to_owned());
                })}
            </div>
            <div class="exc-scroll">
                <table aria-label=name>
                    <thead>
                        <tr>
                            {head}
                            <th scope="col">{state.t(Text::Events)}</th>
                        </tr>
                    </thead>
                    <tbody>{list(rows)}</tbody>
                </table>
            </div>
            {more(view, Some(at))}
        </section>
    }
    .into_any()
}

/// Name of a file if it is read-only.
pub(super) fn locked_name(state: State, results: &Results, file: FileId) -> Option<String> {
    let input = results.input(file)?;
    let locked = state.workspace.with(|workspace| workspace.doc(input.key).is_some_and(|doc| doc.locked));
    locked.then(|| input.name.clone())
}
