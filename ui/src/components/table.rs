//! The hook between a long list and the app: asks for the pages in sight, keeps them fresh.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use watches_ipc::fault::Fault;
use yew::prelude::*;

use crate::{
    ipc,
    shell::use_shell,
    state::{
        shell::Action,
        table::{Question, Table},
        window::PAGE,
    },
};

/// A table as a page uses it.
pub struct Asked<Q: Question> {
    pub table: Rc<Table<Q>>,
    /// Why the newest page did not come.
    pub fault: Option<Fault>,
    /// To be told the rows in sight.
    pub on_rows: Callback<(u32, u32)>,
}

/// The table, asked anew when the question or the store changes.
#[hook]
pub fn use_table<Q: Question>(question: Q, revision: u32) -> Asked<Q> {
    let first = Table::new(question.clone());
    // What answers write to: several may come between two drawings.
    let fresh = use_mut_ref(|| first.clone());
    let table = use_state(move || Rc::new(first));
    let fault = use_state(|| None);
    {
        let (fresh, table) = (fresh.clone(), table.setter());
        use_effect_with((question, revision), move |(question, _)| {
            let mut now = fresh.borrow_mut();
            now.ask(question.clone());
            table.set(Rc::new(now.clone()));
        });
    }
    let pace = use_mut_ref(Pace::default);
    let on_rows = {
        let (shown, fault) = (table.setter(), fault.setter());
        use_callback(table.generation, move |rows: (u32, u32), _| {
            let (fresh, shown, fault) = (fresh.clone(), shown.clone(), fault.clone());
            let ask = move || fetch(&fresh, &shown, &fault, rows.0, rows.1);
            pace.borrow_mut().moved_to(rows, ask);
        })
    };
    Asked { table: (*table).clone(), fault: (*fault).clone(), on_rows }
}

/// How long a list that was flung must rest on rows before they are asked for, in milliseconds:
/// nobody reads what is gone before it can be drawn, and asking for it makes the next frame late.
const REST_MS: u32 = 60;

/// When the rows in sight are asked for: at once while they move by less than a screen.
#[derive(Default)]
struct Pace {
    last: (u32, u32),
    resting: Option<Timeout>,
}

impl Pace {
    fn moved_to(&mut self, rows: (u32, u32), ask: impl FnOnce() + 'static) {
        let last = std::mem::replace(&mut self.last, rows);
        if is_flung(last, rows) {
            self.resting = Some(Timeout::new(REST_MS, ask));
        } else {
            self.resting = None;
            ask();
        }
    }
}

/// Whether none of the rows that were in sight still are. The first rows of all are never flung.
fn is_flung(last: (u32, u32), now: (u32, u32)) -> bool {
    let none_before = last.0 == last.1;
    !none_before && (now.0 >= last.1 || now.1 <= last.0)
}

fn fetch<Q: Question>(
    fresh: &Rc<RefCell<Table<Q>>>,
    shown: &UseStateSetter<Rc<Table<Q>>>,
    fault: &UseStateSetter<Option<Fault>>,
    from: u32,
    to: u32,
) {
    let wanted = fresh.borrow_mut().wanted(from, to);
    for page in wanted {
        let (fresh, shown, fault) = (fresh.clone(), shown.clone(), fault.clone());
        let (generation, command) = {
            let now = fresh.borrow();
            (now.generation, now.question.ask(page * PAGE, PAGE))
        };
        spawn_local(async move {
            match ipc::call(command).await {
                Ok(reply) => {
                    let (total, rows) = Q::read(reply);
                    if fresh.borrow_mut().answered(generation, page, total, rows) {
                        shown.set(Rc::new(fresh.borrow().clone()));
                        fault.set(None);
                    }
                }
                Err(why) => {
                    fresh.borrow_mut().failed(generation, page);
                    fault.set(Some(why));
                }
            }
        });
    }
}

/// Where the list called `name` was left, and how to tell its new place.
#[hook]
pub fn use_scroll(name: &'static str) -> (u32, Callback<u32>) {
    let shell = use_shell();
    let start = shell.memory.scroll.get(name).copied().unwrap_or(0);
    let dispatcher = shell.dispatcher();
    let tell =
        use_callback((), move |place, ()| dispatcher.dispatch(Action::Scrolled(name, place)));
    (start, tell)
}

/// While there is no list, the rows it will begin with are asked for all the same.
#[derive(Properties, PartialEq)]
pub struct FirstRowsProps {
    /// The scroll place it will begin at, and the height of its rows.
    pub start: u32,
    pub row_height: u32,
    pub on_rows: Callback<(u32, u32)>,
}

#[component]
pub fn FirstRows(props: &FirstRowsProps) -> Html {
    let first = props.start / props.row_height.max(1);
    use_effect_with((props.on_rows.clone(), first), |(on_rows, first)| {
        on_rows.emit((*first, first.saturating_add(20)))
    });
    html! {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_flung_when_none_of_those_in_sight_stays() {
        assert!(!is_flung((0, 0), (0, 24)), "the first rows");
        assert!(!is_flung((0, 24), (20, 44)));
        assert!(!is_flung((20, 44), (0, 24)));
        assert!(is_flung((0, 24), (24, 48)));
        assert!(is_flung((500, 524), (0, 24)));
    }
}
