/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core_name.c - the name of a core file, as /proc/sys/kernel/core_pattern says. [fs/coredump.c]
 */
#include "coredump.h"

#include <string.h>

#include "inode.h"
#include "page.h"
#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "text.h"
#include "time.h"
#include "timespec.h"
#include "uts.h"

/*
 * Adds NAME as one name of a path, whatever it is: a slash becomes "!", so does an empty name, and
 * the first dot of "." and "..". [cn_esc_printf]
 */
static void add_escaped(struct text *t, const char *name)
{
	const size_t from = t->len;

	text_add(t, "%s", *name != '\0' ? name : "!");
	if (strcmp(t->buf + from, ".") == 0 || strcmp(t->buf + from, "..") == 0)
		t->buf[from] = '!';
	for (size_t n = from; n < t->len; n++)
		if (t->buf[n] == '/')
			t->buf[n] = '!';
}

/* Adds the path of the program, or its last name. False: no memory. [cn_print_exe_file] */
static bool add_program(struct text *t, bool whole)
{
	const struct inode *i = inode_behind(current->mm->exe);
	char *room = kmalloc(PAGE_SIZE);
	const char *path, *last;

	if (room == NULL)
		return false;
	path = i != NULL ? inode_path(i, room, PAGE_SIZE) : current->comm;
	last = whole ? NULL : strrchr(path, '/');
	add_escaped(t, last != NULL ? last + 1 : path);
	kfree(room);
	return true;
}

/* Adds what %WHAT stands for, which may be nothing. False: no memory. */
static bool add_part(struct text *t, char what, const struct siginfo *info)
{
	switch (what) {
	case '%':
		text_add(t, "%%");
		break;
	case 'p':
		text_add(t, "%u", pidns_show(current->group->id));
		break;
	case 'P':
		text_add(t, "%u", current->group->id);
		break;
	case 'i':
		text_add(t, "%u", pidns_show(current->tid));
		break;
	case 'I':
		text_add(t, "%u", current->tid);
		break;
	case 'u':
		text_add(t, "%u", current->cred.uid);
		break;
	case 'g':
		text_add(t, "%u", current->cred.gid);
		break;
	case 'd':
		text_add(t, "1"); /* PR_GET_DUMPABLE: without it there is no core */
		break;
	case 's':
		text_add(t, "%d", info->si_signo);
		break;
	case 't':
		text_add(t, "%lu", time_realtime() / NSEC_PER_SEC);
		break;
	case 'h':
		add_escaped(t, uts_current()->nodename);
		break;
	case 'e':
		add_escaped(t, current->comm);
		break;
	case 'c':
		text_add(t, "%lu", current->group->limits[RLIMIT_CORE].rlim_cur);
		break;
	case 'f':
	case 'E':
		return add_program(t, what == 'E');
	default:
		break;
	}
	return true;
}

bool core_name(char *buf, size_t size, const struct siginfo *info)
{
	bool has_pid = false, done = true;
	struct text t;

	text_init_fixed(&t, buf, size);
	for (const char *at = core_pattern; *at != '\0' && done; at++) {
		if (*at != '%') {
			text_add_bytes(&t, at, 1);
			continue;
		}
		if (*++at == '\0')
			break;
		has_pid = has_pid || *at == 'p';
		done = add_part(&t, *at, info);
	}
	if (!has_pid && core_uses_pid != 0)
		text_add(&t, ".%u", pidns_show(current->group->id));
	return done && !t.overflow;
}
