/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_seccomp.c - seccomp(2): sets modes, installs filters, and says what there is. prctl.c calls
 * it for PR_SET_SECCOMP.
 *
 * Refusals come in Linux's order, because programs find out by them which flags a kernel knows.
 * User memory is read once, and the copy is what is checked and kept, so no other thread can change
 * a program after the check (TOCTOU).
 */
#include "sys_seccomp.h"

#include <abi/capability.h>
#include <abi/errno.h>

#include "file.h"
#include "filter.h"
#include "options.h"
#include "pidns.h"
#include "program.h"
#include "report.h"
#include "sys.h"
#include "usercopy.h"
#include "userns.h"

#define KNOWN_FLAGS                                                                             \
	(SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_SPEC_ALLOW | \
	 SECCOMP_FILTER_FLAG_TSYNC_ESRCH)
#define LISTENER_FLAGS (SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV)

static struct file *(*create_listener)(bool killable, struct listener **out);

void seccomp_on_listener(struct file *(*create)(bool killable, struct listener **out))
{
	create_listener = create;
}

/* struct sock_fprog, whose pointer is a user's address here. */
struct user_fprog {
	uint16_t len;
	uint64_t filter;
};

_Static_assert(sizeof(struct user_fprog) == 16, "uapi layout of struct sock_fprog");

long seccomp_set_strict(void)
{
	struct mutex *lock = &current->group->threads_lock;
	long err = mutex_lock(lock);

	if (err != 0)
		return err;
	if (current->seccomp_mode != SECCOMP_MODE_DISABLED && current->seccomp_mode != SECCOMP_MODE_STRICT)
		err = -EINVAL;
	else
		current->seccomp_mode = SECCOMP_MODE_STRICT;
	filter_update_gate(current);
	mutex_unlock(lock);
	return err;
}

static bool flags_make_sense(uint32_t flags)
{
	const uint32_t known = KNOWN_FLAGS | (options.private ? SECCOMP_FILTER_FLAG_PRIVATE_SELF : 0) |
			       (create_listener != NULL ? LISTENER_FLAGS : 0);

	if (flags & ~known)
		return false;
	/*
	 * TSYNC returns a thread's id, and NEW_LISTENER a descriptor. The caller could not tell
	 * which it got, unless TSYNC_ESRCH makes the former an error.
	 */
	if ((flags & SECCOMP_FILTER_FLAG_TSYNC) && (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) &&
	    !(flags & SECCOMP_FILTER_FLAG_TSYNC_ESRCH))
		return false;
	if ((flags & SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV) && !(flags & SECCOMP_FILTER_FLAG_NEW_LISTENER))
		return false;
	/* A filter cannot bind one task alone and, by TSYNC, all threads. */
	return !((flags & SECCOMP_FILTER_FLAG_TSYNC) && (flags & SECCOMP_FILTER_FLAG_PRIVATE_SELF));
}

/* May the current task install a filter, which stays when it executes another program? */
static bool may_install(uint32_t flags)
{
	if (userns_capable(CAP_SYS_ADMIN))
		return true;
	/*
	 * Without the capability no_new_privs is enough, but only for a filter that children
	 * inherit. A SELF filter is not inherited.
	 */
	return current->no_new_privs && !(flags & SECCOMP_FILTER_FLAG_PRIVATE_SELF);
}

/* An install that is under way. */
struct install {
	uint32_t flags;
	uint32_t length;	    /* of its program; 0: not known yet */
	struct filter *filter;	    /* NULL: not made yet */
	struct seccomp_refusal why; /* err: 0 unless it is refused */
};

/* I is refused for the reason WHY; returns -ERR. */
static long install_refused(struct install *i, int err, const char *why)
{
	i->why.err = err;
	i->why.why = why;
	return -err;
}

/*
 * Makes the filter of the struct sock_fprog at user address UPROG: 0 or -errno.
 * [seccomp_prepare_user_filter, seccomp_prepare_filter, bpf_prog_create_from_user]
 */
static long seccomp_prepare(struct install *i, uint64_t uprog)
{
	struct seccomp_program *program;
	struct user_fprog fprog;

	if (!flags_make_sense(i->flags))
		return install_refused(i, EINVAL, "a flag is unknown, or contradicts another");
	if (copy_from_user(&fprog, uprog, sizeof(fprog)) != 0)
		return install_refused(i, EFAULT, "struct sock_fprog cannot be read");
	i->length = fprog.len;
	if (fprog.len == 0 || fprog.len > BPF_MAXINSNS)
		return install_refused(i, EINVAL, "a program has 1 to 4096 instructions");
	if (!may_install(i->flags))
		return install_refused(i, EACCES, "neither no_new_privs nor CAP_SYS_ADMIN");
	if (fprog.filter == 0)
		return install_refused(i, EINVAL, "the pointer to the instructions is NULL");
	program = program_alloc(fprog.len);
	if (program == NULL)
		return install_refused(i, ENOMEM, "no memory");
	if (copy_from_user(program->insns, fprog.filter, fprog.len * sizeof(program->insns[0])) != 0) {
		program_discard(program);
		return install_refused(i, EFAULT, "the instructions cannot be read");
	}
	i->filter = filter_create(program, &i->why);
	if (i->why.err != EINVAL)
		i->why.pc = EVENT_NO_PC;
	return -i->why.err;
}

/* Gives F a listener, and the current task a descriptor for it: its number, -EMFILE or -ENOMEM. */
static long add_listener(struct filter *f, bool killable)
{
	struct file *file = create_listener(killable, &f->listener);

	return file != NULL ? fd_install(current->files, file, 0, true) : -ENOMEM;
}

/*
 * Does F or a filter below it have a listener whose file is open? A stack may have one listener.
 * [has_duplicate_listener]
 */
static bool has_listener(const struct filter *f)
{
	for (; f != NULL; f = filter_of(f->node.prev))
		if (f->listener != NULL && f->listener->ops->is_open(f->listener))
			return true;
	return false;
}

/*
 * Does what takes long before anything of the task changes: the filter's place on the stack, and
 * the gate of both. 0 or -errno. Linux refuses a listener for which there is no descriptor before
 * it looks at the stack.
 */
static long prepare_stack(struct install *i)
{
	const bool listener = i->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER;
	const bool room = !listener || fd_reserve(current->files) >= 0;

	(void)sched_give_way(); /* who is killed meanwhile ends when the call is over */
	if (!room)
		return install_refused(i, EMFILE, "its listener gets no descriptor");
	if (current->seccomp_mode != SECCOMP_MODE_DISABLED && current->seccomp_mode != SECCOMP_MODE_FILTER)
		return install_refused(i, EINVAL, "the thread is in mode strict");
	if (listener && has_listener(current->filter))
		return install_refused(i, EBUSY, "a filter of the stack has a listener already");
	i->filter->node.log = i->flags & SECCOMP_FILTER_FLAG_LOG;
	if (filter_prepare(i->filter, i->flags & SECCOMP_FILTER_FLAG_PRIVATE_SELF) != 0)
		return install_refused(i, ENOMEM, "the stack of filters is too long, or there is no memory");
	return 0;
}

/*
 * Installs the filter, with the threads' lock held: 0, the descriptor of its listener, or -errno.
 * For TSYNC also the id of a thread that is in the way; then it is not attached.
 */
static long seccomp_attach(struct install *i)
{
	long result = prepare_stack(i);
	uint32_t obstacle;

	if (result != 0)
		return result;
	obstacle = i->flags & SECCOMP_FILTER_FLAG_TSYNC ? filter_sync_obstacle() : 0;
	if (obstacle != 0) {
		result = install_refused(i, ESRCH, "another thread has a stack of its own, so it cannot follow");
		return i->flags & SECCOMP_FILTER_FLAG_TSYNC_ESRCH ? result : (long)pidns_show(obstacle);
	}
	if (i->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) {
		result = add_listener(i->filter, i->flags & SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
		if (result < 0)
			return install_refused(i, (int)-result, "no memory");
	}
	filter_attach(i->filter);
	report_install(i->filter, i->flags, 0);
	if (i->flags & SECCOMP_FILTER_FLAG_TSYNC)
		filter_sync();
	return result;
}

long seccomp_set_filter(uint32_t flags, uint64_t uprog)
{
	struct install i = { .flags = flags, .why.pc = EVENT_NO_PC };
	struct mutex *lock = &current->group->threads_lock;
	long result = seccomp_prepare(&i, uprog);

	if (result == 0)
		result = mutex_lock(lock);
	if (result == 0) {
		result = seccomp_attach(&i);
		mutex_unlock(lock);
	}
	if (i.why.err != 0)
		report_refused(i.why.err, i.why.why, i.why.pc, flags, i.length);
	if (i.filter != NULL && i.filter->tasks == 0)
		filter_discard(i.filter);
	return result;
}

static long get_action_avail(uint32_t flags, uint64_t uaction)
{
	uint32_t action;

	if (flags != 0)
		return -EINVAL;
	if (copy_from_user(&action, uaction, sizeof(action)) != 0)
		return -EFAULT;
	return seccomp_action_known(action) ? 0 : -EOPNOTSUPP;
}

static long get_notif_sizes(uint32_t flags, uint64_t usizes)
{
	const struct seccomp_notif_sizes sizes = {
		.seccomp_notif = sizeof(struct seccomp_notif),
		.seccomp_notif_resp = sizeof(struct seccomp_notif_resp),
		.seccomp_data = sizeof(struct seccomp_data),
	};

	if (flags != 0)
		return -EINVAL;
	return copy_to_user(usizes, &sizes, sizeof(sizes)) != 0 ? -EFAULT : 0;
}

long sys_seccomp(uint64_t op, uint64_t flags, uint64_t args)
{
	switch ((uint32_t)op) {
	case SECCOMP_SET_MODE_STRICT:
		return (uint32_t)flags != 0 || args != 0 ? -EINVAL : seccomp_set_strict();
	case SECCOMP_SET_MODE_FILTER:
		return seccomp_set_filter((uint32_t)flags, args);
	case SECCOMP_GET_ACTION_AVAIL:
		return get_action_avail((uint32_t)flags, args);
	case SECCOMP_GET_NOTIF_SIZES:
		return get_notif_sizes((uint32_t)flags, args);
	default:
		return -EINVAL;
	}
}
