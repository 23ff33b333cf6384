/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * avl.h - balanced trees whose nodes live inside the things they hold, for what is looked
 * up by a key that has an order.
 *
 * Who owns a tree knows its order: it goes down from the root along child[], and says at which
 * empty place a new node goes. The heights of a node's children differ by at most one, so n nodes
 * are at most 1.45 log2(n) deep. Nothing here sleeps or allocates; a tree that interrupts
 * change, too, is its owner's business.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct avl_node {
	struct avl_node *parent;
	struct avl_node *child[2]; /* what comes before it, and behind it */
	uint32_t height;	   /* 1: a leaf; 0: on no tree */
};

struct avl {
	struct avl_node *root;
	/*
	 * Works out what a node says about all that lies below it, when its children's say
	 * is right; NULL: nodes say nothing of the kind.
	 */
	void (*sum)(struct avl_node *n);
};

/*
 * N, on no tree, becomes a leaf: *AT, which is NULL, is T's root, or the child of PARENT where it
 * belongs.
 */
void avl_insert(struct avl *t, struct avl_node *n, struct avl_node *parent, struct avl_node **at);
/* N, which is on T, is on none. */
void avl_remove(struct avl *t, struct avl_node *n);
/* What T's sum says of N itself has changed, its place has not. */
void avl_changed(struct avl *t, struct avl_node *n);

/*
 * TO, which is empty, gets the shape of FROM, of the copies that COPY makes of its nodes. False:
 * COPY has answered NULL, and what TO holds is for avl_pop() alone.
 */
bool avl_copy(struct avl *to, const struct avl *from, struct avl_node *(*copy)(const struct avl_node *n, void *arg),
	      void *arg);
/*
 * Takes some node off T, which is to be emptied: no other operation is for it any more. NULL: it is
 * empty.
 */
struct avl_node *avl_pop(struct avl *t);

/* The first node (SIDE false) or the last one (true) at N or below; NULL for NULL. */
struct avl_node *avl_end(struct avl_node *n, bool side);
/* The node behind N (SIDE true) or before it (false); NULL: there is none. */
struct avl_node *avl_step(const struct avl_node *n, bool side);
