use iec62304_macros::requirement;

macro_rules! tagged {
    ($name:ident, $first:literal, $second:expr, $third:tt, level = $level:literal) => {
        #[requirement($first, $second, $third, level = $level)]
        fn $name() {}
    };
}

tagged! { right, "SRS-1", "SRS-2", "SRS-3", level = "unit" }
tagged! { wrong, "SRS 1", "SRS-2", "SRS-2", level = "module" }
tagged! { no_strings, 1, 2 + 2, 3, level = "unit" }

fn main() {
    right();
    wrong();
    no_strings();
}
