//! Alert lines and messages.

use super::*;
use crate::resolve::output::parse;
use crate::value::Double;
use std::collections::HashMap;

struct Event(HashMap<FieldKey, Value>);

impl Fields for Event {
    fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.0.get(key)
    }
}

fn event() -> Event {
    let text = |text: &str| Value::Text(text.into());
    let values = [
        ("evt.time", text("16:00:00.020000000")),
        ("evt.time.iso8601", text("2026-03-01T16:00:00.020000000+0000")),
        ("evt.rawtime", Value::Integer(1_772_380_800_020_000_000)),
        ("evt.rawtime.ns", Value::Integer(20_000_000)),
        ("proc.cmdline", text("sh -c \"日本\"\n")),
        ("proc.pid", Value::Integer(12)),
        ("proc.aname[1]", text("bash")),
        ("proc.aname[2]", text("sshd")),
        ("fd.dev", Value::Integer(0x802)),
        ("thread.cpu", Value::Double(Double(0.25))),
        ("evt.failed", Value::Bool(true)),
        ("fd.types", Value::List(Box::new([text("file")]))),
    ];
    Event(
        values.into_iter().map(|(name, value)| (FieldKey::parse(name, "syscall").unwrap(), value)).collect(),
    )
}

fn output(text: &str) -> Output {
    parse(text, "syscall").output.unwrap()
}

const TAGS: &[String] = &[];
const RULE: AlertRule<'_> =
    AlertRule { name: "R", priority: Priority::Warning, source: "syscall", tags: TAGS };

const PLAIN: AlertFormat = AlertFormat {
    json: false,
    output: true,
    tags: true,
    message: false,
    output_fields: true,
    iso_time: false,
    base64: false,
};

#[test]
fn the_line_is_escaped_as_a_whole() {
    let event = event();
    let message = format(&output("ran %proc.cmdline by %user.name"), PLAIN, &event);
    assert_eq!(message, "ran sh -c \"日本\"\n by <NA>");
    assert_eq!(
        text(&RULE, PLAIN, &message, &event),
        "16:00:00.020000000: Warning ran sh -c \\\"日本\\\"\\n by <NA>"
    );
}

#[test]
fn json_has_typed_values_and_sorted_keys() {
    let event = event();
    let output = output(
        "%proc.pid %fd.dev %thread.cpu %evt.failed %fd.types %proc.aname %proc.aname[2] %user.name %toupper(proc.cmdline) \
         %evt.rawtime.ns %proc.pid",
    );
    let message = format(&output, PLAIN, &event);
    let tags = [String::from("a")];
    let rule = AlertRule { tags: &tags, ..RULE };
    let shown = json(&rule, PLAIN, &output, &message, &event);
    assert!(shown.starts_with(
        r#"{"hostname":"","output":"16:00:00.020000000: Warning 12 802 0.2 true (file) bash sshd sshd"#
    ));
    assert!(shown.ends_with(
        r#""priority":"Warning","rule":"R","source":"syscall","tags":["a"],"time":"2026-03-01T16:00:00.020000000Z"}"#
    ));
    let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        read["output_fields"].to_string(),
        r#"{"evt.failed":true,"evt.rawtime.ns":20000000,"evt.time":1772380800020000000,"fd.dev":"802","fd.types":["file"],"proc.aname":"bash sshd","proc.aname[2]":"sshd","proc.cmdline":"sh -c \"日本\"\n","proc.pid":12,"thread.cpu":0.25,"user.name":null}"#
    );
}

#[test]
fn widths_fill_and_cut_bytes() {
    let event = event();
    assert_eq!(format(&output("%5proc.pid|%2proc.aname[1]|%0proc.pid"), PLAIN, &event), "12   |ba|12");
}

#[test]
fn switches_of_the_configuration() {
    let event = event();
    let mut output = output("%proc.pid");
    output.extra = vec![
        ("failed".into(), Extra::Format(parse("%evt.failed", "syscall").output.unwrap().parts)),
        ("evt.failed".into(), Extra::Field(FieldKey::named("evt.failed").unwrap())),
    ];
    let few = AlertFormat { message: true, output: false, tags: false, iso_time: true, ..PLAIN };
    assert_eq!(text(&RULE, few, "m", &event), "2026-03-01T16:00:00.020000000+0000: Warning m");
    assert_eq!(
        json(&RULE, few, &output, "m", &event),
        r#"{"hostname":"","message":"m","output_fields":{"evt.failed":true,"evt.time.iso8601":1772380800020000000,"failed":"true","proc.pid":12},"priority":"Warning","rule":"R","source":"syscall","time":"2026-03-01T16:00:00.020000000Z"}"#
    );
    let least = AlertFormat { output_fields: false, ..few };
    assert!(!json(&RULE, least, &output, "m", &event).contains("output_fields"));
}

#[test]
fn buffers_are_base64_where_asked_for() {
    let buffer = FieldKey::named("evt.buffer").unwrap();
    let event = Event(HashMap::from([(buffer, Value::Text("a\n".into()))]));
    let coded = AlertFormat { base64: true, ..PLAIN };
    assert_eq!(format(&output("%evt.buffer"), PLAIN, &event), "a.");
    assert_eq!(format(&output("%evt.buffer"), coded, &event), "YQo=");
}
