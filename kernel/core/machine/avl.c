/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * avl.c - see avl.h. Insertion and removal change one place. Then put_right() restores balance and
 * sums from there up to the root.
 */
#include "avl.h"

#include "kassert.h"

static uint32_t node_height(const struct avl_node *n)
{
	return n != NULL ? n->height : 0;
}

static void avl_refresh(const struct avl *t, struct avl_node *n)
{
	const uint32_t a = node_height(n->child[0]), b = node_height(n->child[1]);

	n->height = 1 + (a > b ? a : b);
	if (t->sum != NULL)
		t->sum(n);
}

/* Puts NEW, which may be NULL, at OLD's place below OLD's parent. OLD itself is not changed. */
static void take_place_of(struct avl *t, const struct avl_node *old, struct avl_node *new)
{
	struct avl_node *parent = old->parent;

	if (parent == NULL)
		t->root = new;
	else
		parent->child[parent->child[1] == old] = new;
	if (new != NULL)
		new->parent = parent;
}

/* Makes BELOW, which may be NULL, the child of N on SIDE. */
static void hang_below(struct avl_node *n, bool side, struct avl_node *below)
{
	n->child[side] = below;
	if (below != NULL)
		below->parent = n;
}

/* N's child on SIDE takes N's place, and N becomes its child. Returns that child. */
static struct avl_node *avl_rotate(struct avl *t, struct avl_node *n, bool side)
{
	struct avl_node *up = n->child[side];

	take_place_of(t, n, up);
	hang_below(n, side, up->child[!side]);
	hang_below(up, !side, n);
	avl_refresh(t, n);
	avl_refresh(t, up);
	return up;
}

/* Restores balance and sums from N up to the root. The subtrees of N are in balance. */
static void put_right(struct avl *t, struct avl_node *n)
{
	for (; n != NULL; n = n->parent) {
		const uint32_t before = n->height, a = node_height(n->child[0]), b = node_height(n->child[1]);
		const bool side = b > a;

		if (a > b + 1 || b > a + 1) {
			struct avl_node *heavy = n->child[side];

			if (node_height(heavy->child[!side]) > node_height(heavy->child[side]))
				(void)avl_rotate(t, heavy, !side);
			n = avl_rotate(t, n, side);
		} else {
			avl_refresh(t, n);
		}
		if (n->height == before && t->sum == NULL)
			break;
	}
}

void avl_insert(struct avl *t, struct avl_node *n, struct avl_node *parent, struct avl_node **at)
{
	KASSERT(*at == NULL && n->height == 0);
	KASSERT(parent == NULL ? at == &t->root : at == &parent->child[0] || at == &parent->child[1]);
	*n = (struct avl_node){ .parent = parent };
	*at = n;
	put_right(t, n);
}

void avl_remove(struct avl *t, struct avl_node *n)
{
	struct avl_node *from = n->parent;

	KASSERT(n->height != 0 && (from != NULL || t->root == n));
	if (n->child[0] != NULL && n->child[1] != NULL) {
		struct avl_node *next = avl_end(n->child[1], false);

		from = next->parent == n ? next : next->parent;
		take_place_of(t, next, next->child[1]);
		hang_below(next, false, n->child[0]);
		hang_below(next, true, n->child[1]);
		next->height = n->height;
		take_place_of(t, n, next);
	} else {
		take_place_of(t, n, n->child[n->child[0] == NULL]);
	}
	n->height = 0;
	put_right(t, from);
}

void avl_changed(struct avl *t, struct avl_node *n)
{
	KASSERT(n->height != 0);
	put_right(t, n);
}

bool avl_copy(struct avl *to, const struct avl *from, struct avl_node *(*copy)(const struct avl_node *n, void *arg),
	      void *arg)
{
	struct avl_node **at = &to->root, *parent = NULL;

	KASSERT(to->root == NULL);
	for (const struct avl_node *n = from->root; n != NULL;) {
		struct avl_node *c = copy(n, arg);
		bool side = n->child[0] == NULL;

		if (c == NULL)
			return false;
		*c = (struct avl_node){ .parent = parent, .height = n->height };
		*at = c;
		/* The next node in preorder: a child of N, or the right child of a node above. */
		for (; n->child[side] == NULL; side = true) {
			bool was = true;

			while (was && n->parent != NULL) {
				was = n->parent->child[1] == n;
				n = n->parent;
				c = c->parent;
			}
			if (was)
				return true;
		}
		parent = c;
		at = &c->child[side];
		n = n->child[side];
	}
	return true;
}

struct avl_node *avl_pop(struct avl *t)
{
	struct avl_node *n = t->root;

	if (n == NULL)
		return NULL;
	while (n->child[0] != NULL || n->child[1] != NULL)
		n = n->child[n->child[0] == NULL];
	take_place_of(t, n, NULL);
	n->height = 0;
	return n;
}

struct avl_node *avl_end(struct avl_node *n, bool side)
{
	while (n != NULL && n->child[side] != NULL)
		n = n->child[side];
	return n;
}

struct avl_node *avl_step(const struct avl_node *n, bool side)
{
	if (n->child[side] != NULL)
		return avl_end(n->child[side], !side);
	while (n->parent != NULL && n->parent->child[side] == n)
		n = n->parent;
	return n->parent;
}
