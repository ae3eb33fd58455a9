// A linked list of heap blocks: built, reversed, merge-sorted, freed.
#include "corpus.h"

struct node { struct node *next; int32_t value; };

static struct node *merge(struct node *a, struct node *b) {
  struct node *head, **tail = &head;
  while (a && b) {
    struct node **less = a->value <= b->value ? &a : &b;
    *tail = *less;
    tail = &(*less)->next;
    *less = (*less)->next;
  }
  *tail = a ? a : b;
  return head;
}

static struct node *sort(struct node *list) {
  if (!list || !list->next) return list;
  struct node *slow = list, *fast = list->next;
  while (fast && fast->next) slow = slow->next, fast = fast->next->next;
  struct node *half = slow->next;
  slow->next = 0;
  return merge(sort(list), sort(half));
}

int main(void) {
  struct node *list = 0;
  uint32_t x = 12345;
  for (int i = 0; i < 5000; i++) {
    struct node *n = malloc(sizeof *n);
    x = x * 1103515245 + 12345;
    *n = (struct node){list, (int32_t)(x >> 8) - (1 << 23)};
    list = n;
  }
  list = sort(list);
  int order = 1, count = 0;
  int64_t sum = 0;
  for (struct node *n = list; n; n = n->next) count++, sum += n->value, order &= !n->next || n->value <= n->next->value;
  say("%d nodes, in order: %s, first %d, sum %lld", count, order ? "yes" : "no", list->value, (long long)sum);
  while (list) {
    struct node *next = list->next;
    free(list);
    list = next;
  }
  return 0;
}
