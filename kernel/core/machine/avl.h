/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * avl.h - balanced (AVL) trees whose nodes lie inside the things they hold, for look-ups by a key
 * that has an order.
 *
 * Only the owner of a tree knows its order: it goes down from the root along child[], and finds the
 * empty place where a new node belongs. The heights of a node's children differ by at most one, so
 * n nodes are at most 1.45 log2(n) deep. Nothing here sleeps or allocates. If interrupt handlers
 * change a tree, its owner must keep them out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct avl_node {
	struct avl_node *parent;
	struct avl_node *child[2]; /* the subtrees of what comes before it and after it */
	uint32_t height;	   /* 1: a leaf; 0: it is in no tree */
};

struct avl {
	struct avl_node *root;
	/*
	 * Computes what node N records about its whole subtree, such as the widest gap, from N
	 * itself and from what its children record. NULL: the nodes record nothing of the kind.
	 */
	void (*sum)(struct avl_node *n);
};

/*
 * Adds N, which is in no tree, as a leaf at *AT, which is NULL: the root of T, or the child of
 * PARENT where N belongs.
 */
void avl_insert(struct avl *t, struct avl_node *n, struct avl_node *parent, struct avl_node **at);
/* Removes N from T. */
void avl_remove(struct avl *t, struct avl_node *n);
/*
 * Brings the sums up to date after N has changed in what T->sum() looks at. N's place is the same.
 */
void avl_changed(struct avl *t, struct avl_node *n);

/*
 * Fills TO, which is empty, with a copy of FROM of the same shape; COPY makes the copy of one node.
 * False: COPY has returned NULL. Then only avl_pop() may be called for TO.
 */
bool avl_copy(struct avl *to, const struct avl *from, struct avl_node *(*copy)(const struct avl_node *n, void *arg),
	      void *arg);
/*
 * Removes any node from T, whose nodes are all to go: no other function may be called for T any
 * more. NULL: T is empty.
 */
struct avl_node *avl_pop(struct avl *t);

/* The first node (SIDE false) or the last one (true) at N or below; NULL for NULL. */
struct avl_node *avl_end(struct avl_node *n, bool side);
/* The node after N (SIDE true) or before it (false); NULL: there is none. */
struct avl_node *avl_step(const struct avl_node *n, bool side);
