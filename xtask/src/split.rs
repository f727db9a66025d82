//! Takes the code of a wasm file apart: all opcodes, all indices of locals, all offsets and so on, each in a part of its own.
//! What stands together is then alike, and packs an eighth smaller. `web/boot/join.js` puts it together again; its tables and
//! these must agree, which every release build tries on its own wasm.

/// Numbers of the parts. Opcodes and what is nearly a part of them come first, since all else is read by them.
const OPCODES: usize = 0;
const REST: usize = 1;
const LOCALS: usize = 2;
const CALLS: usize = 3;
const LOADS: usize = 4;
const STORES: usize = 5;
const BRANCHES: usize = 6;
const LONGS: usize = 7;
const SETS: usize = 8;
/// By the class of the next opcode, a part for each.
const GETS: usize = 9;
const CONSTANTS: usize = GETS + CLASSES;
/// How many there are.
pub(crate) const PARTS: usize = CONSTANTS + CLASSES;

const CLASSES: usize = 14;

const CODE: u8 = 10;

type Result<T> = std::result::Result<T, String>;

/// The parts of a wasm file, in their order.
pub(crate) fn split(wasm: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut parts = vec![Vec::new(); PARTS];
    let mut input = Input { bytes: wasm, at: 0 };
    let magic = input.take(8)?;
    if magic != b"\0asm\x01\0\0\0" {
        return Err("this is no wasm file".into());
    }
    let mut rest = magic.to_vec();
    while input.at < wasm.len() {
        let start = input.at;
        let section = input.byte()?;
        let end = input.number()? + input.at;
        if section == CODE {
            let functions = input.number()?;
            rest.extend(input.since(start));
            for _ in 0..functions {
                function(&mut input, &mut parts)?;
            }
        } else {
            input.take(end.saturating_sub(input.at))?;
            rest.extend(input.since(start));
        }
        if input.at != end {
            return Err(format!("section {section} does not end where it says"));
        }
    }
    put(&mut parts, REST, &rest);
    Ok(parts)
}

fn function(input: &mut Input<'_>, parts: &mut [Vec<u8>]) -> Result<()> {
    let end = input.number()? + input.at;
    let start = input.at;
    for _ in 0..input.number()? {
        input.numbers(2)?;
    }
    put(parts, LOCALS, input.since(start));
    let mut depth = 1_u32;
    while depth > 0 {
        let start = input.at;
        let opcode = input.byte()?;
        put(parts, OPCODES, &[opcode]);
        let start = start + 1;
        // The numbers that follow stand with the opcodes, unless told otherwise.
        let mut part = OPCODES;
        match opcode {
            0x02..=0x04 => {
                depth += 1;
                input.numbers(1)?;
            }
            0x0b => depth -= 1,
            0x0c | 0x0d => part = input.one(BRANCHES)?,
            0x0e => {
                let targets = input.number()?;
                input.numbers(targets + 1)?;
            }
            0x10 => part = input.one(CALLS)?,
            0x11 => input.numbers(2)?,
            0x20 => part = input.one(GETS)?,
            0x21 | 0x22 => part = input.one(SETS)?,
            0x23..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => input.numbers(1)?,
            0x28..=0x3e => {
                input.numbers(1)?;
                put(parts, OPCODES, input.since(start));
                let start = input.at;
                let part = input.one(if opcode < 0x36 { LOADS } else { STORES })?;
                put(parts, part, input.since(start));
                continue;
            }
            0x41 => part = input.one(CONSTANTS)?,
            0x42 => part = input.one(LONGS)?,
            0x43 => drop(input.take(4)?),
            0x44 => drop(input.take(8)?),
            0xfc => {
                let more = match input.number()? {
                    0..=7 => 0,
                    9 | 11 | 13 | 15..=17 => 1,
                    8 | 10 | 12 | 14 => 2,
                    other => return Err(format!("opcode fc {other:02x} is not known here")),
                };
                input.numbers(more)?;
            }
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            _ => return Err(format!("opcode {opcode:02x} is not known here")),
        }
        if part == GETS || part == CONSTANTS {
            part += class(input.bytes.get(input.at).copied().unwrap_or_default());
        }
        put(parts, part, input.since(start));
    }
    if input.at == end { Ok(()) } else { Err("a function does not end where it says".into()) }
}

/// What the next opcode says about the number before it.
fn class(opcode: u8) -> usize {
    match opcode {
        0x20 => 0,
        0x21 | 0x22 => 1,
        0x28..=0x35 => 2,
        0x36..=0x3e => 3,
        0x41 | 0x42 => 4,
        0x10 => 5,
        0x6a | 0x6b => 6,
        0x04 | 0x0d | 0x45 => 7,
        0x46 | 0x47 => 8,
        0x48..=0x66 => 9,
        0x71..=0x73 => 10,
        0x74..=0x76 => 11,
        0x0b | 0x0c | 0x0e | 0x0f => 12,
        _ => 13,
    }
}

fn put(parts: &mut [Vec<u8>], part: usize, bytes: &[u8]) {
    if let Some(part) = parts.get_mut(part) {
        part.extend(bytes);
    }
}

struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let taken =
            self.bytes.get(self.at..).and_then(|rest| rest.get(..count)).ok_or("the wasm ends too early")?;
        self.at += count;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    /// Reads a number of up to five bytes; of longer ones the lower part.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0_usize, 0_u32);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    fn numbers(&mut self, count: usize) -> Result<()> {
        (0..count).try_for_each(|_| self.number().map(drop))
    }

    /// Passes one number, and says where it belongs.
    fn one(&mut self, part: usize) -> Result<usize> {
        self.numbers(1).map(|()| part)
    }

    fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }
}
