// The map of linear memory: regions, records, limits. Compiled by asc and imported by the host,
// so that no offset is ever written twice. Plain integer constants only; imports nothing.
//
// From address 0 upwards lie: the core's static data; the derived range (translation tables,
// block cache: may be dropped at any moment and is never saved); the replayable range (machine,
// harts, process table, wait queues, timers, events, frame table, guest frames). The frames come
// last because their number is configured: the memory that is reserved ends with them.
// A snapshot is a copy of the replayable range up to the highest frame ever used.

// ── Sizes of the guest's world ────────────────────────────────────────────────────────────────
export const PAGE_SHIFT = 12;
export const PAGE_SIZE = 4096;
export const PAGE_MASK = 4095;
export const VIRTUAL_PAGES = 1048576;

export const MAX_HARTS = 8;
/** Slots of the process table. Slot 0 is never used: 0 means "no process" in every link. */
export const MAX_PROCESSES = 8192;
/** Process identifiers run from 1 to PID_LIMIT - 1 and are reused round robin. */
export const PID_LIMIT = 32768;
/** The first process: adopts orphans, and the machine ends with it. */
export const INIT_PID = 1;
/** 1 GiB of guest RAM at the most. */
export const MAX_FRAMES = 262144;

// ── Static data of the core, [0, STATIC_END) ──────────────────────────────────────────────────
export const STATIC_END = 65536;

// ── Derived range ─────────────────────────────────────────────────────────────────────────────
export const DERIVED_BASE = STATIC_END;

/** x0..x31 of the hart that executes now, then the sink that takes writes to x0, then the pc. */
export const REGISTERS = DERIVED_BASE;
export const REGISTER_SINK = REGISTERS + 128;
export const REGISTER_PC = REGISTERS + 132;
export const REGISTERS_SIZE = 256;

/** Scratch of the interpreter (exit cause, fault value, remaining budget): see cpu/. */
export const SCRATCH = REGISTERS + REGISTERS_SIZE;
export const SCRATCH_SIZE = 8192 - REGISTERS_SIZE;

/** What a debugger asked for, and the last hit: see debug/. The fields up to the hit are the host's to write. */
export const DEBUG = SCRATCH + SCRATCH_SIZE;
/** DEBUG_STOP or DEBUG_NOTE. */
export const DEBUG_MODE = 0;
/** Points in use, from the start of DEBUG_POINTS. */
export const DEBUG_POINT_COUNT = 4;
/** Bit t: events of type t are watched for; of one process only, if the pid is not 0. */
export const DEBUG_EVENT_MASK = 8;
export const DEBUG_EVENT_PID = 12;
/** u64: stop as soon as so many events were written; 0: never. */
export const DEBUG_UNTIL_EVENTS = 16;
/** u64: stop before the instruction of the process at this user time; pid 0: never. */
export const DEBUG_UNTIL_USER_TIME = 24;
export const DEBUG_UNTIL_PID = 32;
/** No hit of this process (slot, 0: none) counts as long as the machine has retired just so many (u64). */
export const DEBUG_SKIP_SLOT = 36;
export const DEBUG_SKIP_RETIRED = 40;
/** Nonzero: `run` must stop before its next pass. The fields from here to the hit are the core's. */
export const DEBUG_DUE = 48;
/** Nonzero if there are EXECUTE or REGISTER points, READ or WRITE points, watched events. */
export const DEBUG_CODE = 52;
export const DEBUG_WATCHES = 56;
export const DEBUG_EVENTS = 60;
/** u32 for each hart: process whose watches its translation tables respect; 0: unknown. */
export const DEBUG_WATCHED_SLOTS = 64;
/** u64: hits since the points were set. */
export const DEBUG_HITS = 96;
/** Hit records: the last hit that was noted; the one that the run was stopped for. */
export const DEBUG_NOTED = 128;
export const DEBUG_STOPPED = 256;

/** u64: instructions that all harts had retired, events written, user time of the process. */
export const HIT_RETIRED = 0;
export const HIT_EVENTS = 8;
export const HIT_USER_TIME = 16;
/** A POINT_* or HIT_*; 0: there was none. */
export const HIT_KIND = 24;
/** Index of the point. */
export const HIT_POINT = 28;
export const HIT_HART = 32;
export const HIT_SLOT = 36;
export const HIT_PID = 40;
export const HIT_PC = 44;
/** Of an access: its first byte and its length. Of an event: its type, and 0. */
export const HIT_ADDRESS = 48;
export const HIT_LENGTH = 52;
/** Nonzero: the access was made by a system call. */
export const HIT_BY_CALL = 56;

/** Table of points. */
export const DEBUG_POINTS = DEBUG + 4096;
export const DEBUG_POINTS_MAX = 256;
export const POINT_KIND = 0;
/** Process whose hits count, 0: all. */
export const POINT_PID = 4;
/** Virtual address; of a REGISTER point the register's number. */
export const POINT_ADDRESS = 8;
/** Bytes, of READ and WRITE. */
export const POINT_LENGTH = 12;
export const POINT_SIZE = 16;
export const DEBUG_SIZE = 65536 - 8192;

/** Hits stop the run, or are only written down. */
export const DEBUG_STOP = 0;
export const DEBUG_NOTE = 1;

/** Kinds of points: an instruction at an address; an access to memory; an instruction that writes a register. */
export const POINT_EXECUTE = 1;
export const POINT_READ = 2;
export const POINT_WRITE = 3;
export const POINT_REGISTER = 4;
/** Hits without a point: a watched event, the count of events, the user time. */
export const HIT_EVENT = 5;
export const HIT_EVENT_COUNT = 6;
export const HIT_TIME = 7;

/** Flat translation tables, per hart one each for loads, stores and fetches, indexed by virtual
 * page. An entry is (linear address - virtual address) of the page, or an odd value where the
 * access must take the slow path. */
export const TRANSLATION = DEBUG + DEBUG_SIZE;
export const TRANSLATION_READ = 0;
export const TRANSLATION_WRITE = TRANSLATION_READ + VIRTUAL_PAGES * 4;
export const TRANSLATION_FETCH = TRANSLATION_WRITE + VIRTUAL_PAGES * 4;
/** List of the virtual pages with a filled entry, so that a flush costs what was filled. */
export const TRANSLATION_FILLED = TRANSLATION_FETCH + VIRTUAL_PAGES * 4;
export const TRANSLATION_FILLED_MAX = 16384;
export const TRANSLATION_FILLED_COUNT = TRANSLATION_FILLED + TRANSLATION_FILLED_MAX * 4;
export const TRANSLATION_SIZE = TRANSLATION_FILLED_COUNT + 65536;

/** Direct-mapped cache from a jump's target address to its block, per hart. */
export const JUMP_CACHE = TRANSLATION + TRANSLATION_SIZE * MAX_HARTS;
export const JUMP_CACHE_ENTRIES = 4096;
export const JUMP_CACHE_SIZE = JUMP_CACHE_ENTRIES * 8;

/** Per-frame flags of the derived range: see FRAME_HAS_CODE. */
export const FRAME_FLAGS = JUMP_CACHE + JUMP_CACHE_SIZE * MAX_HARTS;
/** Blocks were decoded from this frame: a store that meets their code must drop them. */
export const FRAME_HAS_CODE = 1;
/** The frame may have changed since the last checkpoint: see mmu/dirty.ts. */
export const FRAME_DIRTY = 2;
/** Stores to a frame with code that met none of it, since code was last decoded from it: see cpu/blocks.ts. */
export const FRAME_STORES = FRAME_FLAGS + MAX_FRAMES;
/** Head of the list of a frame's blocks, one word a frame. */
export const FRAME_BLOCKS = FRAME_STORES + MAX_FRAMES;
/** Which lines of a frame hold decoded code: a bit for each 64 bytes, one u64 a frame. */
export const FRAME_CODE = FRAME_BLOCKS + MAX_FRAMES * 4;
/** The frames that are dirty, in the order in which they became so; before them their number. */
export const DIRTY_COUNT = FRAME_CODE + MAX_FRAMES * 8;
export const DIRTY_FRAMES = DIRTY_COUNT + PAGE_SIZE;

/** Hash table from (physical address, virtual page) to block: one word a bucket. */
export const BLOCK_HASH = DIRTY_FRAMES + MAX_FRAMES * 4;
export const BLOCK_HASH_BUCKETS = 65536;

/** Decoded blocks, bump-allocated; when full, all are dropped. */
export const BLOCKS = BLOCK_HASH + BLOCK_HASH_BUCKETS * 4;
export const BLOCKS_SIZE = 33554432;
/** For each 8-byte slot of BLOCKS two bytes: where in the guest's code it came from. */
export const BLOCK_ORIGINS = BLOCKS + BLOCKS_SIZE;
export const BLOCK_ORIGINS_SIZE = BLOCKS_SIZE / 4;

export const DERIVED_END = BLOCK_ORIGINS + BLOCK_ORIGINS_SIZE;

// ── Replayable range ──────────────────────────────────────────────────────────────────────────
export const REPLAYABLE_BASE = DERIVED_END;

// Machine record: configuration (written by the host before `boot`), then global state.
export const MACHINE = REPLAYABLE_BASE;
export const MACHINE_HART_COUNT = 0;
export const MACHINE_FRAME_COUNT = 4;
/** Instructions a hart executes before the next hart has its turn (several harts only). */
export const MACHINE_TURN = 8;
/** Instructions of a time slice. */
export const MACHINE_QUANTUM = 12;
export const MACHINE_POLICY = 16;
/** Virtual clock ticks (instructions) per second. */
export const MACHINE_CLOCK_HZ = 20;
/** u64: what the scheduler and getrandom derive their numbers from. */
export const MACHINE_SEED = 24;
/** Hart whose turn it is. */
export const MACHINE_HART = 32;
/** Live processes, zombies included. */
export const MACHINE_PROCESS_COUNT = 36;
export const MACHINE_LAST_PID = 40;
/** Head of the list of free process slots; then the first slot never used. */
export const MACHINE_FREE_SLOT = 44;
export const MACHINE_SLOT_LIMIT = 48;
/** Head of the list of free frames; then the first frame never used; then frames in use. */
export const MACHINE_FREE_FRAME = 52;
export const MACHINE_FRAME_LIMIT = 56;
export const MACHINE_FRAMES_USED = 60;
/** u64: events ever written; the ring holds the last EVENT_CAPACITY of them. */
export const MACHINE_EVENT_COUNT = 64;
/** Entries of the timer heap. */
export const MACHINE_TIMER_COUNT = 72;
/** Head, tail and length of the run queue of policies that keep one list. */
export const MACHINE_QUEUE_HEAD = 76;
export const MACHINE_QUEUE_TAIL = 80;
export const MACHINE_QUEUE_LENGTH = 84;
/** u64: sum of retired instructions of all harts. */
export const MACHINE_RETIRED = 88;
/** The trap that was raised last, or the call that goes on: hart, cause, trap value, process slot. */
export const MACHINE_STOP_HART = 96;
export const MACHINE_STOP_CAUSE = 100;
export const MACHINE_STOP_VALUE = 104;
export const MACHINE_STOP_SLOT = 108;
/** The allocation that is made to fail, counted down (0: none): tests of failing paths. */
export const MACHINE_FAIL_COUNTDOWN = 112;
/** Nonzero once the pids have wrapped: all numbers may have been used. */
export const MACHINE_PID_WRAPPED = 116;
/** u64: context switches, for statistics. */
export const MACHINE_SWITCHES = 120;
/** STOP_TRAP or STOP_RESUME as long as the host has not begun to serve it, else 0. */
export const MACHINE_PENDING = 128;
export const MACHINE_SIZE = 256;

// Hart record. Between two calls of `run`, the registers of a hart that holds some lie here.
export const HARTS = MACHINE + 2048;
/** Running process slot, 0 when idle. */
export const HART_SLOT = 0;
/** HART_USER, HART_TRAP (its process is in the kernel), HART_IDLE, HART_RAISED. */
export const HART_MODE = 4;
/** u64: this hart's virtual clock: instructions retired and ticks idled. */
export const HART_CLOCK = 8;
/** u64: instructions retired by this hart (`instret`). */
export const HART_RETIRED = 16;
/** u64: clock at which this hart's turn is over. */
export const HART_TURN_END = 24;
/** u64: clock ticks spent idle. */
export const HART_IDLE_TIME = 32;
/** Page-table root frame whose translations this hart's tables hold. */
export const HART_ROOT = 40;
/** LR/SC: linear address reserved, or 0. */
export const HART_RESERVATION = 44;
/** Nonzero: the running process must give the hart up before it returns to user mode. */
export const HART_RESCHEDULE = 48;
/** Process that ran here last (for event records and affinity). */
export const HART_LAST_SLOT = 52;
/** pc, x1..x31, as in a PCB's context. */
export const HART_CONTEXT = 64;
export const HART_SIZE = 256;

export const HART_USER = 0;
export const HART_TRAP = 1;
export const HART_IDLE = 2;
export const HART_RAISED = 3; // the trap's registers are not saved yet; the hart whose turn it is

// ── Process table ─────────────────────────────────────────────────────────────────────────────
export const PROCESSES = MACHINE + PAGE_SIZE;

// Identity. Written by process/table.ts; pgid and sid by the host's job control.
export const PCB_PID = 0;
export const PCB_PARENT = 4; // slot
export const PCB_TGID = 8;
export const PCB_PGID = 12;
export const PCB_SID = 16;
export const PCB_FIRST_CHILD = 20; // slot
export const PCB_NEXT_SIBLING = 24; // slot
export const PCB_PREVIOUS_SIBLING = 28; // slot
export const PCB_NAME = 32; // 16 bytes, NUL-terminated
// State. Written by process/scheduler.ts alone.
export const PCB_STATE = 48;
/** What a blocked process waits for: WAIT_* kind << 24 | object; 0 when not blocked. */
export const PCB_WAIT_CHANNEL = 52;
export const PCB_WAIT_NEXT = 56; // slot, in the bucket of its channel
export const PCB_WAIT_PREVIOUS = 60;
export const PCB_QUEUE_NEXT = 64; // slot, in the run queue
export const PCB_QUEUE_PREVIOUS = 68;
/** Index in the timer heap plus 1, or 0. */
export const PCB_TIMER_INDEX = 72;
/** Hart it runs on plus 1, or 0. */
export const PCB_HART = 76;
/** u64: clock at which its timer wakes it. */
export const PCB_DEADLINE = 80;
/** u64: clock of the last change of state. */
export const PCB_STATE_SINCE = 88;
// Saved context: what the trap path saves and restores, in the order of ucontext's mcontext.
export const PCB_CONTEXT = 96;
export const PCB_PC = 96;
export const PCB_X1 = 100; // x1..x31
export const CONTEXT_SIZE = 128;
// Memory. Written by mmu/ and the host's address-space code.
export const PCB_ROOT = 224; // page-table root frame, 0 when it has none
export const PCB_BREAK_START = 228;
export const PCB_BREAK = 232;
export const PCB_RESIDENT = 236; // mapped pages, see mmu/space.ts
// The system call in progress, kept while it blocks. Written by the host's dispatcher.
/** Nonzero: a system call is in progress and is to be run again when the process runs. */
export const PCB_CALL_ACTIVE = 240;
export const PCB_CALL_NUMBER = 244;
/** Two words of progress that the call keeps while blocked (bytes done, deadline set, …). */
export const PCB_CALL_PROGRESS = 248;
export const PCB_CALL_PROGRESS_2 = 252;
// Signals: 64-bit sets, signal n is bit n - 1. Written by the host.
export const PCB_PENDING = 256;
export const PCB_BLOCKED = 264;
// Scheduling. Written by the scheduler and its policies; priority and nice by the host.
export const PCB_POLICY = 272;
export const PCB_PRIORITY = 276;
export const PCB_NICE = 280;
/** Instructions left of the time slice. */
export const PCB_QUANTUM_LEFT = 284;
export const PCB_LEVEL = 288;
export const PCB_AFFINITY = 292; // bit h: may run on hart h
export const PCB_VIRTUAL_RUNTIME = 296; // u64
// Accounting. All u64 in ticks unless said otherwise.
export const PCB_USER_TIME = 304;
export const PCB_START_TIME = 312;
export const PCB_END_TIME = 320;
/** Time spent in each state, u64 indexed by STATE_*. */
export const PCB_STATE_TIMES = 328; // 8 × 8 bytes
export const PCB_SYSTEM_CALLS = 392; // u32
export const PCB_VOLUNTARY_SWITCHES = 396; // u32
export const PCB_INVOLUNTARY_SWITCHES = 400; // u32
export const PCB_PAGE_FAULTS = 404; // u32
export const PCB_COPIES = 408; // u32: copy-on-write copies
/** u64: user time of waited-for children. */
export const PCB_CHILDREN_TIME = 416;
// Exit. Valid in STATE_ZOMBIE.
/** Wait status as in wait(2): exit code << 8 | signal. */
export const PCB_EXIT_STATUS = 424;
/** Signal sent to the parent at the end (low byte of clone's flags). */
export const PCB_EXIT_SIGNAL = 428;
/** Slot of the vfork parent to wake at exec or exit, or 0. */
export const PCB_VFORK_PARENT = 432;
/** Word to clear and wake at the end (set_tid_address). */
export const PCB_CLEAR_TID = 436;
export const PCB_SIZE = 512;

export const STATE_FREE = 0;
/** Being created: known to no queue. */
export const STATE_NEW = 1;
export const STATE_READY = 2;
export const STATE_RUNNING = 3;
export const STATE_BLOCKED = 4;
export const STATE_STOPPED = 5;
export const STATE_ZOMBIE = 6;

/** Kinds of wait channel: the high byte; the low 24 bits name the object. */
export const WAIT_CHILD = 1; // object: slot of the waiting parent
export const WAIT_VFORK = 2; // object: slot of the child
export const WAIT_SLEEP = 3; // object: own slot; only the timer wakes it
export const WAIT_PIPE_READ = 4; // object: pipe; woken when it gets bytes or loses its writers
export const WAIT_PIPE_WRITE = 5; // object: pipe; woken when it gets room or loses its readers
export const WAIT_TTY = 6; // object: terminal; woken by input
export const WAIT_POLL = 7; // object: own slot; the host wakes it by process
export const WAIT_FUTEX = 8;
export const WAIT_KIND_SHIFT = 24;

// u16 per pid: slot of the process with that pid, 0 if none.
export const PID_SLOTS = PROCESSES + PCB_SIZE * MAX_PROCESSES;
// u16 per pid: how many processes have it as their group, plus how many as their session.
export const PID_USES = PID_SLOTS + PID_LIMIT * 2;
// Buckets of the wait queues: head slot per bucket.
export const WAIT_BUCKETS = PID_USES + PID_LIMIT * 2;
export const WAIT_BUCKET_COUNT = 4096;
// Binary heap of slots by deadline (then by slot).
export const TIMERS = WAIT_BUCKETS + WAIT_BUCKET_COUNT * 4;

// ── Event ring ────────────────────────────────────────────────────────────────────────────────
export const EVENTS = TIMERS + MAX_PROCESSES * 4;
export const EVENT_CAPACITY = 65536;
export const EVENT_TIME = 0; // u64, clock of the hart
export const EVENT_TYPE = 8; // u8
export const EVENT_HART = 9; // u8
export const EVENT_REASON = 10; // u8
export const EVENT_SLOT = 12; // u32, process slot
export const EVENT_PID = 16; // u32
export const EVENT_A = 20; // u32, by type
export const EVENT_B = 24; // u32, by type
export const EVENT_C = 28; // u32, by type
export const EVENT_SIZE = 32;

/** A trap was raised: a = cause, b = pc, c = trap value. */
export const EVENT_TRAP = 1;
/** The hart's registers were saved into the PCB: a = pc. */
export const EVENT_SAVE = 2;
/** The scheduler picked: slot = the picked (0: idle), reason = DECISION_*, a = the one before. */
export const EVENT_DECIDE = 3;
/** The registers of the picked process were loaded: a = pc. */
export const EVENT_LOAD = 4;
/** A process changed its state: a = from, b = to, c = wait channel, reason = REASON_*. */
export const EVENT_STATE = 5;
/** A system call began: a = number, b = a0, c = a1. */
export const EVENT_CALL = 6;
/** A system call ended: a = number, b = result. */
export const EVENT_RETURN = 7;
/** A page fault was served: a = address, b = FAULT_*, c = frame. */
export const EVENT_FAULT = 8;
/** A process was created: slot = child, a = parent pid, b = kind (CREATE_*). */
export const EVENT_CREATE = 9;
/** A process ended: a = wait status. */
export const EVENT_EXIT = 10;
/** A zombie was reaped: a = wait status, b = pid of the reaper. */
export const EVENT_REAP = 11;
/** A process was given a new program: a, b, c = first bytes of its name. */
export const EVENT_EXEC = 12;
/** A signal was sent: a = signal, b = pid of the sender (0: the kernel). */
export const EVENT_SIGNAL = 13;
/** An orphan was given to init: a = old parent's pid. */
export const EVENT_REPARENT = 14;

/** The outside gave the machine something: a = what (INPUT_NAMES of host/trace/events.ts). */
export const EVENT_INPUT = 15;

/** Kinds of creation: at system start, by fork, by vfork. */
export const CREATE_START = 1;
export const CREATE_FORK = 2;
export const CREATE_VFORK = 3;

/** Reasons of a decision or of a change of state. */
export const REASON_NONE = 0;
export const REASON_QUANTUM = 1; // its time slice was over
export const REASON_YIELD = 2; // it gave way
export const REASON_BLOCK = 3; // it waits
export const REASON_WAKE = 4; // what it waited for happened
export const REASON_TIMEOUT = 5; // its deadline passed
export const REASON_EXIT = 6; // it ended
export const REASON_CREATE = 7; // it was created
export const REASON_IDLE = 8; // nothing was ready
export const REASON_FIRST = 9; // first in the queue
export const REASON_PREEMPT = 10; // another one must run first
export const REASON_SIGNAL = 11; // a signal decided
export const REASON_KEEP = 12; // no other was ready

export const FAULT_ZERO = 1; // first touch of anonymous memory
export const FAULT_FILE = 2; // first touch of a mapped file page
export const FAULT_COPY = 3; // copy-on-write: copied
export const FAULT_REUSE = 4; // copy-on-write: last user, made writable

// ── Frames ────────────────────────────────────────────────────────────────────────────────────
export const FRAME_TABLE = EVENTS + EVENT_CAPACITY * EVENT_SIZE;
/** Users of the frame: mappings, page tables, caches. 0: free. */
export const FRAME_REFERENCES = 0;
/** Links of the free list, as frame + 1; 0 ends it. */
export const FRAME_NEXT = 4;
export const FRAME_PREVIOUS = 8;
export const FRAME_KIND = 12;
export const FRAME_RECORD_SIZE = 16;

export const FRAME_FREE = 0;
export const FRAME_PAGE_TABLE = 1;
export const FRAME_ANONYMOUS = 2;
export const FRAME_FILE = 3;

/** Guest frames. Frame 0 is never handed out: 0 means "no frame". */
export const FRAMES = FRAME_TABLE + MAX_FRAMES * FRAME_RECORD_SIZE;

// Page-table entries: Sv32 (privileged specification 4.3) with the two software bits.
export const PTE_VALID = 1;
export const PTE_READ = 2;
export const PTE_WRITE = 4;
export const PTE_EXECUTE = 8;
export const PTE_USER = 16;
export const PTE_GLOBAL = 32;
export const PTE_ACCESSED = 64;
export const PTE_DIRTY = 128;
/** Software: writable once it is copied. */
export const PTE_COPY = 256;
/** Software: shared by intent, never copied on write or fork. */
export const PTE_SHARED = 512;
export const PTE_FRAME_SHIFT = 10;

/** Protections as in mmap(2): bits of region and mapping calls. */
export const PROTECT_READ = 1;
export const PROTECT_WRITE = 2;
export const PROTECT_EXECUTE = 4;

// ── Trap causes (privileged specification 3.1.15) and stops of `run` ──────────────────────────
export const CAUSE_FETCH_MISALIGNED = 0;
export const CAUSE_ILLEGAL = 2;
export const CAUSE_BREAKPOINT = 3;
export const CAUSE_LOAD_MISALIGNED = 4;
export const CAUSE_STORE_MISALIGNED = 6;
export const CAUSE_ECALL = 8;
export const CAUSE_FETCH_PAGE_FAULT = 12;
export const CAUSE_LOAD_PAGE_FAULT = 13;
export const CAUSE_STORE_PAGE_FAULT = 15;
/** Interrupts: cause with this bit; 1 software, 5 timer, 9 external. */
export const CAUSE_INTERRUPT = 64;
export const CAUSE_SOFTWARE = 65;
export const CAUSE_TIMER = 69;
export const CAUSE_EXTERNAL = 73;
/** No trap: a debugger's stop. */
export const CAUSE_DEBUG = 127;

/** `run` used up its budget. */
export const STOP_BUDGET = 0;
/** A trap that the host must handle: see MACHINE_STOP_*. */
export const STOP_TRAP = 1;
/** A process with a call in progress was picked: the host runs the call again. */
export const STOP_RESUME = 2;
/** Nothing is ready and no timer is set. */
export const STOP_IDLE = 3;
/** What a debugger asked for has happened: see DEBUG_*. */
export const STOP_DEBUG = 4;

export const POLICY_ROUND_ROBIN = 0;
export const POLICY_FIRST_COME = 1;
