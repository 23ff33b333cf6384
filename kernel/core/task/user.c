/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user.c - see user.h.
 */
#include "user.h"

#include "kassert.h"
#include "page.h"

static struct hash users;

struct user *user_get(uint32_t uid)
{
	const uint32_t hash = hash_words(uid, 0);
	struct user *u;

	if (users.buckets == 0)
		hash_init(&users);
	list_for_each(link, hash_bucket(&users, hash)) {
		u = container_of(link, struct user, hashed.link);
		if (u->uid == uid) {
			u->refs++;
			return u;
		}
	}
	u = kmalloc(sizeof(*u));
	if (u == NULL)
		return NULL;
	u->uid = uid;
	u->refs = 1;
	hash_add(&users, &u->hashed, hash);
	return u;
}

void user_put(struct user *u)
{
	KASSERT(u->refs != 0);
	if (--u->refs != 0)
		return;
	hash_remove(&users, &u->hashed);
	kfree(u);
}
