/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * list.h - circular doubly linked lists whose links live inside the things listed.
 *
 * A head and a link are the same struct. A link that is on no list points at itself, so that it may
 * be removed again.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "kassert.h"

struct list {
	struct list *next, *prev;
};

#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

#define LIST_INIT(name)          \
	{                        \
		&(name), &(name) \
	}

/*
 * A loop over the links of HEAD. Its body may remove POS from the list, but not the link after it.
 */
#define list_for_each(pos, head)                                                      \
	for (struct list *pos = (head)->next, *pos##_next = pos->next; pos != (head); \
	     pos = pos##_next, pos##_next = pos->next)

static inline void list_init(struct list *l)
{
	l->next = l->prev = l;
}

/* Is the list HEAD empty; is the link on no list? */
static inline bool list_empty(const struct list *l)
{
	return l->next == l;
}

/* How many links are on the list HEAD, for the leak check. */
static inline unsigned list_length(const struct list *head)
{
	unsigned n = 0;

	for (const struct list *l = head->next; l != head; l = l->next)
		n++;
	return n;
}

static inline void list_add_tail(struct list *link, struct list *head)
{
	KASSERT(head->prev->next == head && head->next->prev == head);
	link->prev = head->prev;
	link->next = head;
	head->prev->next = link;
	head->prev = link;
}

static inline void list_add(struct list *link, struct list *head)
{
	list_add_tail(link, head->next);
}

/* Moves all links of FROM to the front of TO, in the same order. */
static inline void list_move_all(struct list *from, struct list *to)
{
	if (list_empty(from))
		return;
	from->prev->next = to->next;
	to->next->prev = from->prev;
	from->next->prev = to;
	to->next = from->next;
	list_init(from);
}

static inline void list_del(struct list *link)
{
	KASSERT(link->prev->next == link && link->next->prev == link);
	link->prev->next = link->next;
	link->next->prev = link->prev;
	list_init(link);
}
