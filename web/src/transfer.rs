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
/// As much of a file tells what it holds.
const ENOUGH_TO_SEE: usize = 1 << 16;
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
            let plain = name.strip_suffix(".gz").unwrap_or(&name);
            match read(&file).await {
                Ok(Content::Text(text, _)) if purpose == Purpose::Base => actions::replace_base(state, &text),
                Ok(Content::Text(text, damaged)) => {
                    actions::take_file(state, recognise(plain, &text), plain, &text);
                    if damaged {
                        // In the place of the notice that it was added, which goes without saying.
                        actions::notify(state, state.say(Text::FileCutShort, &[&name]), None);
                    }
                }
                Ok(Content::Large(start))
                    if purpose == Purpose::Any && recognise(plain, &start) == Role::Events =>
                {
                    let size = unpacked_size(&file).await;
                    actions::open_log(state, file, plain, size);
                }
                Ok(Content::Large(_)) => {
                    actions::notify(state, Refusal::TooLarge(MAX_FILE_BYTES).tell(state, &name), None);
                }
                Err(refusal) => actions::notify(state, refusal.tell(state, &name), None),
            }
        }
        if count > MAX_FILES {
            actions::notify(state, state.say(Text::TooManyFiles, &[&MAX_FILES.to_string()]), None);
        }
    });
}

/// What is in a file.
enum Content {
    /// Its text, and whether the rest of it could not be unpacked.
    Text(String, bool),
    /// The start of more than the editor can take.
    Large(String),
}

/// What a file holds, unpacked if it is packed by gzip.
pub(crate) async fn unpacked(file: &File) -> Option<ReadableStream> {
    let stream = file.stream();
    if !bytes_of(file, 0.0, 2.0).await?.starts_with(&[0x1f, 0x8b]) {
        return Some(stream);
    }
    let unpacked = DecompressionStream::new("gzip").ok()?;
    Some(stream.pipe_through(unpacked.unchecked_ref::<ReadableWritablePair>()))
}

/// How many bytes a file has, unpacked. A packed one says that at its end, though not beyond four gigabytes, and not if it was cut
/// off; where that cannot be, it is taken for what logs mostly are.
async fn unpacked_size(file: &File) -> f64 {
    let size = file.size();
    let is_packed = bytes_of(file, 0.0, 2.0).await.is_some_and(|start| start.starts_with(&[0x1f, 0x8b]));
    if !is_packed {
        return size;
    }
    let said = bytes_of(file, size - 4.0, size).await.and_then(|end| end.try_into().ok());
    let said = f64::from(said.map_or(0, u32::from_le_bytes));
    if (size..100.0 * size).contains(&said) { said } else { 10.0 * size }
}

async fn bytes_of(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    Some(Uint8Array::new(&JsFuture::from(part.array_buffer()).await.ok()?).to_vec())
}

/// Reads a file, as far as the editor can take it.
async fn read(file: &File) -> Result<Content, Refusal> {
    let start = bytes_of(file, 0.0, 4.0).await.ok_or(Refusal::Unreadable)?;
    if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(Refusal::Zstandard);
    }
    let stream = unpacked(file).await.ok_or(Refusal::Unreadable)?;
    let limit = if file.size() > f64::from(MAX_FILE_BYTES) { ENOUGH_TO_SEE } else { MAX_FILE_BYTES as usize };
    let (bytes, end) = pieces(&stream, limit).await;
    match end {
        End::Whole => Ok(Content::Text(decode(bytes)?, false)),
        // What came before the damage is used; if nothing did, there is no reason to call it damage.
        End::Damaged if bytes.is_empty() => Err(Refusal::Unreadable),
        End::Damaged => Ok(Content::Text(decode(whole_lines(bytes))?, true)),
        End::Limit => {
            let start = bytes.get(..ENOUGH_TO_SEE).unwrap_or(&bytes);
            match decode(start.to_vec()) {
                // The worker takes the rest as it is.
                Err(Refusal::NotUtf8(_)) => Ok(Content::Large(String::from_utf8_lossy(start).into_owned())),
                Err(refusal) => Err(refusal),
                Ok(start) => Ok(Content::Large(start)),
            }
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

/// Gives a document to the user as a file; a large one as it came.
pub(crate) fn download(state: State, doc: &Doc) {
    if let Some(log) = &doc.log {
        // A packed one is given back as it is.
        return actions::file_of(state, log).iter().for_each(|file| save(&file.name(), file));
    }
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
