//! The ruleset to expressions without names and places.
