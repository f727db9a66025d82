//! The keys of falco.yaml.

/// The keys that have an effect here.
pub(super) const USED: &[&str] = &[
    "append_output",
    "buffer_format_base64",
    "json_include_message_property",
    "json_include_output_fields_property",
    "json_include_output_property",
    "json_include_tags_property",
    "json_output",
    "load_plugins",
    "priority",
    "rule_matching",
    "rules",
    "rules_file",
    "rules_files",
    "static_fields",
    "time_format_iso_8601",
];

/// Falco's other keys: they concern its input, its channels and its own life, so nothing is said about them.
pub(super) const OTHER: &[&str] = &[
    "base_syscalls",
    "buffered_outputs",
    "capture",
    "config_files",
    "container_engines",
    "engine",
    "falco_libs",
    "file_output",
    "grpc",
    "grpc_output",
    "http_output",
    "libs_logger",
    "log_level",
    "log_stderr",
    "log_syslog",
    "metadata_download",
    "metrics",
    "modern_bpf",
    "output_timeout",
    "outputs",
    "outputs_queue",
    "plugins",
    "plugins_hostinfo",
    "program_output",
    "stdout_output",
    "syscall_buf_size_preset",
    "syscall_drop_failed_exit",
    "syscall_event_drops",
    "syscall_event_timeouts",
    "syslog_output",
    "watch_config_files",
    "webserver",
];

/// Whether a text is probably a falco.yaml: its outermost keys are Falco's.
pub fn is_config(text: &str) -> bool {
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.to_owned());
    let outer = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    let mut keys = outer.filter_map(key).peekable();
    let known = |key: String| USED.contains(&key.as_str()) || OTHER.contains(&key.as_str());
    keys.peek().is_some() && keys.all(known)
}

/// Of an entry of `append_output`.
pub(super) const ADDITION: &[&str] = &["match", "extra_output", "extra_fields", "suggested_output"];
/// Of its `match`.
pub(super) const MATCH: &[&str] = &["source", "rule", "tags"];
/// Of an entry of `rules`.
pub(super) const ENTRY: &[&str] = &["enable", "disable"];
/// Of its `enable` or `disable`.
pub(super) const SELECT: &[&str] = &["rule", "tag"];
