/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit.c - what the console says about verdicts: Linux's audit records.
 *
 * Called by the judge before it acts. No record is lost: nothing is allocated, lines go to the
 * console piece by piece, there is no rate limit, and the kernel is not preempted between the
 * pieces of one line.
 */
#include "audit.h"

#include <string.h>

#include <abi/audit.h>
#include <abi/capability.h>
#include <abi/errno.h>

#include "actions.h"
#include "console.h"
#include "file.h"
#include "kassert.h"
#include "task.h"
#include "timespec.h"
#include "vm.h"

#define UNSET 4294967295U /* what Linux prints for a login uid or session that was never set; this kernel has neither */
#define PATH_ROOM 4096

/* Sets of actions: a bit for each, by its place in seccomp_actions[]. */
#define ACTION_ALLOW (1U << (SECCOMP_ACTIONS - 1)) /* the last of the table */

static uint32_t logged = ACTION_ALLOW - 1; /* the actions to log: all but allow */
static uint64_t serial;			   /* the last record's number */

/* ---- lines ---- */

/* Prints the path of the program that the current task runs. */
static void put_exe(void)
{
	static char room[PATH_ROOM]; /* too big for the stack */
	const char *path;

	/*
	 * Filters that judge the first program's execve see a task without a file
	 * [audit_log_d_path_exe].
	 */
	if (current->mm->exe == NULL) {
		printk(" exe=(null)");
		return;
	}
	path = inode_path(inode_behind(current->mm->exe), room, sizeof(room));
	printk(" exe=");
	console_untrusted(path, strlen(path));
}

static void put_record_head(unsigned type)
{
	const uint64_t ms = time_realtime() / NSEC_PER_MSEC;

	serial++;
	printk("audit: type=%u audit(%lu.%03u:%lu): ", type, (unsigned long)(ms / 1000), (unsigned)(ms % 1000),
	       (unsigned long)serial);
}

void audit_seccomp(const struct seccomp_data *data, int sig, uint32_t action)
{
	put_record_head(AUDIT_SECCOMP);
	printk("auid=%u uid=%u gid=%u ses=%u pid=%u comm=", UNSET, current->cred.uid, current->cred.gid, UNSET,
	       current->group->id);
	console_untrusted(current->comm, strlen(current->comm));
	put_exe();
	printk(" sig=%d arch=%x syscall=%d compat=0 ip=0x%lx code=0x%x\n", sig, data->arch, data->nr,
	       (unsigned long)data->instruction_pointer, action);
}

/* ---- kernel.seccomp.actions_avail, actions_logged ---- */

static uint32_t action_bit(uint32_t action)
{
	for (uint32_t i = 0; i < SECCOMP_ACTIONS; i++)
		if (seccomp_actions[i].ret == action)
			return 1U << i;
	return 1; /* an unknown action counts as KILL_PROCESS, the first of the table */
}

bool audit_wants(uint32_t action)
{
	return logged & action_bit(action) & ~ACTION_ALLOW;
}

/*
 * Writes the names of the actions in BITS to BUF, with SEPARATOR between two. Returns the length.
 */
static size_t names_of(uint32_t bits, char separator, char buf[AUDIT_NAMES])
{
	size_t n = 0;

	for (uint32_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const size_t length = strlen(seccomp_actions[i].word);

		if (!(bits >> i & 1))
			continue;
		KASSERT(n + length + 2 <= AUDIT_NAMES);
		if (n > 0)
			buf[n++] = separator;
		memcpy(buf + n, seccomp_actions[i].word, length);
		n += length;
	}
	buf[n] = '\0';
	return n;
}

size_t audit_actions_avail(char buf[AUDIT_NAMES])
{
	return names_of((ACTION_ALLOW << 1) - 1, ' ', buf);
}

size_t audit_actions_logged(char buf[AUDIT_NAMES])
{
	return names_of(logged, ' ', buf);
}

/*
 * The set of the actions that TEXT names, up to the first empty name; -EINVAL: a name is unknown,
 * or "allow". [seccomp_names_to_actions_logged]
 */
static int bits_of(const char *text)
{
	uint32_t bits = 0;

	while (*text != '\0' && *text != ' ') {
		const size_t length = strcspn(text, " ");
		uint32_t i = 0;

		while (i < SECCOMP_ACTIONS && !(strlen(seccomp_actions[i].word) == length &&
						memcmp(seccomp_actions[i].word, text, length) == 0))
			i++;
		if (i == SECCOMP_ACTIONS || 1U << i == ACTION_ALLOW)
			return -EINVAL;
		bits |= 1U << i;
		text += length;
		text += *text == ' ';
	}
	return (int)bits;
}

int audit_set_actions_logged(const char *text)
{
	const int bits = task_capable(CAP_SYS_ADMIN) ? bits_of(text) : -EPERM;
	char old[AUDIT_NAMES], new[AUDIT_NAMES];

	names_of(logged, ',', old);
	if (bits >= 0)
		names_of((uint32_t)bits, ',', new);
	put_record_head(AUDIT_CONFIG_CHANGE);
	printk("op=seccomp-logging actions=%s old-actions=%s res=%d\n",
	       bits < 0	   ? "?"
	       : bits == 0 ? "(none)"
			   : new,
	       logged == 0 ? "(none)" : old, bits >= 0);
	if (bits < 0)
		return bits;
	logged = (uint32_t)bits;
	return 0;
}
