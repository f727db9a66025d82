//! Fields that Falco works out from others, so that no event can give them.

use crate::catalog::FieldKey;
use crate::catalog::fields::FieldType;

/// What Falco works this field out from, so that an event cannot have it.
pub(super) fn worked_out_from(key: &FieldKey) -> Option<&'static str> {
    let info = key.info();
    match info.name {
        "fd.ip" | "fd.net" => Some("`fd.cip` and `fd.sip`"),
        "fd.port" | "fd.proto" => Some("`fd.cport` and `fd.sport`"),
        "fd.cnet" => Some("`fd.cip`"),
        "fd.snet" => Some("`fd.sip`"),
        "fd.lnet" => Some("`fd.lip`"),
        "fd.rnet" => Some("`fd.rip`"),
        "evt.around" => Some("`evt.rawtime`"),
        _ if info.kind == FieldType::IpNet => Some("the address"),
        _ => None,
    }
}
