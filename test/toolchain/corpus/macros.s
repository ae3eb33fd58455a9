# Macros, repetitions and conditions.
        .macro  pair first, second=2
        .byte   \first, \second
        .endm
        .macro  text string:req, numbers:vararg
        .asciz  "\string"
        .byte   \numbers
        .endm
        .macro  unique
here\@: .byte   here\@ - here\@ + \@
        .endm
        .macro  count n
        .if     \n
        .byte   \n
        count   "(\n - 1)"
        .endif
        .endm
        .macro  outer name
        .macro  \name\()_inner value
        .byte   \value
        .endm
        .endm
        .macro  early n
        .byte   1
        .if     \n > 5
        .exitm
        .endif
        .byte   2
        .endm
        .macro  load register, offset=0, base=sp
        lw      \register, \offset(\base)
        .endm
        .data
        pair    1
        pair    3, 4
        pair    3 4
        pair    second=7, first=8
        pair    (1 + 2), 5
        text    "a b", 1, 2, 3
        text    word 9
        unique
        unique
        count   4
        outer   made
        made_inner 77
        early   3
        early   7
        .purgem pair
        .rept   3
        .byte   5
        .endr
        .rept   2
        .irp    x, 1, 2, 3
        .byte   \x
        .endr
        .endr
        .irpc   digit, 123
        .byte   \digit
        .endr
        .irp    name, a, b
label_\name: .byte 1
        .endr
        .equ    DEFINED, 3
        .if     DEFINED == 3
        .byte   1
        .else
        .byte   2
        .endif
        .if     DEFINED == 4
        .byte   1
        .elseif DEFINED == 3
        .byte   2
        .else
        .byte   3
        .endif
        .ifdef  DEFINED
        .byte   4
        .endif
        .ifndef NOWHERE
        .byte   5
        .endif
        .ifc    abc, abc
        .byte   6
        .endif
        .ifnc   abc, abd
        .byte   7
        .endif
        .ifb
        .byte   8
        .endif
        .if     0
        .if     1
        .byte   9
        .else
        .byte   10
        .endif
        .endif
        .set    counter, 0
        .rept   4
        .set    counter, counter + 1
        .byte   counter
        .endr
        .text
        load    a0
        load    a1, 4
        load    a2, 8, a3
        load    base=a4, register=a5
