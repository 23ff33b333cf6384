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
	if (current->seccomp_mode != SECCOMP_MODE_DISABLED && current->seccomp_mode != SECCOMP_MODE_STRICT)
		return -EINVAL;
	current->seccomp_mode = SECCOMP_MODE_STRICT;
	filter_update_gate(current);
	return 0;
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

/* Reports the refusal and its reason, and returns -ERR. */
static long install_refused(int err, const char *why, uint32_t flags, uint32_t length)
{
	report_refused(err, why, EVENT_NO_PC, flags, length);
	return -err;
}

/*
 * Makes a filter of the struct sock_fprog at user address UPROG, in *OUT: 0 or -errno.
 * [seccomp_prepare_user_filter, seccomp_prepare_filter, bpf_prog_create_from_user]
 */
static long seccomp_prepare(uint32_t flags, uint64_t uprog, struct filter **out)
{
	struct seccomp_program *program;
	struct seccomp_refusal why;
	struct user_fprog fprog;

	if (copy_from_user(&fprog, uprog, sizeof(fprog)) != 0)
		return install_refused(EFAULT, "struct sock_fprog cannot be read", flags, 0);
	if (fprog.len == 0 || fprog.len > BPF_MAXINSNS)
		return install_refused(EINVAL, "a program has 1 to 4096 instructions", flags, fprog.len);
	if (!may_install(flags))
		return install_refused(EACCES, "neither no_new_privs nor CAP_SYS_ADMIN", flags, fprog.len);
	if (fprog.filter == 0)
		return install_refused(EINVAL, "the pointer to the instructions is NULL", flags, fprog.len);
	program = program_alloc(fprog.len);
	if (program == NULL)
		return install_refused(ENOMEM, "no memory", flags, fprog.len);
	if (copy_from_user(program->insns, fprog.filter, fprog.len * sizeof(program->insns[0])) != 0) {
		program_discard(program);
		return install_refused(EFAULT, "the instructions cannot be read", flags, fprog.len);
	}
	*out = filter_create(program, &why);
	if (*out != NULL)
		return 0;
	report_refused(why.err, why.why, why.err == EINVAL ? why.pc : EVENT_NO_PC, flags, fprog.len);
	return -why.err;
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

/* May the current task have one more filter? 0, -EINVAL or -EBUSY, which is reported. */
static long check_stack(uint32_t flags, uint32_t length)
{
	if (current->seccomp_mode != SECCOMP_MODE_DISABLED && current->seccomp_mode != SECCOMP_MODE_FILTER)
		return install_refused(EINVAL, "the thread is in mode strict", flags, length);
	if ((flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) && has_listener(current->filter))
		return install_refused(EBUSY, "a filter of the stack has a listener already", flags, length);
	return 0;
}

/*
 * Does what takes long before anything of the task changes: F's place on the stack, and the gate of
 * both. 0 or -errno. Linux refuses a listener for which there is no descriptor before it looks at
 * the stack.
 */
static long prepare_stack(struct filter *f, uint32_t flags)
{
	const uint32_t length = f->node.program->len;
	long err = flags & SECCOMP_FILTER_FLAG_NEW_LISTENER ? fd_reserve(current->files) : 0;

	if (sched_give_way())
		err = -EINTR;
	if (err >= 0)
		err = check_stack(flags, length);

	f->node.log = flags & SECCOMP_FILTER_FLAG_LOG;
	if (err == 0)
		err = filter_prepare(f, flags & SECCOMP_FILTER_FLAG_PRIVATE_SELF);
	if (err == -EMFILE)
		return install_refused(EMFILE, "its listener gets no descriptor", flags, length);
	if (err == -ENOMEM)
		return install_refused(ENOMEM, "the stack of filters is too long, or there is no memory", flags,
				       length);
	return err;
}

/* Attaches F, which was prepared: 0, -errno, or what TSYNC returns about a thread in the way. */
static long seccomp_attach(struct filter *f, uint32_t flags)
{
	const uint32_t length = f->node.program->len;
	const long err = check_stack(flags, length); /* again: while filter_prepare() worked, others ran */
	uint32_t obstacle;

	if (err != 0)
		return err;
	obstacle = filter_attach(f, flags & SECCOMP_FILTER_FLAG_TSYNC);
	if (obstacle == 0) {
		report_install(f, flags, 0);
		return 0;
	}
	report_refused(ESRCH, "another thread has a stack of its own, so it cannot follow", EVENT_NO_PC, flags, length);
	return flags & SECCOMP_FILTER_FLAG_TSYNC_ESRCH ? -ESRCH : (long)pidns_show(obstacle);
}

long seccomp_set_filter(uint32_t flags, uint64_t uprog)
{
	struct filter *f = NULL;
	long fd = 0;
	long err;

	if (!flags_make_sense(flags))
		return install_refused(EINVAL, "a flag is unknown, or contradicts another", flags, 0);
	err = seccomp_prepare(flags, uprog, &f);
	if (err != 0)
		return err;
	err = prepare_stack(f, flags);
	if (err != 0) {
		filter_discard(f);
		return err;
	}
	if (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) {
		/*
		 * No other task runs from here on. So nobody sees the descriptor if the call fails.
		 */
		fd = add_listener(f, flags & SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
		if (fd < 0) {
			const uint32_t length = f->node.program->len;

			filter_discard(f);
			return install_refused((int)-fd, "no memory", flags, length);
		}
	}
	err = seccomp_attach(f, flags);
	if (err != 0) {
		if (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER)
			(void)fd_close(current->files, (uint64_t)fd);
		filter_discard(f);
		return err;
	}
	return fd;
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
