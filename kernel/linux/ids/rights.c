/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.c - how capabilities follow ids and prctl. [security/commoncap.c]
 *
 * Called by the set*id calls, prctl and execve. Nothing here gives a capability that Linux would
 * not give.
 */
#include "rights.h"

#include <abi/auxvec.h>
#include <abi/errno.h>
#include <abi/prctl.h>

#include "fs.h"
#include "nproc.h"
#include "runqueue.h"
#include "tracer.h"
#include "usercopy.h"
#include "userns.h"
#include "vm.h"

/* Securebits come in pairs: a bit, and next to it the bit that locks it. */
#define SECURE_ALL_BITS (SECBIT_NOROOT | SECBIT_NO_SETUID_FIXUP | SECBIT_KEEP_CAPS | SECBIT_NO_CAP_AMBIENT_RAISE)
#define SECURE_ALL_LOCKS (SECURE_ALL_BITS << 1)

/* Capabilities over files, which follow fsuid. [CAP_FS_SET] */
#define FILE_CAPS                                                                                     \
	(1UL << CAP_CHOWN | 1UL << CAP_MKNOD | 1UL << CAP_DAC_OVERRIDE | 1UL << CAP_DAC_READ_SEARCH | \
	 1UL << CAP_FOWNER | 1UL << CAP_FSETID | 1UL << CAP_LINUX_IMMUTABLE | 1UL << CAP_MAC_OVERRIDE)

static bool cred_has(const struct cred *c, uint32_t uid)
{
	return c->uid == uid || c->euid == uid || c->suid == uid;
}

/* [cap_emulate_setxuid] */
static void fix_capabilities(struct cred *new, const struct cred *old)
{
	const uint32_t root = userns_uid(0);

	if (old->securebits & SECBIT_NO_SETUID_FIXUP)
		return;
	if (cred_has(old, root) && !cred_has(new, root)) {
		if (!(old->securebits & SECBIT_KEEP_CAPS))
			new->cap_permitted = new->cap_effective = 0;
		new->cap_ambient = 0;
	}
	if (old->euid == root && new->euid != root)
		new->cap_effective = 0;
	if (old->euid != root && new->euid == root)
		new->cap_effective = new->cap_permitted;
}

/* Closes the current program to others of its user, as one whose rights are not theirs. */
static void close_program(void)
{
	current->mm->undumpable = true;
	current->parent_death_signal = 0;
}

/* [commit_creds] */
static void commit_cred(const struct cred *new)
{
	const struct cred *old = &current->cred;

	if (old->euid != new->euid || old->egid != new->egid || old->fsuid != new->fsuid || old->fsgid != new->fsgid)
		close_program();
	current->cred = *new;
	runqueue_change_user(new->uid);
}

int cred_commit(const struct cred *new)
{
	const struct cred old = current->cred;
	const int err = nproc_change_user(new->uid);

	if (err == 0) {
		commit_cred(new);
		fix_capabilities(&current->cred, &old);
	}
	return err;
}

void cred_commit_fsuid(const struct cred *new)
{
	const uint32_t root = userns_uid(0), old = current->cred.fsuid;
	struct cred *c = &current->cred;

	commit_cred(new);
	if (c->securebits & SECBIT_NO_SETUID_FIXUP)
		return;
	if (old == root && c->fsuid != root)
		c->cap_effective &= ~FILE_CAPS;
	if (old != root && c->fsuid == root)
		c->cap_effective |= c->cap_permitted & FILE_CAPS;
}

/* Is who has these RIGHTS allowed to look into all of the current namespace? [ptracer_capable] */
static bool tracer_is_capable(const struct tracer_rights *rights)
{
	struct userns *ns = current->userns, *above;

	for (; ns != rights->userns; ns = above) {
		if (!userns_above(ns, &above))
			return false;
		if (above == rights->userns && userns_maker(ns) == rights->euid)
			return true;
	}
	return rights->cap_effective >> CAP_SYS_PTRACE & 1;
}

/*
 * Might somebody with fewer rights than the new program steer it: a tracer, or who shares its root
 * and working directory? [check_unsafe_exec]
 */
static bool is_unsafe(void)
{
	return current->no_new_privs || current->fs->refs > 1 ||
	       (current->tracer != NULL && !tracer_is_capable(&current->tracer->rights));
}

/* The effective ids become the real ones. The new program's stack says so; SECURE is told there. */
static void drop_effective_ids(bool secure)
{
	struct cred *c = &current->cred;
	const uint64_t words[][2] = { { AT_EUID, userns_show_uid(c->uid) },
				      { AT_EGID, userns_show_gid(c->gid) },
				      { AT_SECURE, secure } };
	uint64_t at, key;

	for (at = current->mm->auxv_start; at < current->mm->auxv_end; at += sizeof(words[0]))
		for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++)
			if (copy_from_user(&key, at, sizeof(key)) == 0 && key == words[n][0])
				(void)copy_to_user(at, words[n], sizeof(words[n])); /* written a moment ago */
	c->euid = c->uid;
	c->egid = c->gid;
}

void rights_exec(void)
{
	struct cred *c = &current->cred;
	const uint64_t old_permitted = c->cap_permitted;
	const uint32_t root_uid = userns_uid(0);
	const bool root = !(c->securebits & SECBIT_NOROOT) && (c->uid == root_uid || c->euid == root_uid);
	const bool effective = root && c->euid == root_uid;
	const bool ids_differ = c->uid != c->euid || c->gid != c->egid || c->fsuid != c->euid || c->fsgid != c->egid;

	c->cap_permitted = root ? c->cap_bounding | c->cap_inheritable : 0;
	if ((c->cap_permitted & ~old_permitted) != 0 && is_unsafe()) {
		if (current->no_new_privs || !userns_capable(CAP_SETUID))
			drop_effective_ids(effective && c->uid != root_uid);
		c->cap_permitted &= old_permitted;
	}
	c->cap_permitted |= c->cap_ambient;
	c->cap_effective = effective ? c->cap_permitted : c->cap_ambient;
	c->securebits &= ~(uint32_t)SECBIT_KEEP_CAPS;
	if (ids_differ || (c->cap_permitted & ~old_permitted) != 0)
		close_program();
	c->suid = c->fsuid = c->euid;
	c->sgid = c->fsgid = c->egid;
}

static long drop_bounding(uint64_t cap)
{
	if (!userns_capable(CAP_SETPCAP))
		return -EPERM;
	if (cap > CAP_LAST_CAP)
		return -EINVAL;
	current->cred.cap_bounding &= ~(1UL << cap);
	return 0;
}

static long set_securebits(uint64_t bits)
{
	struct cred *c = &current->cred;

	if (((c->securebits & SECURE_ALL_LOCKS) >> 1) & (c->securebits ^ bits)) /* a locked bit would change */
		return -EPERM;
	if (c->securebits & SECURE_ALL_LOCKS & ~bits) /* a lock would be taken off */
		return -EPERM;
	if ((bits & ~(uint64_t)(SECURE_ALL_LOCKS | SECURE_ALL_BITS)) || !userns_capable(CAP_SETPCAP))
		return -EPERM;
	c->securebits = (uint32_t)bits;
	return 0;
}

static long set_keepcaps(uint64_t on)
{
	struct cred *c = &current->cred;

	if (on > 1)
		return -EINVAL;
	if (c->securebits & SECBIT_KEEP_CAPS_LOCKED)
		return -EPERM;
	c->securebits = (c->securebits & ~(uint32_t)SECBIT_KEEP_CAPS) | (on ? SECBIT_KEEP_CAPS : 0);
	return 0;
}

static long prctl_cap_ambient(uint64_t what, uint64_t cap, uint64_t arg4, uint64_t arg5)
{
	struct cred *c = &current->cred;
	uint64_t bit;

	if (what == PR_CAP_AMBIENT_CLEAR_ALL) {
		if (cap | arg4 | arg5)
			return -EINVAL;
		c->cap_ambient = 0;
		return 0;
	}
	if (cap > CAP_LAST_CAP || arg4 || arg5)
		return -EINVAL;
	bit = 1UL << cap;
	switch (what) {
	case PR_CAP_AMBIENT_IS_SET:
		return (c->cap_ambient & bit) != 0;
	case PR_CAP_AMBIENT_RAISE:
		if (!(c->cap_permitted & c->cap_inheritable & bit) || (c->securebits & SECBIT_NO_CAP_AMBIENT_RAISE))
			return -EPERM;
		c->cap_ambient |= bit;
		return 0;
	case PR_CAP_AMBIENT_LOWER:
		c->cap_ambient &= ~bit;
		return 0;
	default:
		return -EINVAL;
	}
}

bool rights_prctl(int option, const uint64_t args[4], long *result)
{
	switch (option) {
	case PR_CAPBSET_READ:
		*result = args[0] > CAP_LAST_CAP ? -EINVAL : (long)(current->cred.cap_bounding >> args[0] & 1);
		return true;
	case PR_CAPBSET_DROP:
		*result = drop_bounding(args[0]);
		return true;
	case PR_GET_SECUREBITS:
		*result = current->cred.securebits;
		return true;
	case PR_SET_SECUREBITS:
		*result = set_securebits(args[0]);
		return true;
	case PR_GET_KEEPCAPS:
		*result = (current->cred.securebits & SECBIT_KEEP_CAPS) != 0;
		return true;
	case PR_SET_KEEPCAPS:
		*result = set_keepcaps(args[0]);
		return true;
	case PR_CAP_AMBIENT:
		*result = prctl_cap_ambient(args[0], args[1], args[2], args[3]);
		return true;
	default:
		return false;
	}
}
