/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signalfd.c - signalfd4(2): an open file, from which a task reads its own pending signals.
 * [fs/signalfd.c]
 */
#include "file.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"

struct signalfd {
	uint64_t refused; /* a bit for each signal that cannot be read from the file */
};

/* [signalfd_copyinfo, siginfo_layout] */
static struct signalfd_siginfo translate_siginfo(const struct siginfo *i)
{
	struct signalfd_siginfo s = { .ssi_signo = (uint32_t)i->si_signo,
				      .ssi_errno = i->si_errno,
				      .ssi_code = i->si_code };
	const bool kernels = i->si_code > SI_USER && i->si_code < SI_KERNEL;

	if (kernels && i->si_signo == SIGSYS) {
		s.ssi_call_addr = i->si_call_addr;
		s.ssi_syscall = i->si_syscall;
		s.ssi_arch = i->si_arch;
	} else if (kernels && signal_is(i->si_signo, SIGNALS_SYNCHRONOUS)) {
		s.ssi_addr = i->si_addr;
	} else if (i->si_code == SI_TIMER) {
		s.ssi_tid = (uint32_t)i->si_tid;
		s.ssi_overrun = (uint32_t)i->si_overrun;
		s.ssi_ptr = i->si_timer_value;
		s.ssi_int = (int32_t)i->si_timer_value;
	} else {
		s.ssi_pid = (uint32_t)i->si_pid;
		s.ssi_uid = i->si_uid;
		if (kernels && i->si_signo == SIGCHLD) {
			s.ssi_status = i->si_status;
			s.ssi_utime = (uint64_t)i->si_utime;
			s.ssi_stime = (uint64_t)i->si_stime;
		} else if (i->si_code < 0) {
			s.ssi_ptr = i->si_value;
			s.ssi_int = (int32_t)i->si_value;
		}
	}
	return s;
}

static long signalfd_read(struct file *f, struct uio *to, uint64_t *pos)
{
	const struct signalfd *d = f->data;
	struct siginfo info;
	long done = 0;

	(void)pos;
	if (to->left < sizeof(struct signalfd_siginfo))
		return -EINVAL;
	while (to->left >= sizeof(struct signalfd_siginfo)) {
		if (signal_take(d->refused, &info) != 0) {
			const struct signalfd_siginfo s = translate_siginfo(&info);

			if (uio_put(to, &s, sizeof(s)) != sizeof(s))
				return done != 0 ? done : -EFAULT;
			done += (long)sizeof(s);
		} else {
			const int err = done != 0 ? -EAGAIN : file_wait(f, &signal_event);

			if (err != 0)
				return done != 0 ? done : err;
		}
	}
	return done;
}

static uint32_t signalfd_poll(struct file *f, struct poll_table *q)
{
	const struct signalfd *d = f->data;

	if (q != NULL)
		poll_wait(q, &signal_event);
	return (current->pending.set | current->group->pending.set) & ~d->refused ? POLLIN : 0;
}

static void signalfd_release(struct file *f)
{
	kfree(f->data);
}

/* [signalfd_show_fdinfo] */
static void signalfd_describe(const struct file *f, struct text *t)
{
	text_add(t, "sigmask:\t%016lx\n", ~((const struct signalfd *)f->data)->refused);
}

static const struct file_ops signalfd_ops = {
	.read = signalfd_read,
	.poll = signalfd_poll,
	.release = signalfd_release,
	.describe = signalfd_describe,
	.rewinds = true,
};

long sys_signalfd4(uint64_t fd, uint64_t umask, uint64_t size, uint64_t flags)
{
	struct signalfd *d;
	struct file *f;
	uint64_t mask;
	bool found;

	if (size != sizeof(mask))
		return -EINVAL;
	if (copy_from_user(&mask, umask, sizeof(mask)) != 0)
		return -EFAULT;
	if ((uint32_t)flags & ~(uint32_t)(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	mask = ~mask | SIGNALS_NEVER_BLOCKED;
	if ((int)fd == -1) {
		d = kmalloc(sizeof(*d));
		if (d != NULL)
			d->refused = mask;
		return fd_create(&signalfd_ops, "anon_inode:[signalfd]", O_RDWR | (uint32_t)flags, d);
	}
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	found = f->ops == &signalfd_ops;
	if (found) {
		((struct signalfd *)f->data)->refused = mask;
		waitq_wake(&signal_event);
	}
	file_put(f);
	return found ? (long)(int)fd : -EINVAL;
}
