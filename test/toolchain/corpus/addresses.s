# Everything that takes an address: relocations of code and of data.
        .text
        .globl  _start
_start: lui     a0, %hi(table)
        addi    a0, a0, %lo(table)
        lw      a1, %lo(table+4)(a0)
        sw      a1, %lo(table+8)(a0)
1:      auipc   a0, %pcrel_hi(table)
        addi    a0, a0, %pcrel_lo(1b)
        lw      a1, %pcrel_lo(1b)(a0)
        sw      a1, %pcrel_lo(1b)(a0)
        la      a0, table
        la      a0, table + 12
        lla     t0, _start
        call    function
        call    t0, function
        tail    function
        jump    function, t1
        call    function@plt
        lw      a0, table
        lb      a0, table+1
        lhu     t0, table+2
        sw      a0, table, t0
        sb      a0, table+3, t1
        .set    alias, function
        call    alias
        .word   table, _start + 4, end - 2
        .word   end - _start, _start - end
        .half   end - _start
        .byte   2f - 1f
1:      nop
2:      ret
function:
        ret
end:
        .data
        .align  2
table:  .word   _start, function, table
        .word   table_end - table, end - _start, . - table
        .half   table_end - table
        .byte   table_end - table
        .byte   1
        .quad   5, -1, 0x123456789abcdef0
        .word   alias
        .quad   table_end - table
table_end:
        .section .rodata
        .word   table, table_end
