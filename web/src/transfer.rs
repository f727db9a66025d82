//! Files in and out: opened or dropped files are recognised and decoded, documents are downloaded.

use crate::{
    actions,
    i18n::Text,
    state::State,
    widgets::erase::with,
    workspace::{CONFIG_NAME, Doc, Role},
};
use js_sys::{Array, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, ReadableStream,
    ReadableStreamDefaultReader, ReadableStreamReadResult, ReadableWritablePair, Url,
};

#[wasm_bindgen]
extern "C" {
    /// Not among the stable ones of `web-sys`, though all browsers have it.
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// Larger files are not opened: the editor and the draft would not be usable.
pub(crate) const MAX_FILE_BYTES: u32 = 8 << 20;
/// As much of a log of events is read, unpacked: the browser has it several times, and it must fit into the memory of a tab.
pub(crate) const MAX_LOG_BYTES: u32 = 128 << 20;
/// As many files are opened at once.
const MAX_FILES: usize = 20;

/// What an opened file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Rules, events or the configuration, by what it holds.
    Any,
    /// The user's own base rules.
    Base,
}

/// The hidden input that asks the browser for files.
pub(crate) fn chooser(state: State) -> AnyView {
    view! {
        <input
            type="file"
            id="chooser"
            hidden
            multiple
            // Not only by ending: rules often come as `.yaml.tmpl`, events as `.log`.
            accept=".yaml,.yml,.json,.jsonl,.ndjson,.log,.txt,.gz,text/*,application/json,application/gzip"
            on:change=with(move |event: web_sys::Event| {
                let input: HtmlInputElement = event_target(&event);
                if let Some(files) = input.files() {
                    open(state, &files, state.purpose.get_value());
                }
                // The same file can be chosen again.
                input.set_value("");
            })
        />
    }
    .into_any()
}

/// Lets the user choose files.
pub(crate) fn choose(state: State, purpose: Purpose) {
    state.purpose.set_value(purpose);
    let input = document().get_element_by_id("chooser");
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_multiple(purpose == Purpose::Any);
        input.click();
    }
}

/// Opens files that were chosen or dropped.
pub(crate) fn open(state: State, files: &FileList, purpose: Purpose) {
    let count = files.length() as usize;
    let files: Vec<File> = (0..count.min(MAX_FILES)).filter_map(|at| files.get(at as u32)).collect();
    spawn_local(async move {
        for file in files {
            let name = file.name();
            match read(&file).await {
                Ok((text, _)) if purpose == Purpose::Base => actions::replace_base(state, &text),
                Ok((text, end)) => take(state, &name, &text, end),
                Err(refusal) => actions::notify(state, refusal.tell(state, &name), None),
            }
        }
        if count > MAX_FILES {
            actions::notify(state, state.say(Text::TooManyFiles, &[&MAX_FILES.to_string()]), None);
        }
    });
}

fn take(state: State, name: &str, text: &str, end: End) {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    let role = recognise(plain, text);
    if role != Role::Events && text.len() > MAX_FILE_BYTES as usize {
        return actions::notify(state, Refusal::TooLarge(MAX_FILE_BYTES).tell(state, name), None);
    }
    actions::take_file(state, role, plain, text);
    // In the place of the notice that it was added, which goes without saying.
    match end {
        End::Whole => {}
        End::Damaged => actions::notify(state, state.say(Text::FileCutShort, &[name]), None),
        End::Limit => {
            let limit = (MAX_LOG_BYTES >> 20).to_string();
            actions::notify(state, state.say(Text::FileTooLong, &[name, &limit]), None);
        }
    }
}

/// Where reading a file ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Whole,
    /// The rest could not be unpacked.
    Damaged,
    /// There was more than is read.
    Limit,
}

/// Reads a file, unpacked if it is packed by gzip, piece by piece.
async fn read(file: &File) -> Result<(String, End), Refusal> {
    let start = file.slice_with_i32_and_i32(0, 4).map_err(|_| Refusal::Unreadable)?;
    let start = JsFuture::from(start.array_buffer()).await.map_err(|_| Refusal::Unreadable)?;
    let start = Uint8Array::new(&start).to_vec();
    let packed = start.starts_with(&[0x1f, 0x8b]);
    if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(Refusal::Zstandard);
    }
    let log = packed || recognise(&file.name(), "- ") == Role::Events;
    let limit = if log { MAX_LOG_BYTES } else { MAX_FILE_BYTES };
    if !log && file.size() > f64::from(limit) {
        return Err(Refusal::TooLarge(limit));
    }
    let mut stream = file.stream();
    if packed {
        let unpacked = DecompressionStream::new("gzip").map_err(|_| Refusal::Unreadable)?;
        stream = stream.pipe_through(unpacked.unchecked_ref::<ReadableWritablePair>());
    }
    let (bytes, end) = pieces(&stream, limit as usize).await;
    // What came before the damage is used; if nothing did, there is no reason to call it damage.
    if end == End::Damaged && bytes.is_empty() {
        return Err(Refusal::Unreadable);
    }
    let bytes = if end == End::Whole { bytes } else { whole_lines(bytes) };
    Ok((decode(bytes)?, end))
}

async fn pieces(stream: &ReadableStream, limit: usize) -> (Vec<u8>, End) {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let Ok(piece) = JsFuture::from(reader.read()).await else { return (bytes, End::Damaged) };
        let piece: ReadableStreamReadResult = piece.unchecked_into();
        if piece.get_done() == Some(true) {
            return (bytes, End::Whole);
        }
        let piece: Uint8Array = piece.get_value().unchecked_into();
        let before = bytes.len();
        let room = (limit - before).min(piece.length() as usize);
        bytes.resize(before + room, 0);
        if let Some(place) = bytes.get_mut(before..) {
            piece.subarray(0, room as u32).copy_to(place);
        }
        if room < piece.length() as usize {
            let _ = reader.cancel();
            return (bytes, End::Limit);
        }
    }
}

/// Without the line that is not whole, if there is a whole one.
fn whole_lines(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
        bytes.truncate(end + 1);
    }
    bytes
}

/// Why a file is not opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Refusal {
    /// Above so many bytes.
    TooLarge(u32),
    Zstandard,
    Unreadable,
    Binary,
    Utf16,
    /// The first byte that is not UTF-8, counted from 1.
    NotUtf8(usize),
    Empty,
}

impl Refusal {
    fn tell(self, state: State, name: &str) -> String {
        let (text, more) = match self {
            Self::TooLarge(limit) => (Text::FileTooLarge, (limit >> 20).to_string()),
            Self::Zstandard => (Text::FileIsZstandard, String::new()),
            Self::Unreadable => (Text::FileUnreadable, String::new()),
            Self::Binary => (Text::FileIsBinary, String::new()),
            Self::Utf16 => (Text::FileIsUtf16, String::new()),
            Self::NotUtf8(byte) => (Text::FileNotUtf8, byte.to_string()),
            Self::Empty => (Text::FileIsEmpty, String::new()),
        };
        state.say(text, &[name, &more])
    }
}

/// The text of a file; a byte order mark does not belong to it.
fn decode(bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Refusal::Utf16);
    }
    if bytes.contains(&0) {
        return Err(Refusal::Binary);
    }
    let text =
        String::from_utf8(bytes).map_err(|error| Refusal::NotUtf8(error.utf8_error().valid_up_to() + 1))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What a file holds: JSON is always events, YAML rules or events by the first keys of its items; the configuration has its own
/// name, or keys of its own.
fn recognise(name: &str, text: &str) -> Role {
    const RULES: [&str; 5] = ["rule", "macro", "list", "required_engine_version", "required_plugin_versions"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if name == CONFIG_NAME || name.ends_with(".falco.yaml") || engine::config::is_config(text) {
        return Role::Config;
    }
    if matches!(ending.as_str(), "json" | "jsonl" | "ndjson" | "log") {
        return Role::Events;
    }
    let item = |line: &str| {
        let line = line.trim_start().strip_prefix('-')?;
        let (key, _) = line.split_once(':')?;
        let key = key.trim().trim_matches(['"', '\'']);
        Some(RULES.contains(&key))
    };
    let items = || text.lines().filter_map(item);
    if items().any(|is_rule| is_rule) || items().next().is_none() && !text.trim_start().starts_with('{') {
        Role::Rules
    } else {
        Role::Events
    }
}

/// Gives a document to the user as a file.
pub(crate) fn download(doc: &Doc) {
    let parts = Array::of1(&JsValue::from(doc.as_file()));
    let options = BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        save(&doc.name, &blob);
    }
}

/// Gives a file to the user.
pub(crate) fn save(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The download has taken hold of the blob by then.
    set_timeout(move || drop(Url::revoke_object_url(&url)), std::time::Duration::from_secs(10));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_recognised_by_what_they_hold() {
        for (name, text, role) in [
            ("a.yaml", "- rule: x\n  condition: y\n", Role::Rules),
            ("a.yaml", "# c\n-   list: x", Role::Rules),
            ("a.yaml", "- \"macro\": x", Role::Rules),
            ("a.yml", "customRules:\n  a.yaml: |-\n    - rule: x", Role::Rules),
            ("a.yaml", "- name: login\n  evt.type: open", Role::Events),
            ("a.yaml", "- evt.type: open", Role::Events),
            ("a.txt", "{\"evt.type\": \"open\"}", Role::Events),
            ("a.JSONL", "{\"a\": 1}", Role::Events),
            ("a.yaml", "just words", Role::Rules),
            ("falco.yaml", "", Role::Config),
            ("5.1.falco.yaml", "x: y", Role::Config),
            (
                "a.yaml",
                "# c\nrules_files: []\nrule_matching: all\nhttp_output:\n  enabled: true\n",
                Role::Config,
            ),
            ("a.yaml", "- priority: x\n  rules: y\n", Role::Events),
        ] {
            assert!(recognise(name, text) == role, "{name}: {text}");
        }
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(decode(Vec::new()), Err(Refusal::Empty));
        assert_eq!(decode(vec![0xff, 0xfe, b'a', 0]), Err(Refusal::Utf16));
        assert_eq!(decode(vec![b'a', 0, b'b']), Err(Refusal::Binary));
        assert_eq!(decode(vec![b'a', 0x83, 0x8b]), Err(Refusal::NotUtf8(2)));
        assert_eq!(whole_lines(b"a\nbc".to_vec()), b"a\n");
        assert_eq!(whole_lines(b"abc".to_vec()), b"abc");
        assert_eq!(decode("\u{feff}- é日本😀".into()), Ok("- é日本😀".to_owned()));
    }
}
