/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_userns.c - /proc/PID/uid_map, gid_map and setgroups: the numbers of users and groups in a
 * process's user namespace. The rules are in userns.c; the text is read and written here.
 * [kernel/user_namespace.c]
 */
#include <abi/errno.h>

#include <string.h>

#include "page.h"
#include "proc.h"
#include "userns.h"

static int proc_userns_show(struct text *t, const struct task *task, bool gid)
{
	struct userns_extent e;

	for (uint32_t n = 0; userns_map_extent(task, gid, n, &e); n++)
		text_add(t, "%10u %10u %10u\n", e.inside, e.outside, e.count);
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_spaces(const char *at)
{
	while (is_space(*at) && *at != '\n')
		at++;
	return at;
}

/*
 * Reads the number at *AT into *TO, and moves *AT behind it. False unless a blank follows it; after
 * the LAST number of a line, the line or the text may also end.
 */
static bool take_number(const char **at, bool last, uint32_t *to)
{
	const char *p = skip_spaces(*at);

	for (*to = 0; *p >= '0' && *p <= '9'; p++)
		*to = *to * 10 + (uint32_t)(*p - '0');
	*at = p;
	return last ? *p == '\0' || is_space(*p) : is_space(*p) && *p != '\n';
}

/* Reads lines of three numbers into E: how many lines, or -EINVAL. [map_write] */
static int parse_extents(const char *at, struct userns_extent *e)
{
	uint32_t n = 0;

	for (;;) {
		if (n == USERNS_EXTENTS || !take_number(&at, false, &e[n].inside) ||
		    !take_number(&at, false, &e[n].outside) || !take_number(&at, true, &e[n].count))
			return -EINVAL;
		n++;
		at = skip_spaces(at);
		if (*at == '\0')
			return (int)n;
		if (*at++ != '\n')
			return -EINVAL;
	}
}

static int proc_userns_store(const char *text, const struct task *task, bool gid)
{
	struct userns_extent *e;
	int n = userns_map_may_set(task, gid);

	if (n != 0)
		return n;
	e = page_alloc(0);
	if (e == NULL)
		return -ENOMEM;
	n = parse_extents(text, e);
	if (n > 0)
		n = userns_map_set(task, gid, e, (uint32_t)n);
	page_free(e, 0);
	return n;
}

int proc_show_uid_map(struct text *t, struct task *task)
{
	return proc_userns_show(t, task, false);
}

int proc_show_gid_map(struct text *t, struct task *task)
{
	return proc_userns_show(t, task, true);
}

int proc_store_uid_map(char *text, struct task *task)
{
	return proc_userns_store(text, task, false);
}

int proc_store_gid_map(char *text, struct task *task)
{
	return proc_userns_store(text, task, true);
}

int proc_show_setgroups(struct text *t, struct task *task)
{
	text_add(t, userns_setgroups_get(task) ? "allow\n" : "deny\n");
	return 0;
}

int proc_store_setgroups(char *text, struct task *task)
{
	const bool allow = strncmp(text, "allow", 5) == 0;

	if (!allow && strncmp(text, "deny", 4) != 0)
		return -EINVAL;
	if (*skip_spaces(text + (allow ? 5 : 4)) != '\0')
		return -EINVAL;
	return userns_setgroups_set(task, allow);
}
