// Heap, sorting and the environment of the small C library.

#include "posix.h"

extern char **environ;

// The heap: blocks side by side in the brk area, each behind its header; a block from mmap is on its own.
struct block {
  size_t size; // of the block behind the header, a multiple of 16
  uint32_t free, mapped, reserved;
};

enum { MAPPED_FROM = 128 * 1024, GROWTH = 64 * 1024 };

static struct block *first, *end;

static struct block *next(struct block *b) { return (struct block *)((char *)(b + 1) + b->size); }

static struct block *grow(size_t size) {
  size_t amount = (size + sizeof(struct block) + GROWTH - 1) / GROWTH * GROWTH;
  if (!first) {
    uintptr_t start = (uintptr_t)sbrk(0);
    if (sbrk(-start & 15) == (void *)-1) return 0;
    first = end = sbrk(0);
  }
  struct block *b = end;
  if (sbrk(amount) == (void *)-1) return 0;
  *b = (struct block){amount - sizeof *b, 1, 0, 0};
  end = next(b);
  return b;
}

static struct block *find(size_t size) {
  for (struct block *b = first; b != end; b = next(b)) {
    if (!b->free) continue;
    while (next(b) != end && next(b)->free) b->size += sizeof *b + next(b)->size;
    if (b->size >= size) return b;
  }
  return 0;
}

void *malloc(size_t size) {
  if (size > PTRDIFF_MAX) return errno = ENOMEM, (void *)0;
  size = size ? (size + 15) & ~(size_t)15 : 16;
  if (size >= MAPPED_FROM) {
    struct block *b = mmap(0, size + sizeof *b, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b == MAP_FAILED) return 0;
    *b = (struct block){size, 0, 1, 0};
    return b + 1;
  }
  struct block *b = find(size);
  if (!b && !(b = grow(size))) return 0;
  if (b->size >= size + sizeof *b + 16) {
    struct block *rest = (struct block *)((char *)(b + 1) + size);
    *rest = (struct block){b->size - size - sizeof *b, 1, 0, 0};
    b->size = size;
  }
  b->free = 0;
  return b + 1;
}

void free(void *pointer) {
  if (!pointer) return;
  struct block *b = (struct block *)pointer - 1;
  if (b->mapped) munmap(b, b->size + sizeof *b);
  else b->free = 1;
}

void *calloc(size_t count, size_t size) {
  if (size && count > PTRDIFF_MAX / size) return errno = ENOMEM, (void *)0;
  void *pointer = malloc(count * size);
  return pointer ? memset(pointer, 0, count * size) : 0;
}

void *realloc(void *old, size_t size) {
  if (!old) return malloc(size);
  size_t had = ((struct block *)old - 1)->size;
  if (size <= had) return old;
  void *pointer = malloc(size);
  if (!pointer) return 0;
  memcpy(pointer, old, had);
  free(old);
  return pointer;
}

int atoi(const char *text) {
  int sign = 1, value = 0;
  while (*text == ' ') text++;
  if (*text == '-' || *text == '+') sign = *text++ == '-' ? -1 : 1;
  while (*text >= '0' && *text <= '9') value = value * 10 + (*text++ - '0');
  return sign * value;
}

static void swap(char *a, char *b, size_t size) {
  for (; size; size--, a++, b++) {
    char c = *a;
    *a = *b;
    *b = c;
  }
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *)) {
  char *a = base;
  while (count > 1) {
    swap(a, a + count / 2 * size, size);
    size_t middle = 0;
    for (size_t i = 1; i < count; i++)
      if (compare(a + i * size, a) < 0) swap(a + ++middle * size, a + i * size, size);
    swap(a, a + middle * size, size);
    size_t right = count - middle - 1;
    if (middle < right) { // the smaller half by recursion, so that the stack stays flat
      qsort(a, middle, size, compare);
      a += (middle + 1) * size;
      count = right;
    } else {
      qsort(a + (middle + 1) * size, right, size, compare);
      count = middle;
    }
  }
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *)) {
  const char *a = base;
  while (count) {
    const char *middle = a + count / 2 * size;
    int order = compare(key, middle);
    if (!order) return (void *)middle;
    if (order > 0) a = middle + size, count -= count / 2 + 1;
    else count /= 2;
  }
  return 0;
}

char *getenv(const char *name) {
  size_t size = strlen(name);
  for (char **entry = environ; *entry; entry++)
    if (!strncmp(*entry, name, size) && (*entry)[size] == '=') return *entry + size + 1;
  return 0;
}
