/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * surroundings.c - see surroundings.h.
 *
 * The values come from the command line, where qemu.sh has checked them. If one is wrong
 * nevertheless, the machine refuses it, and no program runs.
 */
#include "surroundings.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/utsname.h>

#include "cred.h"
#include "file.h"
#include "limits_set.h"
#include "nproc.h"
#include "options.h"
#include "panic.h"
#include "runqueue.h"
#include "task.h"
#include "uts.h"

/* ---- numbers ---- */

/*
 * The number in BASE at *TEXT, which is at most MAX and ends at STOP or at the end of the text;
 * *TEXT is moved behind STOP.
 */
static uint64_t surroundings_number(const char *what, const char **text, char stop, unsigned base, uint64_t max)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = *text, *digit;
	uint64_t n = 0;

	while ((digit = memchr(digits, *at, base)) != NULL) {
		const uint64_t value = (uint64_t)(digit - digits);

		if (n > (max - value) / base)
			refuse("init: command line: %s: \"%s\" is too large", what, *text);
		n = n * base + value;
		at++;
	}
	if (at == *text || (*at != '\0' && *at != stop))
		refuse("init: command line: %s: \"%s\" is no number", what, *text);
	*text = at + (*at != '\0');
	return n;
}

static uint32_t surroundings_id(const char *what, const char **text)
{
	return (uint32_t)surroundings_number(what, text, ',', 10, UINT32_MAX - 1);
}

/* "RESOURCE:SOFT:HARD" */
static void surroundings_set_limit(const char *text)
{
	const uint64_t resource = surroundings_number("rlimit", &text, ':', 10, RLIM_NLIMITS - 1);
	struct rlimit64 new;

	new.rlim_cur = surroundings_number("rlimit", &text, ':', 10, RLIM_INFINITY);
	new.rlim_max = surroundings_number("rlimit", &text, '\0', 10, RLIM_INFINITY);
	if (limits_set(current->group, (uint32_t)resource, &new) != 0)
		refuse("init: command line: rlimit %lu cannot be %lu:%lu", (unsigned long)resource,
		       (unsigned long)new.rlim_cur, (unsigned long)new.rlim_max);
}

/* ---- ids and rights ---- */

static void surroundings_set_groups(struct cred *c, const char *text)
{
	c->ngroups = 0;
	while (*text != '\0') {
		if (c->ngroups == CRED_GROUPS_MAX)
			refuse("init: command line: groups: more than %u", CRED_GROUPS_MAX);
		c->groups[c->ngroups++] = surroundings_id("groups", &text);
	}
}

/*
 * Does what a launcher does that keeps CAPS through setuid(2): drops all other capabilities from
 * the bounding set, and hands CAPS to another user's program as ambient ones.
 */
static void surroundings_set_caps(struct cred *c, const char *text)
{
	const uint64_t caps = surroundings_number("caps", &text, '\0', 16, CRED_ALL_CAPS);

	c->cap_bounding = c->cap_permitted = c->cap_effective = caps;
	c->cap_inheritable = c->cap_ambient = c->uid != 0 ? caps : 0;
}

static void surroundings_set_ids(struct cred *c)
{
	const char *text;

	if (options.groups != NULL)
		surroundings_set_groups(c, options.groups);
	text = options.gid;
	if (text != NULL)
		c->gid = c->egid = c->sgid = c->fsgid = surroundings_id("gid", &text);
	text = options.uid;
	if (text != NULL)
		c->uid = c->euid = c->suid = c->fsuid = surroundings_id("uid", &text);
	if (c->uid != 0)
		c->cap_permitted = c->cap_effective = 0;
	if (options.caps != NULL)
		surroundings_set_caps(c, options.caps);
}

void surroundings_apply(void)
{
	struct cred *c = &current->cred;
	struct path cwd;
	int err;

	if (options.hostname != NULL && strlen(options.hostname) > __NEW_UTS_LEN)
		refuse("init: command line: hostname: more than %u bytes", __NEW_UTS_LEN);
	if (options.hostname != NULL)
		strcpy(uts.nodename, options.hostname);
	for (unsigned i = 0; i < OPTIONS_RLIMITS && options.rlimits[i] != NULL; i++)
		surroundings_set_limit(options.rlimits[i]);
	nproc_begin();
	surroundings_set_ids(c);
	if (nproc_change_user(c->uid) != 0)
		refuse("init: no memory");
	runqueue_change_user(c->uid);
	if (options.cwd != NULL) {
		err = path_resolve(AT_FDCWD, options.cwd, true, &cwd);
		if (err == 0)
			err = fs_enter(&current->fs->cwd, cwd);
		if (err != 0)
			refuse("init: command line: cwd: %s: errno %d", options.cwd, -err);
	}
	if (options.filters != 0 && (c->cap_effective >> CAP_SYS_ADMIN & 1) == 0)
		current->no_new_privs = true;
}
