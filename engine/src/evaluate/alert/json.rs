//! Writes JSON. A library for it would cost the page 4 kB for what are a few lines of grammar here.

pub(super) use crate::parse::quote::json as text;

/// An array of values that are JSON already.
pub(super) fn array(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(","))
}

/// An object of values that are JSON already, in the order given.
pub(super) fn object(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let all: String = (0..0x3000).filter_map(char::from_u32).chain(['😀', '\u{10ffff}']).collect();
        let read: String = serde_json::from_str(&text(&all)).unwrap();
        assert_eq!(read, all);
        let read: serde_json::Value =
            serde_json::from_str(&object(&[("a\"", array(["1".to_owned(), text("x")].into_iter()))]))
                .unwrap();
        assert_eq!(read, serde_json::json!({"a\"": [1, "x"]}));
    }
}
