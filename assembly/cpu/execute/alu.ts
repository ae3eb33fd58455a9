// Integer computation (unprivileged specification 2.4): values in, value out. The immediate forms are the same
// functions. Shifts take the low five bits of their count, which is what WebAssembly's shifts do.

// @ts-ignore: decorator
@inline
export function add(a: i32, b: i32): i32 {
  return a + b;
}

// @ts-ignore: decorator
@inline
export function sub(a: i32, b: i32): i32 {
  return a - b;
}

// @ts-ignore: decorator
@inline
export function sll(a: i32, b: i32): i32 {
  return a << b;
}

// @ts-ignore: decorator
@inline
export function slt(a: i32, b: i32): i32 {
  return i32(a < b);
}

// @ts-ignore: decorator
@inline
export function sltu(a: i32, b: i32): i32 {
  return i32(<u32>a < <u32>b);
}

// @ts-ignore: decorator
@inline
export function xor(a: i32, b: i32): i32 {
  return a ^ b;
}

// @ts-ignore: decorator
@inline
export function srl(a: i32, b: i32): i32 {
  return <i32>((<u32>a) >> b);
}

// @ts-ignore: decorator
@inline
export function sra(a: i32, b: i32): i32 {
  return a >> b;
}

// @ts-ignore: decorator
@inline
export function or(a: i32, b: i32): i32 {
  return a | b;
}

// @ts-ignore: decorator
@inline
export function and(a: i32, b: i32): i32 {
  return a & b;
}
