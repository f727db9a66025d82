//! A field with its argument, as rules, outputs and events name it.
//!
//! Falco's rules for arguments (sheet `conditions`, section 4) live here. Built-in fields and fields of plugins differ
//! in what they accept and in what Falco says otherwise.

use super::dialect::{CourseField, Dialect};
use super::event_types;
use super::fields::{ArgKind, Field, FieldId, FieldType, STATIC_ID, field, find};
use super::scope::{STATIC, Scope};
use std::fmt;

/// A field and its argument: the name of a column of events.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FieldKey {
    /// The field.
    pub field: FieldId,
    /// The argument, without brackets and quotes; of an index only the digits that count (`[01]` is `1`).
    pub arg: Option<Box<str>>,
}

/// Why a name with an argument is not a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldProblem {
    /// No such field in this event source, or an argument that makes it none.
    Unknown,
    /// A field of a plugin lacks its argument.
    NeedsArgument {
        /// The field.
        field: FieldId,
    },
    /// A field of a plugin takes no argument.
    TakesNoArgument {
        /// The field.
        field: FieldId,
        /// The argument.
        arg: Box<str>,
    },
    /// The index of a field of a plugin is not made of digits, or too large.
    BadIndex {
        /// The field.
        field: FieldId,
        /// The argument.
        arg: Box<str>,
    },
    /// The argument of a field of a plugin holds a blank.
    UnbalancedBrackets {
        /// The field.
        field: FieldId,
    },
    /// A built-in field lacks its argument or has one of the wrong form.
    BadForm {
        /// The field.
        field: FieldId,
    },
    /// The index of a built-in field is not a number.
    NotANumber {
        /// The field.
        field: FieldId,
        /// The argument.
        arg: Box<str>,
    },
    /// `evt.arg.NAME` or `evt.rawarg.NAME` with a name that no event has.
    UnknownEventArgument {
        /// The field.
        field: FieldId,
        /// The name.
        arg: Box<str>,
    },
    /// `evt.rawarg[0]`: raw arguments have names only.
    NotByNumber {
        /// The field.
        field: FieldId,
    },
    /// `evt.type.is.NAME` with a name that is no event type.
    UnknownEventType {
        /// The field.
        field: FieldId,
        /// The name.
        arg: Box<str>,
    },
}

impl FieldKey {
    /// A field without argument.
    pub fn plain(field: FieldId) -> Self {
        Self { field, arg: None }
    }

    /// The plain field with this name in whatever source; None if there is none.
    pub fn named(name: &str) -> Option<Self> {
        super::fields::find_anywhere(name).map(Self::plain)
    }

    /// The static field `static.NAME`.
    pub fn of_static(name: &str) -> Self {
        Self { field: STATIC_ID, arg: Some(name.into()) }
    }

    /// Reads a field as it is written in a rule: `name`, `name[arg]`, `name['arg']`, `name.dotted`.
    ///
    /// # Errors
    /// If there is no such field in `scope`, such as the name of an event source, or the argument does not fit.
    pub fn parse<'a>(text: &str, scope: impl Into<Scope<'a>>) -> Result<Self, FieldProblem> {
        let scope = scope.into();
        let Some((name, rest)) = text.split_once('[') else { return Self::resolve(text, None, scope) };
        let arg = rest.strip_suffix(']').ok_or(FieldProblem::Unknown)?;
        let unquoted = ['"', '\''].iter().find_map(|q| arg.strip_prefix(*q)?.strip_suffix(*q));
        Self::resolve(name, Some(unquoted.unwrap_or(arg)), scope)
    }

    /// Finds a field by the name and the argument (without brackets and quotes) that the parser saw.
    ///
    /// # Errors
    /// If there is no such field in `scope`, or the argument does not fit.
    pub fn resolve(name: &str, arg: Option<&str>, scope: Scope<'_>) -> Result<Self, FieldProblem> {
        if let Some(own) = name.strip_prefix(STATIC) {
            let found = arg.is_none() && scope.has_static(name);
            return if found { Ok(Self::of_static(own)) } else { Err(FieldProblem::Unknown) };
        }
        let found = Self::resolve_in_falco(name, arg, scope.source);
        if found.is_err()
            && scope.dialect == Dialect::Course
            && let Some(field) = CourseField::find(name, arg, scope.source)
        {
            return Ok(field.into_key());
        }
        found
    }

    fn resolve_in_falco(name: &str, arg: Option<&str>, source: &str) -> Result<Self, FieldProblem> {
        if let Some(id) = find(name, source) {
            let arg = if field(id).is_plugin() { plugin_arg(id, arg) } else { builtin_arg(id, arg) }?;
            return Ok(Self { field: id, arg });
        }
        // The longest name before a dot that is a field: `evt.type.is.open` is `evt.type.is` and `open`.
        let dotted = name.rmatch_indices('.').find_map(|(at, _)| {
            let (base, suffix) = (name.get(..at)?, name.get(at + 1..)?);
            Some((find(base, source)?, suffix))
        });
        match dotted {
            Some((id, suffix)) if arg.is_none() => dotted_arg(id, suffix),
            _ => Err(FieldProblem::Unknown),
        }
    }

    /// The catalogue's entry.
    pub fn info(&self) -> &'static Field {
        field(self.field)
    }

    /// The type of the value: the field's, and for `evt.rawarg.NAME` that of the argument in Falco's event table.
    pub fn kind(&self) -> FieldType {
        match (self.info().kind, &self.arg) {
            (FieldType::Dyn, Some(arg)) => event_types::param(arg).unwrap_or(FieldType::Dyn),
            (kind, _) => kind,
        }
    }

    /// The same field with another argument.
    #[must_use]
    pub fn with_arg(&self, arg: impl Into<Box<str>>) -> Self {
        Self { field: self.field, arg: Some(arg.into()) }
    }
}

/// The argument of a built-in field that stands in brackets, or its absence.
fn builtin_arg(id: FieldId, arg: Option<&str>) -> Result<Option<Box<str>>, FieldProblem> {
    let info = field(id);
    let Some(arg) = arg else {
        return if info.arg_required { Err(FieldProblem::BadForm { field: id }) } else { Ok(None) };
    };
    match info.arg {
        None => Err(FieldProblem::Unknown),
        Some(ArgKind::Key) => Ok(Some(arg.into())),
        // As Falco does: digits are an index, for `proc.env` and `proc.aenv` with a meaning of its own.
        Some(ArgKind::IndexOrKey) => Ok(Some(index(arg).unwrap_or_else(|| arg.into()))),
        Some(ArgKind::Index | ArgKind::IndexOrDotName) => match index(arg) {
            Some(digits) => Ok(Some(digits)),
            // As Falco does: ancestor -1 is any ancestor.
            None if arg == "-1" && info.any_ancestor => Ok(None),
            None if info.arg_required || info.list => {
                Err(FieldProblem::NotANumber { field: id, arg: arg.into() })
            }
            None => Err(FieldProblem::Unknown),
        },
        Some(ArgKind::DotName) if info.kind == FieldType::Dyn => Err(FieldProblem::NotByNumber { field: id }),
        Some(ArgKind::DotName) => Err(FieldProblem::BadForm { field: id }),
    }
}

/// The argument of a plugin's field, or its absence.
fn plugin_arg(id: FieldId, arg: Option<&str>) -> Result<Option<Box<str>>, FieldProblem> {
    let info = field(id);
    let Some(arg) = arg else {
        return if info.arg_required { Err(FieldProblem::NeedsArgument { field: id }) } else { Ok(None) };
    };
    if arg.contains(['[', ']']) {
        return Err(FieldProblem::Unknown);
    }
    if arg.contains(|c: char| c.is_ascii_whitespace()) {
        return Err(FieldProblem::UnbalancedBrackets { field: id });
    }
    match info.arg {
        None => Err(FieldProblem::TakesNoArgument { field: id, arg: arg.into() }),
        // As Falco does: a number that begins with a needless zero is no index.
        Some(ArgKind::Index) => index(arg)
            .filter(|digits| **digits == *arg)
            .map(Some)
            .ok_or_else(|| FieldProblem::BadIndex { field: id, arg: arg.into() }),
        Some(_) => Ok(Some(arg.into())),
    }
}

/// A name behind a dot behind the name of field `id`.
fn dotted_arg(id: FieldId, suffix: &str) -> Result<FieldKey, FieldProblem> {
    let info = field(id);
    let arg = || Box::from(suffix);
    if info.is_plugin() {
        return Err(if info.arg_required {
            FieldProblem::NeedsArgument { field: id }
        } else {
            FieldProblem::Unknown
        });
    }
    if !matches!(info.arg, Some(ArgKind::DotName | ArgKind::IndexOrDotName)) || suffix.is_empty() {
        return Err(FieldProblem::Unknown);
    }
    match info.name {
        // As Falco does: it finds the argument by prefix, and then does not know what follows.
        "evt.arg" | "evt.rawarg"
            if event_types::param(suffix).is_none()
                && event_types::params().any(|known| suffix.starts_with(known)) =>
        {
            Err(FieldProblem::Unknown)
        }
        "evt.arg" | "evt.rawarg" if event_types::param(suffix).is_none() => {
            Err(FieldProblem::UnknownEventArgument { field: id, arg: arg() })
        }
        "evt.type.is" if event_types::find(suffix).is_none() => {
            Err(FieldProblem::UnknownEventType { field: id, arg: arg() })
        }
        "evt.abspath" if !matches!(suffix, "src" | "dst") => Err(FieldProblem::BadForm { field: id }),
        _ => Ok(FieldKey { field: id, arg: Some(arg()) }),
    }
}

/// The digits of an index without leading zeros, if it is one that fits 64 bits.
fn index(text: &str) -> Option<Box<str>> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse::<u64>().ok().map(|number| number.to_string().into()) } else { None }
}

impl FieldProblem {
    /// Falco's text for it; `written` is the field with its argument as it stands in the rule.
    pub fn falco(&self, written: &str) -> String {
        match self {
            Self::Unknown => format!("filter_check called with nonexistent field {written}"),
            Self::NeedsArgument { field: id } => {
                let name = field(*id).name;
                format!("filter '{written}': {name} requires an argument but none provided")
            }
            Self::TakesNoArgument { field: id, arg } => {
                let name = field(*id).name;
                format!(
                    "filter '{written}': {name} does not allow nor require an argument but one is provided: {arg}"
                )
            }
            Self::BadIndex { field: id, arg } => {
                let name = field(*id).name;
                let is_number = arg.bytes().all(|b| b.is_ascii_digit());
                let why = if is_number { "starting with 0" } else { "not composed only by digits" };
                format!("filter {written} {name} has an invalid index argument {why}: {arg}")
            }
            Self::UnbalancedBrackets { field: id } => {
                let name = field(*id).name;
                // As Falco does: it shows the text up to the blank.
                let shown = written.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or(written);
                format!("filter '{shown}': {name} has unbalanced argument brackets")
            }
            Self::BadForm { .. } => format!("filter syntax error: {written}"),
            Self::NotANumber { arg, .. } => format!("{arg} is not a valid number"),
            Self::UnknownEventArgument { arg, .. } => format!("unknown event argument {arg}"),
            Self::NotByNumber { .. } => "evt.arg fields must be expressed explicitly".to_owned(),
            Self::UnknownEventType { arg, .. } => format!("unknown event type {arg}"),
        }
    }

    /// The field that was found, if one was.
    pub fn field(&self) -> Option<FieldId> {
        match self {
            Self::Unknown => None,
            Self::NeedsArgument { field }
            | Self::TakesNoArgument { field, .. }
            | Self::BadIndex { field, .. }
            | Self::UnbalancedBrackets { field }
            | Self::BadForm { field }
            | Self::NotANumber { field, .. }
            | Self::UnknownEventArgument { field, .. }
            | Self::NotByNumber { field }
            | Self::UnknownEventType { field, .. } => Some(*field),
        }
    }
}

/// As a rule would write it, quoted where it must be.
impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.info();
        f.write_str(info.name)?;
        let Some(arg) = &self.arg else { return Ok(()) };
        let bare = |c: char| !matches!(c, '[' | ']' | '"' | '\'') && !c.is_ascii_whitespace();
        match info.arg {
            Some(ArgKind::DotName) => write!(f, ".{arg}"),
            Some(ArgKind::IndexOrDotName) if index(arg).is_none() => write!(f, ".{arg}"),
            _ if !arg.is_empty() && arg.chars().all(bare) => write!(f, "[{arg}]"),
            _ if arg.contains('"') => write!(f, "['{arg}']"),
            _ => write!(f, "[\"{arg}\"]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, source: &str) -> Result<String, String> {
        FieldKey::parse(text, source).map(|key| key.to_string()).map_err(|problem| problem.falco(text))
    }

    #[test]
    fn accepted_forms_print_as_a_rule_writes_them() {
        for (written, printed) in [
            ("proc.name", "proc.name"),
            ("proc.aname", "proc.aname"),
            ("proc.aname[2]", "proc.aname[2]"),
            ("proc.aname[\"1\"]", "proc.aname[1]"),
            ("proc.aname[01]", "proc.aname[1]"),
            ("proc.aname[-1]", "proc.aname"),
            ("proc.args[1]", "proc.args[1]"),
            ("proc.env[HOME]", "proc.env[HOME]"),
            ("proc.env['A B']", "proc.env[\"A B\"]"),
            ("proc.env", "proc.env"),
            ("evt.arg.flags", "evt.arg.flags"),
            ("evt.arg[1]", "evt.arg[1]"),
            ("evt.rawarg.res", "evt.rawarg.res"),
            ("evt.type.is.open", "evt.type.is.open"),
            ("evt.abspath", "evt.abspath"),
            ("evt.abspath.src", "evt.abspath.src"),
            ("evt.around[5]", "evt.around[5]"),
            ("thread.cgroup.cpuset", "thread.cgroup.cpuset"),
            ("fd.types[1]", "fd.types[1]"),
            ("k8s.pod.label[app.kubernetes.io/name]", "k8s.pod.label[app.kubernetes.io/name]"),
            ("k8s.pod.label[\"\"]", "k8s.pod.label[\"\"]"),
            ("k8s.pod.label[日本]", "k8s.pod.label[日本]"),
            ("container.mount.dest[/data]", "container.mount.dest[/data]"),
            ("container.mount.source[*]", "container.mount.source[*]"),
        ] {
            assert_eq!(shown(written, "syscall").as_deref(), Ok(printed), "{written}");
        }
        assert_eq!(shown("jevt.value['/stage']", "k8s_audit").as_deref(), Ok("jevt.value[/stage]"));
        assert_eq!(
            shown("ka.req.pod.containers.image[0]", "k8s_audit").as_deref(),
            Ok("ka.req.pod.containers.image[0]")
        );
    }

    #[test]
    fn refusals_have_the_text_of_falco() {
        let nonexistent = "filter_check called with nonexistent field ";
        for (written, text) in [
            ("user.name[x]", format!("{nonexistent}user.name[x]")),
            ("proc.name.x", format!("{nonexistent}proc.name.x")),
            ("proc.aname[x]", format!("{nonexistent}proc.aname[x]")),
            ("proc.aname[1.5]", format!("{nonexistent}proc.aname[1.5]")),
            ("proc.anamex", format!("{nonexistent}proc.anamex")),
            ("evt.args[1]", format!("{nonexistent}evt.args[1]")),
            ("k8s.pod.label['x]y']", format!("{nonexistent}k8s.pod.label['x]y']")),
            ("ka.verb", format!("{nonexistent}ka.verb")),
            ("evt.arg", "filter syntax error: evt.arg".into()),
            ("evt.arg[res]", "res is not a valid number".into()),
            ("fd.types[x]", "x is not a valid number".into()),
            ("evt.arg.zzz", "unknown event argument zzz".into()),
            ("evt.rawarg[0]", "evt.arg fields must be expressed explicitly".into()),
            (
                "k8s.pod.label",
                "filter 'k8s.pod.label': k8s.pod.label requires an argument but none provided".into(),
            ),
            (
                "container.id[0]",
                "filter 'container.id[0]': container.id does not allow nor require an argument but one is provided: 0".into(),
            ),
        ] {
            assert_eq!(shown(written, "syscall"), Err(text), "{written}");
        }
        let kinds = |text: &str, source| FieldKey::parse(text, source).unwrap_err();
        assert!(matches!(kinds("k8s.pod.label.app", "syscall"), FieldProblem::NeedsArgument { .. }));
        assert!(matches!(kinds("k8s.pod.label['a b']", "syscall"), FieldProblem::UnbalancedBrackets { .. }));
        assert!(matches!(kinds("thread.cgroup[cpu]", "syscall"), FieldProblem::BadForm { .. }));
        let image = "ka.req.pod.containers.image";
        for index in ["x", "18446744073709551616", "-1", "01", "''"] {
            let problem = kinds(&format!("{image}[{index}]"), "k8s_audit");
            assert!(matches!(problem, FieldProblem::BadIndex { .. }), "{index}");
        }
    }

    #[test]
    fn odd_text_is_refused_quietly() {
        for text in ["", ".", "[", "]", "a[", "evt.arg.", "evt.arg[", "proc.env[", "日本語.x", "é[日本", "😀"]
        {
            assert!(FieldKey::parse(text, "syscall").is_err(), "{text}");
        }
    }

    #[test]
    fn raw_arguments_have_the_type_of_the_event_table() {
        let kind = |text| FieldKey::parse(text, "syscall").unwrap().kind();
        assert_eq!(kind("evt.rawarg.res"), FieldType::Errno);
        assert_eq!(kind("evt.rawarg.flags"), FieldType::Flags32);
        assert_eq!(kind("evt.arg.flags"), FieldType::Charbuf);
    }
}
