// A linked list whose nodes lie scattered in memory: built, searched, reversed and merge sorted.
// Dependent loads and short branches. Checked for order and for the sum of its keys.

#include "lib/bench.h"

#define NODES 4096

struct node {
  struct node *next;
  uint32_t key;
};

static struct node nodes[NODES];

/** Links all nodes in a scattered order and gives them random keys; returns the sum of the keys. */
static uint32_t build(struct node **head, uint32_t seed) {
  uint32_t sum = 0;
  *head = 0;
  for (uint32_t i = 0; i < NODES; i++) {
    struct node *node = &nodes[i * 2531u % NODES];
    node->key = next_random(&seed) >> 8;
    node->next = *head;
    *head = node;
    sum += node->key;
  }
  return sum;
}

static __attribute__((noinline)) struct node *reverse(struct node *head) {
  struct node *reversed = 0;
  while (head) {
    struct node *next = head->next;
    head->next = reversed;
    reversed = head;
    head = next;
  }
  return reversed;
}

/** The place of the first node with this key, or NODES. */
static __attribute__((noinline)) uint32_t find(const struct node *node, uint32_t key) {
  uint32_t place = 0;
  for (; node && node->key != key; node = node->next) place++;
  return place;
}

static struct node *merge(struct node *left, struct node *right) {
  struct node *head, **end = &head;
  while (left && right) {
    struct node **smaller = left->key <= right->key ? &left : &right;
    *end = *smaller;
    end = &(*smaller)->next;
    *smaller = *end;
  }
  *end = left ? left : right;
  return head;
}

static struct node *sort(struct node *head, uint32_t count) {
  if (count < 2) return head;
  struct node *last = head;
  for (uint32_t i = 1; i < count / 2; i++) last = last->next;
  struct node *right = last->next;
  last->next = 0;
  return merge(sort(head, count / 2), sort(right, count - count / 2));
}

static int is_sorted(const struct node *node, uint32_t sum) {
  int ok = 1;
  for (; node; node = node->next) {
    ok &= !node->next || node->key <= node->next->key;
    sum -= node->key;
  }
  return ok && sum == 0;
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 450);
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t round = 1; round <= rounds; round++) {
    struct node *head;
    uint32_t sum = build(&head, round);
    for (uint32_t i = 0; i < 64; i++) checksum = mix(checksum, find(head, nodes[i * 61].key));
    head = sort(reverse(head), NODES);
    ok &= is_sorted(head, sum);
    checksum = mix(checksum, head->key);
  }
  return report("list", checksum, ok);
}
