// A parser by recursive descent that evaluates arithmetic expressions.
#include "corpus.h"

static const char *at;
static int failed;

static int32_t expression(void);

static int32_t primary(void) {
  while (*at == ' ') at++;
  if (*at == '(') {
    at++;
    int32_t value = expression();
    if (*at == ')') at++;
    else failed = 1;
    return value;
  }
  if (*at == '-') return at++, -primary();
  if (*at < '0' || *at > '9') return failed = 1, 0;
  int32_t value = 0;
  while (*at >= '0' && *at <= '9') value = value * 10 + *at++ - '0';
  return value;
}
static int32_t term(void) {
  int32_t value = primary();
  for (;;) {
    while (*at == ' ') at++;
    if (*at == '*') at++, value *= primary();
    else if (*at == '/' || *at == '%') {
      char operator= *at++;
      int32_t by = primary();
      if (!by) return failed = 1, 0;
      value = operator== '/' ? value / by : value % by;
    } else return value;
  }
}
static int32_t expression(void) {
  int32_t value = term();
  for (;;) {
    while (*at == ' ') at++;
    if (*at == '+') at++, value += term();
    else if (*at == '-') at++, value -= term();
    else return value;
  }
}

int main(void) {
  static const char *const texts[] = {
    "1 + 2 * 3", "(1 + 2) * 3", "-(4 - 10) / 2", "100 / 7 % 5", "2 * (3 + (4 * (5 - 6)))", "1 / 0", "(1", "7 +", "--5", "12 34",
  };
  for (int i = 0; i < 10; i++) {
    at = texts[i];
    failed = 0;
    int32_t value = expression();
    if (*at || failed) say("%s: error at %d", texts[i], (int)(at - texts[i]));
    else say("%s = %d", texts[i], value);
  }
  return 0;
}
