// The user's half of the map that an address space starts with. Unlike qemu-user (stack at 0x40000000) the
// stack lies just below 2 GiB, as on 32-bit kernels with a 2:2 split; programs may be linked above it too.
//
//   0x0000_0000  page 0: never mapped
//   0x0001_0000  usual start of a program, then its break, growing up
//   0x7000_0000  MMAP_BASE: mappings are placed downwards from here
//   ...          room for a stack limit of up to 255 MiB
//   0x7fff_f000  STACK_TOP; the page above it is kept for the signal trampoline
//   0xffff_f000  USER_END: the last page stays free, so no address looks like a negated errno

import { PAGE_SIZE } from "../../assembly/layout.ts";

export const USER_START = PAGE_SIZE;
export const USER_END = 0xffff_f000;
export const MMAP_BASE = 0x7000_0000;
export const STACK_TOP = 0x7fff_f000;
/** Default and maximum RLIMIT_STACK that the layout has room for, in bytes. */
export const STACK_LIMIT_DEFAULT = 8 * 1024 * 1024;
export const STACK_LIMIT_MAX = 255 * 1024 * 1024;
/** The page of the signal trampoline. */
export const TRAMPOLINE = STACK_TOP;
/** As Linux's vm.max_map_count: more regions give ENOMEM. */
export const MAX_REGIONS = 65530;
