// Memory blocks, strings and formatted text of the small C library.

#include "posix.h"

void *memcpy(void *to, const void *from, size_t size) {
  uint8_t *t = to;
  const uint8_t *f = from;
  while (size--) *t++ = *f++;
  return to;
}
void *memmove(void *to, const void *from, size_t size) {
  uint8_t *t = to;
  const uint8_t *f = from;
  if (t <= f) return memcpy(to, from, size);
  while (size--) t[size] = f[size];
  return to;
}
void *memset(void *to, int value, size_t size) {
  uint8_t *t = to;
  while (size--) *t++ = value;
  return to;
}
int memcmp(const void *a, const void *b, size_t size) {
  const uint8_t *x = a, *y = b;
  for (; size; size--, x++, y++)
    if (*x != *y) return *x < *y ? -1 : 1;
  return 0;
}
void *memchr(const void *a, int value, size_t size) {
  for (const uint8_t *x = a; size; size--, x++)
    if (*x == (uint8_t)value) return (void *)x;
  return 0;
}
size_t strlen(const char *text) {
  const char *end = text;
  while (*end) end++;
  return end - text;
}
char *strcpy(char *to, const char *from) { return memcpy(to, from, strlen(from) + 1); }
char *strncpy(char *to, const char *from, size_t size) {
  size_t i = 0;
  for (; i < size && from[i]; i++) to[i] = from[i];
  for (; i < size; i++) to[i] = 0;
  return to;
}
char *strcat(char *to, const char *from) { return strcpy(to + strlen(to), from), to; }
int strncmp(const char *a, const char *b, size_t size) {
  for (; size; size--, a++, b++) {
    if (*a != *b) return (uint8_t)*a < (uint8_t)*b ? -1 : 1;
    if (!*a) return 0;
  }
  return 0;
}
int strcmp(const char *a, const char *b) { return strncmp(a, b, -1); }
char *strchr(const char *text, int wanted) {
  for (;; text++) {
    if (*text == (char)wanted) return (char *)text;
    if (!*text) return 0;
  }
}
char *strrchr(const char *text, int wanted) {
  for (const char *at = text + strlen(text);; at--) {
    if (*at == (char)wanted) return (char *)at;
    if (at == text) return 0;
  }
}
char *strstr(const char *text, const char *wanted) {
  size_t size = strlen(wanted);
  for (; *text || !size; text++)
    if (!strncmp(text, wanted, size)) return (char *)text;
  return 0;
}

// Where formatted text goes: counted in full, stored as far as there is room.
struct output {
  char *buffer;
  size_t size, length;
};

static void put(struct output *out, char c) {
  if (out->length + 1 < out->size) out->buffer[out->length] = c;
  out->length++;
}

struct field {
  int width, precision, left, zero, plus;
};

static void put_field(struct output *out, struct field f, const char *prefix, const char *text, int length) {
  int zeros = f.precision > length ? f.precision - length : 0;
  int blank = f.width - (int)strlen(prefix) - zeros - length;
  if (f.zero && !f.left && f.precision < 0 && blank > 0) zeros = blank, blank = 0;
  for (int i = 0; !f.left && i < blank; i++) put(out, ' ');
  while (*prefix) put(out, *prefix++);
  while (zeros-- > 0) put(out, '0');
  for (int i = 0; i < length; i++) put(out, text[i]);
  for (int i = 0; f.left && i < blank; i++) put(out, ' ');
}

static void put_number(struct output *out, struct field f, uint64_t value, int base, int capital, const char *prefix) {
  char digits[24];
  int at = sizeof digits;
  for (; value; value /= base) digits[--at] = (capital ? "0123456789ABCDEF" : "0123456789abcdef")[value % base];
  if (at == sizeof digits && f.precision != 0) digits[--at] = '0';
  put_field(out, f, prefix, digits + at, sizeof digits - at);
}

int vsnprintf(char *buffer, size_t size, const char *format, va_list arguments) {
  struct output out = {buffer, size, 0};
  for (; *format; format++) {
    if (*format != '%') {
      put(&out, *format);
      continue;
    }
    struct field f = {0, -1, 0, 0, 0};
    for (format++;; format++) {
      if (*format == '-') f.left = 1;
      else if (*format == '0') f.zero = 1;
      else if (*format == '+') f.plus = 1;
      else break;
    }
    if (*format == '*') f.width = va_arg(arguments, int), format++;
    else while (*format >= '0' && *format <= '9') f.width = f.width * 10 + *format++ - '0';
    if (*format == '.') {
      f.precision = 0;
      if (*++format == '*') f.precision = va_arg(arguments, int), format++;
      else while (*format >= '0' && *format <= '9') f.precision = f.precision * 10 + *format++ - '0';
    }
    int longs = 0, shorts = 0;
    for (; *format == 'l' || *format == 'h' || *format == 'z'; format++) longs += *format == 'l', shorts += *format == 'h';
    char kind = *format;
    if (kind == 'd' || kind == 'i') {
      int64_t value = longs == 2 ? va_arg(arguments, int64_t) : va_arg(arguments, int32_t);
      if (shorts == 1) value = (int16_t)value;
      if (shorts == 2) value = (int8_t)value;
      put_number(&out, f, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, 0, value < 0 ? "-" : f.plus ? "+" : "");
    } else if (kind == 'u' || kind == 'x' || kind == 'X' || kind == 'o') {
      uint64_t value = longs == 2 ? va_arg(arguments, uint64_t) : va_arg(arguments, uint32_t);
      if (shorts == 1) value = (uint16_t)value;
      if (shorts == 2) value = (uint8_t)value;
      put_number(&out, f, value, kind == 'u' ? 10 : kind == 'o' ? 8 : 16, kind == 'X', "");
    } else if (kind == 'c') {
      char c = va_arg(arguments, int);
      f.precision = -1;
      f.zero = 0;
      put_field(&out, f, "", &c, 1);
    } else if (kind == 's') {
      const char *text = va_arg(arguments, const char *);
      int length = 0;
      while ((f.precision < 0 || length < f.precision) && text[length]) length++;
      f.precision = -1;
      f.zero = 0;
      put_field(&out, f, "", text, length);
    } else {
      put(&out, kind);
    }
  }
  if (size) buffer[out.length < size ? out.length : size - 1] = 0;
  return out.length;
}

int snprintf(char *buffer, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(buffer, size, format, arguments);
  va_end(arguments);
  return length;
}
