//! Journeys through the real programs; one file per flow.

mod session;
