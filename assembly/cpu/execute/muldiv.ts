// Multiplication and division (unprivileged specification 7). Division never traps here: x / 0 is all ones, x % 0
// is x, and the overflow -2^31 / -1 gives -2^31 with remainder 0; WebAssembly's own division would trap.

/** Zero-extends a word: the cast <u64><u32> of an inlined parameter would extend its sign. */
const LOW_WORD: i64 = 0xffffffff;

// @ts-ignore: decorator
@inline
export function mul(a: i32, b: i32): i32 {
  return a * b;
}

// @ts-ignore: decorator
@inline
export function mulh(a: i32, b: i32): i32 {
  return <i32>((<i64>a * <i64>b) >> 32);
}

// @ts-ignore: decorator
@inline
export function mulhsu(a: i32, b: i32): i32 {
  return <i32>((<i64>a * ((<i64>b) & LOW_WORD)) >> 32);
}

// @ts-ignore: decorator
@inline
export function mulhu(a: i32, b: i32): i32 {
  return <i32>((((<i64>a) & LOW_WORD) * ((<i64>b) & LOW_WORD)) >> 32);
}

/** Kept out of line: a division takes far longer than a call, and its cases are many. */
export function div(a: i32, b: i32): i32 {
  if (b == 0) return -1;
  if (b == -1) return -a;
  return a / b;
}

export function divu(a: i32, b: i32): i32 {
  return b ? <i32>(<u32>a / <u32>b) : -1;
}

export function rem(a: i32, b: i32): i32 {
  if (b == 0) return a;
  if (b == -1) return 0;
  return a % b;
}

export function remu(a: i32, b: i32): i32 {
  return b ? <i32>(<u32>a % <u32>b) : a;
}
