// qsort and bsearch with comparison functions, on integers, records and strings.
#include "corpus.h"

struct record { char name[12]; int32_t key; };

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}
static int by_key(const void *a, const void *b) {
  const struct record *x = a, *y = b;
  return x->key != y->key ? x->key - y->key : strcmp(x->name, y->name);
}
static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(void) {
  static int32_t numbers[3000];
  uint32_t x = 99;
  for (int i = 0; i < 3000; i++) numbers[i] = (int32_t)(x = x * 69069 + 1);
  qsort(numbers, 3000, sizeof numbers[0], by_number);
  int sorted = 1;
  for (int i = 1; i < 3000; i++) sorted &= numbers[i - 1] <= numbers[i];
  int32_t *found = bsearch(&numbers[1234], numbers, 3000, sizeof numbers[0], by_number);
  say("sorted %d, least %d, greatest %d, found %d", sorted, numbers[0], numbers[2999], found && *found == numbers[1234]);

  struct record records[20];
  for (int i = 0; i < 20; i++) {
    snprintf(records[i].name, sizeof records[i].name, "r%02d", i * 7 % 20);
    records[i].key = i * i % 5;
  }
  qsort(records, 20, sizeof records[0], by_key);
  for (int i = 0; i < 20; i += 3) say("%s %d", records[i].name, records[i].key);

  char *words[] = {"the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"};
  qsort(words, 9, sizeof words[0], by_text);
  for (int i = 0; i < 9; i++) say("%s", words[i]);
  return 0;
}
