// Prints nearly as fast as it can: some tens of megabytes a second.

#include "lines.h"

int main(void) { print_lines(100); }
