// Names and numbers of the control and status registers that the assembler knows: those of user mode,
// which exist on this machine, and the standard ones of the other modes, access to which traps.
// Source: privileged specification, tables 2.2 to 2.6.

import { CSRS } from "../../assembly/isa/table.ts";

// biome-ignore format: a table
const OTHERS: readonly (readonly [number, string])[] = [
  [0x001, "fflags"], [0x002, "frm"], [0x003, "fcsr"],
  [0x100, "sstatus"], [0x104, "sie"], [0x105, "stvec"], [0x106, "scounteren"], [0x10a, "senvcfg"],
  [0x140, "sscratch"], [0x141, "sepc"], [0x142, "scause"], [0x143, "stval"], [0x144, "sip"], [0x180, "satp"],
  [0x300, "mstatus"], [0x301, "misa"], [0x302, "medeleg"], [0x303, "mideleg"], [0x304, "mie"], [0x305, "mtvec"],
  [0x306, "mcounteren"], [0x310, "mstatush"], [0x320, "mcountinhibit"],
  [0x340, "mscratch"], [0x341, "mepc"], [0x342, "mcause"], [0x343, "mtval"], [0x344, "mip"],
  [0x3a0, "pmpcfg0"], [0x3b0, "pmpaddr0"],
  [0xb00, "mcycle"], [0xb02, "minstret"], [0xb80, "mcycleh"], [0xb82, "minstreth"],
  [0xf11, "mvendorid"], [0xf12, "marchid"], [0xf13, "mimpid"], [0xf14, "mhartid"],
];

export const CONTROL_REGISTERS: ReadonlyMap<string, number> = new Map([
  ...CSRS.map(({ name, number }) => [name, number] as const),
  ...OTHERS.map(([number, name]) => [name, number] as const),
]);
