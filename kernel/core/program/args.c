/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * args.c - collects the argument and environment strings of an execve, before anything of the task
 * changes.
 */
#include <abi/errno.h>
#include <string.h>

#include "exec.h"
#include "page.h"
#include "task.h"
#include "usercopy.h"

#define ARGS_MAX (1UL << 20) /* bytes of all strings; on Linux a quarter of RLIMIT_STACK, 2 MiB by default */
#define STRING_WORK (8 * SCHED_STEP)
#define STRING_MAX (32 * PAGE_SIZE) /* [MAX_ARG_STRLEN] */

/* Makes room for N bytes more: 0, -E2BIG or -ENOMEM. */
static int args_reserve(struct args *a, size_t n)
{
	size_t size = a->size ? a->size : 1024;
	char *buf;

	if (n > ARGS_MAX - a->used)
		return -E2BIG;
	while (size < a->used + n)
		size *= 2;
	if (size == a->size)
		return 0;
	buf = kmalloc_raw(size);
	if (buf == NULL)
		return -ENOMEM;
	if (a->used > 0)
		memcpy(buf, a->buf, a->used);
	kfree(a->buf);
	a->buf = buf;
	a->size = size;
	return 0;
}

static void count_one(struct args *a)
{
	if (a->env_at)
		a->envc++;
	else
		a->argc++;
}

int args_add(struct args *a, const char *string)
{
	const size_t n = strlen(string) + 1;
	const int err = args_reserve(a, n);

	if (err != 0)
		return err;
	memcpy(a->buf + a->used, string, n);
	a->used += n;
	count_one(a);
	return 0;
}

#define PIECE 256UL /* bytes that are copied at once */

/*
 * Adds the string at user address USTRING: 0, -EFAULT, -E2BIG, -ENOMEM or -EINTR. WORKED is
 * sched_worked()'s.
 */
static int add_user_string(struct args *a, uint64_t ustring, uint32_t *worked)
{
	for (size_t done = 0; done < STRING_MAX; done += PIECE) {
		int err = args_reserve(a, done + PIECE);
		long len;

		if (err != 0)
			return err;
		len = copy_string_from_user(a->buf + a->used + done, ustring + done, PIECE);
		if (len >= 0) {
			a->used += done + (size_t)len + 1;
			count_one(a);
			return 0;
		}
		if (len != -ENAMETOOLONG)
			return (int)len;
		if (sched_worked(worked, 4 * PIECE))
			return -EINTR;
	}
	return -E2BIG;
}

int args_add_user(struct args *a, uint64_t uarray)
{
	uint32_t worked = 0;

	for (; uarray != 0; uarray += sizeof(uint64_t)) {
		uint64_t ustring;
		int err = copy_from_user(&ustring, uarray, sizeof(ustring));

		if (err != 0 || ustring == 0)
			return err;
		err = add_user_string(a, ustring, &worked);
		if (err != 0)
			return err;
		if (sched_worked(&worked, STRING_WORK))
			return -EINTR;
	}
	return 0;
}

void args_begin_env(struct args *a)
{
	a->env_at = a->used;
}

void args_drop_first(struct args *a)
{
	size_t n;

	if (a->argc == 0)
		return;
	n = strlen(a->buf) + 1;
	memmove(a->buf, a->buf + n, a->used - n);
	a->used -= n;
	a->env_at -= n;
	a->argc--;
}

int args_push_front(struct args *a, const char *string)
{
	const size_t n = strlen(string) + 1;
	const int err = args_reserve(a, n);

	if (err != 0)
		return err;
	memmove(a->buf + n, a->buf, a->used);
	memcpy(a->buf, string, n);
	a->used += n;
	a->env_at += n;
	a->argc++;
	return 0;
}

void args_free(struct args *a)
{
	kfree(a->buf);
	a->buf = NULL;
}
