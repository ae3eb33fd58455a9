#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int byText(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(void) {
  char line[] = "pear,apple;fig  quince,banana";
  char *words[8];
  int count = 0;
  for (char *word = strtok(line, ",; "); word; word = strtok(NULL, ",; ")) words[count++] = word;
  qsort(words, count, sizeof words[0], byText);
  for (int i = 0; i < count; i++) printf("%s%c", words[i], i + 1 < count ? ' ' : '\n');

  char text[32] = "0123456789abcdef";
  memmove(text + 4, text, 10);
  printf("%s %d %d\n", text, (int)strspn(text, "0123"), (int)strcspn(text, "9"));
  printf("%s %s %s\n", strchr("a/b/c", '/'), strrchr("a/b/c", '/'), strstr("haystack", "st"));
  printf("%d %d %d\n", strcmp("a", "b") < 0, strncmp("abc", "abd", 2), memcmp("\x80", "\x7f", 1) > 0);
  for (int i = 0; i < 40; i++) {
    char copy[64];
    memset(copy, '.', sizeof copy);
    strcpy(copy + i % 4, &"forty characters of text stand right here"[i]);
    printf("%d%c", (int)strlen(copy + i % 4), i % 10 == 9 ? '\n' : ' ');
  }

  char *end;
  printf("%ld %ld %lu\n", strtol("-0x7fz", &end, 0), strtol("777", NULL, 8), strtoul("4294967295", NULL, 10));
  printf("%s ", end);
  errno = 0;
  printf("%ld %d\n", strtol("99999999999", NULL, 10), errno == ERANGE);
  printf("%.3f %d\n", strtod("6.02e3", NULL), atoi("  12x"));
  for (int c = 0; c < 128; c++) putchar(isalnum(c) ? toupper(c) : ispunct(c) ? '.' : isspace(c) ? '_' : '-');
  putchar('\n');
  return 0;
}
