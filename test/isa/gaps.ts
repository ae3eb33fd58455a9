// Where the independent opinions are known to differ from RV32IMAC in user mode, and why.

export interface Gap {
  readonly mask: number;
  readonly match: number;
  readonly reason: string;
}

/** Is the word in one of the gaps? */
export function explained(gaps: readonly Gap[], word: number): boolean {
  return gaps.some(({ mask, match }) => (word & mask) === (match | 0));
}

const FLOAT = "F and D cannot be left out of capstone";
const HINT = "a hint, which capstone does not decode";

/** Words that capstone decodes and this machine has not. */
// biome-ignore format: a table
export const CAPSTONE_ONLY: readonly Gap[] = [
  { mask: 0x0000_007f, match: 0x0000_0007, reason: FLOAT }, // flw, fld
  { mask: 0x0000_007f, match: 0x0000_0027, reason: FLOAT }, // fsw, fsd
  { mask: 0x0000_0073, match: 0x0000_0043, reason: FLOAT }, // fmadd to fnmadd
  { mask: 0x0000_007f, match: 0x0000_0053, reason: FLOAT }, // the other operations
  { mask: 0x0000_e001, match: 0x0000_2000, reason: FLOAT }, // c.fld, c.fldsp
  { mask: 0x0000_e001, match: 0x0000_6000, reason: FLOAT }, // c.flw, c.flwsp
  { mask: 0x0000_e001, match: 0x0000_a000, reason: FLOAT }, // c.fsd, c.fsdsp
  { mask: 0x0000_e001, match: 0x0000_e000, reason: FLOAT }, // c.fsw, c.fswsp
  { mask: 0x0000_ffff, match: 0x0000_0000, reason: "c.unimp names what is defined to be illegal" },
  { mask: 0x0000_f003, match: 0x0000_1002, reason: "c.slli with shamt[5] is RV64's" },
  { mask: 0x0000_fc03, match: 0x0000_9001, reason: "c.srli with shamt[5] is RV64's" },
  { mask: 0x0000_fc03, match: 0x0000_9401, reason: "c.srai with shamt[5] is RV64's" },
  { mask: 0x0000_f07f, match: 0x0000_6001, reason: "c.lui and c.addi16sp with immediate 0 are reserved" },
  { mask: 0xfe00_707f, match: 0x0200_1013, reason: "slli with shamt[5] is RV64's" },
  { mask: 0xbe00_707f, match: 0x0200_5013, reason: "srli and srai with shamt[5] are RV64's" },
  { mask: 0xfe00_7fff, match: 0x1200_0073, reason: "sfence.vma is for supervisor mode" },
  { mask: 0xcfff_ffff, match: 0x0020_0073, reason: "uret, sret and mret return from traps taken in the machine's modes" },
  { mask: 0xffff_ffff, match: 0x1050_0073, reason: "wfi is for the privileged modes" },
  { mask: 0xffff_ffff, match: 0x7b20_0073, reason: "dret is for debug mode" },
];

/** Words that this machine executes and capstone refuses. */
// biome-ignore format: a table
export const CAPSTONE_LACKS: readonly Gap[] = [
  { mask: 0x0000_707f, match: 0x0000_000f, reason: "fields of fence that must be ignored" },
  { mask: 0x0000_707f, match: 0x0000_100f, reason: "fields of fence.i that must be ignored" },
  { mask: 0x0000_ef83, match: 0x0000_0001, reason: HINT }, // c.nop with an immediate
  { mask: 0x0000_ef83, match: 0x0000_4001, reason: HINT }, // c.li to x0
  { mask: 0x0000_ef83, match: 0x0000_6001, reason: HINT }, // c.lui to x0
  { mask: 0x0000_ff83, match: 0x0000_0002, reason: HINT }, // c.slli of x0
  { mask: 0x0000_ff83, match: 0x0000_8002, reason: HINT }, // c.mv to x0
  { mask: 0x0000_ff83, match: 0x0000_9002, reason: HINT }, // c.add to x0
];

/** Words that qemu-riscv32 7.2 executes, with -cpu rv32,f=off,d=off, and this machine has not. */
// biome-ignore format: a table
export const QEMU_ONLY: readonly Gap[] = [
  { mask: 0x1ff0_007f, match: 0x0280_0007, reason: "whole-register vector loads are not tested for V being there" },
  { mask: 0x1ff0_007f, match: 0x0280_0027, reason: "whole-register vector stores are not tested for V being there" },
  { mask: 0xfe00_707f, match: 0x9e00_3057, reason: "whole-register vector moves are not tested for V being there" },
  { mask: 0xfff0_007f, match: 0x0010_0073, reason: "fflags is there without F" },
  { mask: 0xfff0_007f, match: 0x0020_0073, reason: "frm is there without F" },
  { mask: 0xfff0_007f, match: 0x0030_0073, reason: "fcsr is there without F" },
];
