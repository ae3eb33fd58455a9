# Runs each word of standard input as an instruction in user mode, and writes one byte for each: the
# signal that it ended with, or 0. (tests: which encodings are illegal under qemu-riscv32)
#
# Without an argument the word stands alone in an executable page between trap instructions, so that a jump
# ends at once; all registers but x0 point into a data page, so that loads and stores succeed. A word that jumps
# to itself would never end and must not be given. That costs qemu a new translation of the page for each
# word. Faster, with an argument:
#   cells   a cell of its own for each of many words, with ways in and back: for words that do not jump;
#   row     many words one behind the other, run in one go from trap to trap: for words that neither jump nor
#           touch memory. Registers are what the words before have left in them.

        .equ    SYS_READ, 63
        .equ    SYS_WRITE, 64
        .equ    SYS_EXIT_GROUP, 94
        .equ    SYS_SIGALTSTACK, 132
        .equ    SYS_RT_SIGACTION, 134
        .equ    SYS_GETPID, 172
        .equ    SYS_MMAP2, 222
        .equ    PROT_RWX, 7
        .equ    PROT_RW, 3
        .equ    MAP_PRIVATE_ANONYMOUS_FIXED, 0x32
        .equ    SA_ONSTACK_NODEFER, 0x48000000
        .equ    SIGILL, 4
        .equ    SIGTRAP, 5
        .equ    SIGBUS, 7
        .equ    SIGSEGV, 11
        .equ    CODE, 0x50000000        # the page of the candidate; nothing else within 1 MiB
        .equ    ENTRY, CODE + 0x800
        .equ    SLOT, ENTRY + 4         # after an instruction that sets the last register
        .equ    DATA, 0x60000000        # two pages for its loads and stores
        .equ    BUFFER_WORDS, 16384
        .equ    AREA, 0x58000000        # for cells or a row
        .equ    CELL_SHIFT, 4

        .option norelax
        .globl  _start
_start:
        lw      t0, 0(sp)               # argc
        li      t1, 1
        beq     t0, t1, 1f
        lw      t0, 8(sp)               # argv[1]
        lbu     t0, 0(t0)               # 'c' or 'r'
        la      t1, mode
        sw      t0, 0(t1)
1:      li      a0, AREA
        li      a1, (BUFFER_WORDS + 1) << CELL_SHIFT
        li      a2, PROT_RWX
        call    map
        li      a0, CODE
        li      a1, 4096
        li      a2, PROT_RWX
        call    map
        li      a0, DATA
        li      a1, 8192
        li      a2, PROT_RW
        call    map
        li      a0, DATA - 0x1000000
        li      a1, 65536
        call    map
        la      a0, alternate
        li      a1, 0
        li      a7, SYS_SIGALTSTACK
        ecall
        li      s0, SIGILL
        call    catch
        li      s0, SIGTRAP
        call    catch
        li      s0, SIGBUS
        call    catch
        li      s0, SIGSEGV
        call    catch

        # Fill the page with c.ebreak, and put the ways in and back around the slot.
        li      t0, CODE
        li      t1, CODE + 4096
        li      t2, 0x90029002
1:      sw      t2, 0(t0)
        addi    t0, t0, 4
        bltu    t0, t1, 1b
        li      t0, ENTRY
        la      t1, around
        lw      t2, 0(t1)
        sw      t2, 0(t0)
        lw      t2, 8(t1)
        sw      t2, 8(t0)
        lw      t2, 12(t1)
        sw      t2, 12(t0)

next_buffer:
        la      s1, words
        li      s2, BUFFER_WORDS * 4
1:      li      a0, 0                   # read until the buffer is full or the input ends
        mv      a1, s1
        mv      a2, s2
        li      a7, SYS_READ
        ecall
        blez    a0, 2f
        add     s1, s1, a0
        sub     s2, s2, a0
        bnez    s2, 1b
2:      la      t0, words
        sub     s1, s1, t0
        srli    s1, s1, 2               # words in the buffer
        beqz    s1, finish
        la      t0, count
        sw      s1, 0(t0)
        la      t0, index
        sw      zero, 0(t0)
        la      t0, mode
        lw      t0, 0(t0)
        li      t1, 'c'
        beq     t0, t1, fill_cells
        li      t1, 'r'
        beq     t0, t1, fill_row

next_word:
        la      t0, index
        lw      t1, 0(t0)
        la      t2, mode
        lw      t2, 0(t2)
        bnez    t2, 1f
        la      t2, words
        slli    t3, t1, 2
        add     t2, t2, t3
        lw      t3, 0(t2)
        li      t4, SLOT
        sw      t3, 0(t4)
        fence.i
        li      x1, ENTRY
        j       2f
1:      slli    t1, t1, CELL_SHIFT
        li      x1, AREA
        add     x1, x1, t1
2:      la      t0, entry
        sw      x1, 0(t0)
        li      x2, DATA + 4096
        mv      x3, x2
        mv      x4, x2
        mv      x5, x2
        mv      x6, x2
        mv      x7, x2
        mv      x8, x2
        mv      x9, x2
        mv      x10, x2
        mv      x11, x2
        mv      x12, x2
        mv      x13, x2
        mv      x14, x2
        mv      x15, x2
        mv      x16, x2
        li      a7, SYS_GETPID          # in case it is an ecall
        mv      x18, x2
        mv      x19, x2
        mv      x20, x2
        mv      x21, x2
        mv      x22, x2
        mv      x23, x2
        mv      x24, x2
        mv      x25, x2
        mv      x26, x2
        mv      x27, x2
        mv      x28, x2
        mv      x29, x2
        mv      x30, x2
        mv      x31, x2
        jr      x1

fill_cells:                             # each as `around` is, with its word in the slot
        la      t0, words
        li      t1, AREA
        la      t2, around
        lw      t3, 0(t2)
        lw      t4, 8(t2)
        lw      t5, 12(t2)
        mv      t6, s1
1:      lw      a0, 0(t0)
        sw      t3, 0(t1)
        sw      a0, 4(t1)
        sw      t4, 8(t1)
        sw      t5, 12(t1)
        addi    t0, t0, 4
        addi    t1, t1, 1 << CELL_SHIFT
        addi    t6, t6, -1
        bnez    t6, 1b
        fence.i
        j       next_word

fill_row:                               # the words, then a trap
        la      t0, words
        li      t1, AREA
        la      t2, results
        mv      t6, s1
1:      lw      a0, 0(t0)
        sw      a0, 0(t1)
        sb      zero, 0(t2)
        addi    t0, t0, 4
        addi    t1, t1, 4
        addi    t2, t2, 1
        addi    t6, t6, -1
        bnez    t6, 1b
        li      a0, 0x90029002
        sw      a0, 0(t1)
        fence.i
        li      sp, DATA + 4096
        li      t0, AREA
        jr      t0

        .option push
        .option norvc
around: lui     x1, %hi(DATA + 4096)    # copied around the slot
        nop                             # the slot
        lui     t0, %hi(returned)
        jalr    zero, %lo(returned)(t0)
        .option pop

returned:
        li      a0, 0
        j       record
handler:                                # a0: the signal, a1: siginfo; never returns to where it came from
        lw      t0, 12(a1)              # its address
        la      t1, mode
        lw      t1, 0(t1)
        li      t2, 'r'
        beq     t1, t2, row_trap
        la      t1, entry
        lw      t1, 0(t1)
        addi    t1, t1, 4
        beq     t0, t1, record
        li      t1, SIGILL              # of another instruction, where this one jumped to: not its own
        beq     a0, t1, returned
record:
        la      t0, index
        lw      t1, 0(t0)
        la      t2, results
        add     t2, t2, t1
        sb      a0, 0(t2)
        addi    t1, t1, 1
        sw      t1, 0(t0)
        la      t0, count
        lw      t2, 0(t0)
        bltu    t1, t2, next_word
write_results:                          # t2 of them
        li      a0, 1
        la      a1, results
        mv      a2, t2
        li      a7, SYS_WRITE
        ecall
        j       next_buffer

row_trap:                               # at address t0: goes on behind it
        li      sp, DATA + 4096
        li      t1, AREA
        sub     t1, t0, t1
        srli    t1, t1, 2
        la      t2, count
        lw      t2, 0(t2)
        bgeu    t1, t2, write_results
        la      t3, results
        add     t3, t3, t1
        sb      a0, 0(t3)
        jr      4(t0)

finish: li      a0, 0
        li      a7, SYS_EXIT_GROUP
        ecall

# Maps a1 bytes at a0 with protection a2.
map:    li      a3, MAP_PRIVATE_ANONYMOUS_FIXED
        li      a4, -1
        li      a5, 0
        li      a7, SYS_MMAP2
        ecall
        ret

# Directs signal s0 to `handler`.
catch:  mv      a0, s0
        la      a1, action
        li      a2, 0
        li      a3, 8
        li      a7, SYS_RT_SIGACTION
        ecall
        ret

        .data
        .balign 4
action: .word   handler, SA_ONSTACK_NODEFER, 0, 0, 0
alternate:
        .word   DATA - 0x1000000, 0, 65536
        .bss
        .balign 4
mode:   .space  4                       # 0, 'c' or 'r'
entry:  .space  4                       # where the word's surroundings begin
index:  .space  4
count:  .space  4
words:  .space  BUFFER_WORDS * 4
results:
        .space  BUFFER_WORDS
