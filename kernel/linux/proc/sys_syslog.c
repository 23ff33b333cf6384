/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_syslog.c - syslog(2): reads the kernel log. The levels that would change what the console
 * prints are kept, and shown in /proc/sys/kernel/printk, without effect.
 * [kernel/printk/printk.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "klog.h"
#include "proc.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

enum {
	ACTION_CLOSE,
	ACTION_OPEN,
	ACTION_READ,
	ACTION_READ_ALL,
	ACTION_READ_CLEAR,
	ACTION_CLEAR,
	ACTION_CONSOLE_OFF,
	ACTION_CONSOLE_ON,
	ACTION_CONSOLE_LEVEL,
	ACTION_SIZE_UNREAD,
	ACTION_SIZE_BUFFER,
};

/* The console's level, that of lines without one, the lowest, that at boot. [console_printk] */
static uint32_t levels[4] = { 7, 4, 1, 7 };
static uint32_t level_before; /* ACTION_CONSOLE_OFF; 0: the console is not off */

static uint64_t unread;	 /* position where READ goes on */
static uint64_t cleared; /* position where READ_ALL begins */
static struct waitq lines;

static void syslog_tell(void)
{
	waitq_wake(&lines);
}

/* Prepares the wait queue, at the first syslog(2). */
static void syslog_prepare(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	waitq_init(&lines);
	klog_on_line(syslog_tell);
}

static uint64_t at_least_first(uint64_t at)
{
	return at > klog_first() ? at : klog_first();
}

/* Copies the bytes from position FROM to END to the user: how many, or -EFAULT. */
static long syslog_copy_out(uint64_t to, uint64_t from, uint64_t end)
{
	const uint64_t first = from;

	for (; from < end; from++, to++) {
		const char c = klog_byte(from);

		if (copy_to_user(to, &c, 1) != 0)
			return -EFAULT;
	}
	return (long)(end - first);
}

/* Waits for a line that READ has not given out, and copies up to N bytes: how many, or -errno. */
static long read_unread(uint64_t buf, uint64_t n)
{
	long result;

	if (wait_event(&lines, at_least_first(unread) < klog_end(), WAIT_INTERRUPTIBLE, TIME_NEVER) != 0)
		return -ERESTARTSYS;
	unread = at_least_first(unread);
	if (n > klog_end() - unread)
		n = klog_end() - unread;
	result = syslog_copy_out(buf, unread, unread + n);
	if (result > 0)
		unread += (uint64_t)result;
	return result;
}

/* Copies as many of the last whole lines as N bytes hold. */
static long read_all(uint64_t buf, uint64_t n, bool clear)
{
	uint64_t from = at_least_first(cleared);
	long result;

	while (klog_end() - from > n)
		from = klog_next(from);
	result = syslog_copy_out(buf, from, klog_end());
	if (clear)
		cleared = klog_end();
	return result;
}

static long read_log(uint32_t action, uint64_t buf, int len)
{
	if (buf == 0 || len < 0)
		return -EINVAL;
	if (len == 0)
		return 0;
	if (!user_range_ok(buf, (uint64_t)len))
		return -EFAULT;
	return action == ACTION_READ ? read_unread(buf, (uint64_t)len)
				     : read_all(buf, (uint64_t)len, action == ACTION_READ_CLEAR);
}

static long turn_console(bool on)
{
	if (on && level_before != 0) {
		levels[0] = level_before;
		level_before = 0;
	} else if (!on) {
		if (level_before == 0)
			level_before = levels[0];
		levels[0] = levels[2];
	}
	return 0;
}

static long set_level(int level)
{
	if (level < 1 || level > 8)
		return -EINVAL;
	levels[0] = (uint32_t)level < levels[2] ? levels[2] : (uint32_t)level;
	level_before = 0;
	return 0;
}

int proc_show_printk(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\t%u\t%u\t%u\n", levels[0], levels[1], levels[2], levels[3]);
	return 0;
}

/* [proc_dointvec_minmax_sysadmin] */
int proc_store_printk(char *text, struct task *task)
{
	uint64_t value[4];
	const int err = task_capable(CAP_SYS_ADMIN) ? proc_read_numbers(text, 4, INT32_MAX, value) : -EPERM;

	(void)task;
	for (unsigned n = 0; err == 0 && n < 4; n++)
		levels[n] = (uint32_t)value[n];
	return err;
}

long sys_syslog(uint64_t uaction, uint64_t buf, uint64_t ulen)
{
	const uint32_t action = (uint32_t)uaction;
	const int len = (int)ulen;

	syslog_prepare();
	if (action != ACTION_READ_ALL && action != ACTION_SIZE_BUFFER && !task_capable(CAP_SYSLOG))
		return -EPERM;
	switch (action) {
	case ACTION_CLOSE:
	case ACTION_OPEN:
		return 0;
	case ACTION_READ:
	case ACTION_READ_ALL:
	case ACTION_READ_CLEAR:
		return read_log(action, buf, len);
	case ACTION_CLEAR:
		cleared = klog_end();
		return 0;
	case ACTION_CONSOLE_OFF:
	case ACTION_CONSOLE_ON:
		return turn_console(action == ACTION_CONSOLE_ON);
	case ACTION_CONSOLE_LEVEL:
		return set_level(len);
	case ACTION_SIZE_UNREAD:
		return (long)(klog_end() - at_least_first(unread));
	case ACTION_SIZE_BUFFER:
		return KLOG_SIZE;
	default:
		return -EINVAL;
	}
}
