# What does it take to fail? An exit status other than 0.

        .include "lib/system.inc"

        .text
        .globl  _start
_start:
        exit    1
