# Directives that append data or move the position.
        .data
        .byte   1, -1, 255, 'a', '\\', 0x7f
        .half   1, -1, 65535
        .short  0x1234
        .2byte  0x1234
        .word   1, -1, 4294967295
        .long   0x12345678
        .int    3
        .4byte  4
        .dword  1, -1
        .8byte  0x1122334455667788
        .quad   0xffffffffffffffff
        .ascii  "ab", "c\n\t\"\\\101\x41\0"
        .asciz  "abc", ""
        .string "x\ry"
        .zero   3
        .skip   2
        .skip   3, 7
        .space  2, 0xff
        .fill   3
        .fill   2, 2, 0x1234
        .fill   2, 8, 0x12345678
        .uleb128 0
        .uleb128 127
        .uleb128 128
        .uleb128 624485
        .sleb128 0
        .sleb128 -1
        .sleb128 63
        .sleb128 64
        .sleb128 -64
        .sleb128 -65
        .sleb128 -123456
        .align  2
        .byte   1
        .balign 8
        .byte   1
        .p2align 3, 0xaa
        .byte   1
        .p2align 4, , 3
        .byte   2
        .balign 4, 5
        .org    300
        .byte   9
        .org    . + 5, 3
        .byte   8
start:  .word   . - start, end - start
        .word   end - start > 3, (end - start) * 2, start == start
        .byte   (1 << 4) | 3; .byte 5 # two statements
        .byte   6 /* a comment */ , 7
        .byte   1
end:
        .section .rodata.str1.4, "aMS", @progbits, 1
        .string "merged"
        .section .bss
        .zero   16
        .align  4
        .skip   3
        .section .custom, "aw", @progbits
        .word   1
        .pushsection .custom
        .word   2
        .popsection
        .word   3
        .text
        .word   7
        .previous
        .word   4
        .subsection 1
        .word   6
        .subsection 0
        .word   5
        .comm   shared, 12, 4
        .lcomm  own, 8
        .local  mine
        .comm   mine, 4, 4
        .section .init_array, "aw"
        .word   start
