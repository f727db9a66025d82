//! Numbers as Falco reads them: with the rules of the C library, then cut to the width of the field.

use super::ValueProblem;
use crate::catalog::fields::TypeGroup;

/// Reads an integer of `bits` bits. Beyond 64 bits it saturates; what the field has no room for is cut off, as in
/// Falco: `user.uid = 4294967296` means 0.
///
/// # Errors
/// If the text is not a decimal integer. Leading blanks, a sign and leading zeros are fine.
pub fn integer(text: &str, bits: u8, signed: bool) -> Result<i128, ValueProblem> {
    let trimmed = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let (negative, digits) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, trimmed.get(1..)),
        Some(b'+') => (false, trimmed.get(1..)),
        _ => (false, Some(trimmed)),
    };
    let digits = digits.unwrap_or("");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ValueProblem::NotANumber(text.into()));
    }
    let size = digits.bytes().fold(0_u128, |so_far, b| {
        so_far.saturating_mul(10).saturating_add(u128::from(b - b'0')).min(1 << 64)
    });
    let wide: u64 = if signed {
        let limit = (1_u128 << 63) - u128::from(!negative);
        let magnitude = size.min(limit) as u64;
        if negative { magnitude.wrapping_neg() } else { magnitude }
    } else {
        match u64::try_from(size) {
            Ok(magnitude) if negative => magnitude.wrapping_neg(),
            Ok(magnitude) => magnitude,
            Err(_) => u64::MAX,
        }
    };
    Ok(cut(wide, bits, signed))
}

/// The lowest `bits` bits as a number.
fn cut(wide: u64, bits: u8, signed: bool) -> i128 {
    match (bits, signed) {
        (8, true) => i128::from((wide as u8).cast_signed()),
        (16, true) => i128::from((wide as u16).cast_signed()),
        (32, true) => i128::from((wide as u32).cast_signed()),
        (_, true) => i128::from(wide.cast_signed()),
        (8, false) => i128::from(wide as u8),
        (16, false) => i128::from(wide as u16),
        (32, false) => i128::from(wide as u32),
        (_, false) => i128::from(wide),
    }
}

/// A number that a field of type group `group` cannot hold, and what Falco makes of it.
pub fn is_cut(text: &str, group: TypeGroup) -> Option<i128> {
    let TypeGroup::Integer { bits, signed } = group else { return None };
    let read = integer(text, bits, signed).ok()?;
    let written = text.trim_start().trim_start_matches('+').parse::<i128>().ok();
    (written != Some(read)).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_follow_the_c_library() {
        let u32 = |text| integer(text, 32, false).unwrap();
        assert_eq!(u32("01"), 1);
        assert_eq!(u32(" +7"), 7);
        assert_eq!(u32("4294967296"), 0);
        assert_eq!(u32("-1"), 4_294_967_295);
        assert_eq!(u32("99999999999999999999999999999999999999999999"), 4_294_967_295);
        assert_eq!(integer("-1", 64, false).unwrap(), 18_446_744_073_709_551_615);
        assert_eq!(integer("18446744073709551615", 64, true).unwrap(), i128::from(i64::MAX));
        assert_eq!(integer("-99999999999999999999", 64, true).unwrap(), i128::from(i64::MIN));
        assert_eq!(integer("65537", 16, true).unwrap(), 1);
        for bad in ["", " ", "0x10", "1.0", "7 ", "--7", "٧", "1e3", "+"] {
            assert!(integer(bad, 32, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn cut_numbers_are_noticed() {
        let group = TypeGroup::Integer { bits: 32, signed: false };
        assert_eq!(is_cut("4294967296", group), Some(0));
        assert_eq!(is_cut("-1", group), Some(4_294_967_295));
        assert_eq!(is_cut("0007", group), None);
    }
}
