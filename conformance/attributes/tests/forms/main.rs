//! Every form in which a test is written, with tags above, between and below its attributes.

mod conditional;
mod in_combination;
mod in_proptest;
mod with_rstest;
mod with_test_case;
mod with_tokio;
