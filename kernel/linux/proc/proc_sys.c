/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_sys.c - /proc/sys: the kernel's settings, most of which can only be read.
 */
#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>

#include "absent.h"
#include "audit.h"
#include "file.h"
#include "options.h"
#include "page.h"
#include "pidns.h"
#include "pipe.h"
#include "proc.h"
#include "signal.h"
#include "task.h"
#include "tell.h"
#include "userns.h"
#include "uts.h"
#include "vm.h"

static int show_actions_avail(struct text *t, struct task *task)
{
	char buf[AUDIT_NAMES];
	size_t n = audit_actions_avail(buf);

	(void)task;
	text_add_bytes(t, buf, n);
	text_add(t, "\n");
	return 0;
}

static int show_actions_logged(struct text *t, struct task *task)
{
	char buf[AUDIT_NAMES];
	size_t n = audit_actions_logged(buf);

	(void)task;
	text_add_bytes(t, buf, n);
	text_add(t, "\n");
	return 0;
}

static int store_actions_logged(char *text, struct task *task)
{
	(void)task;
	return audit_set_actions_logged(text);
}

static int show_ostype(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", uts_current()->sysname);
	return 0;
}

static int show_osrelease(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", uts_current()->release);
	return 0;
}

static int show_hostname(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", uts_current()->nodename);
	return 0;
}

/* Stores the number in TEXT in *SETTING: 0, or -EINVAL: it is none from LEAST to MOST. */
static int read_setting(const char *text, uint32_t least, uint32_t most, uint32_t *setting)
{
	uint32_t n;

	if (!proc_number(text, strlen(text), &n) || n < least || n > most)
		return -EINVAL;
	*setting = n;
	return 0;
}

/* Files that are a number, from LEAST to MOST, which can be set. */
#define SETTING(name, variable, least, most)                       \
	static int show_##name(struct text *t, struct task *task)  \
	{                                                          \
		(void)task;                                        \
		text_add(t, "%u\n", variable);                     \
		return 0;                                          \
	}                                                          \
	static int store_##name(char *text, struct task *task)     \
	{                                                          \
		(void)task;                                        \
		return read_setting(text, least, most, &variable); \
	}

SETTING(pid_max, task_id_max, 301, TASK_ID_MAX) /* ids up to 300 are reserved [pid_max_min] */
SETTING(max_map_count, vma_max, 0, INT32_MAX)
SETTING(nr_open, fd_nr_open, 64, INT32_MAX & ~63U) /* [sysctl_nr_open_max] */
SETTING(core_uses_pid, core_uses_pid, 0, INT32_MAX)
SETTING(pipe_user_pages_soft, pipe_user_pages_soft, 0, INT32_MAX)
SETTING(pipe_user_pages_hard, pipe_user_pages_hard, 0, INT32_MAX)
SETTING(queued_events, inotify_limits.queued_events, 0, INT32_MAX)
SETTING(user_instances, inotify_limits.user_instances, 0, INT32_MAX)
SETTING(user_watches, inotify_limits.user_watches, 0, INT32_MAX)

static int show_ns_last_pid(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\n", *pidns_last(false));
	return 0;
}

/* [pid_ns_ctl_handler] */
static int store_ns_last_pid(char *text, struct task *task)
{
	const struct userns *owner = pidns_owner(current->pidns);

	(void)task;
	if (!userns_capable_in(owner, CAP_CHECKPOINT_RESTORE) && !userns_capable_in(owner, CAP_SYS_ADMIN))
		return -EPERM;
	return read_setting(text, 0, task_id_max, pidns_last(true));
}

static int show_cap_last_cap(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\n", CAP_LAST_CAP);
	return 0;
}

static int show_domainname(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", uts_current()->domainname);
	return 0;
}

static int show_core_pattern(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", core_pattern);
	return 0;
}

/*
 * As much of the first line as fits. A program to which cores are sent is not started here.
 * [proc_dostring_coredump]
 */
static int store_core_pattern(char *text, struct task *task)
{
	const size_t line = strcspn(text, "\n"), n = line < CORE_PATTERN_SIZE ? line : CORE_PATTERN_SIZE - 1;

	(void)task;
	if (text[0] == '|') {
		absent_tell("a program in /proc/sys/kernel/core_pattern", "EINVAL");
		return -EINVAL;
	}
	memset(core_pattern, 0, CORE_PATTERN_SIZE);
	memcpy(core_pattern, text, n);
	return 0;
}

/* The name of a machine or domain becomes TEXT, as much of it as fits. [proc_do_uts_string] */
static int store_uts_name(char *name, const char *text)
{
	const size_t len = strlen(text);

	memset(name, 0, __NEW_UTS_LEN + 1);
	memcpy(name, text, len < __NEW_UTS_LEN ? len : __NEW_UTS_LEN);
	return 0;
}

static int store_hostname(char *text, struct task *task)
{
	(void)task;
	return store_uts_name(uts_current()->nodename, text);
}

static int store_domainname(char *text, struct task *task)
{
	(void)task;
	return store_uts_name(uts_current()->domainname, text);
}

static int show_pipe_max_size(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\n", pipe_max_size);
	return 0;
}

/* The size is rounded up to a page times a power of two. [proc_dopipe_max_size] */
static int store_pipe_max_size(char *text, struct task *task)
{
	uint32_t wanted, size = PAGE_SIZE;
	const int err = read_setting(text, 0, 1U << 31, &wanted);

	(void)task;
	while (err == 0 && size < wanted)
		size *= 2;
	if (err == 0)
		pipe_max_size = size;
	return err;
}

static int show_kernel_version(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", uts_current()->version);
	return 0;
}

static int show_zero(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "0\n");
	return 0;
}

/* Files whose text is always the same. */
#define CONSTANT(name, says)                                      \
	static int show_##name(struct text *t, struct task *task) \
	{                                                         \
		(void)task;                                       \
		text_add(t, "%s\n", says);                        \
		return 0;                                         \
	}

CONSTANT(overflow_id, "65534")
CONSTANT(ngroups_max, "65536")
CONSTANT(threads_max, "8192")
CONSTANT(mmap_min_addr, "4096")
CONSTANT(file_max, "9223372036854775807")

static int show_fail_nth(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\n", page_fail_nth);
	return 0;
}

static int store_fail_nth(char *text, struct task *task)
{
	(void)task;
	return options.fail_nth ? read_setting(text, 0, UINT32_MAX, &page_fail_nth) : -EPERM;
}

/* Files that can be set, by functions of this file or of others. */
#define SET_BY(is, shows, stores)                                                  \
	{                                                                          \
		.name = is, .mode = S_IFREG | 0644, .show = shows, .store = stores \
	}
#define SET(is, what) SET_BY(is, show_##what, store_##what)
#define SET_NEXT(is, what) /* root may, or who has CAP_CHECKPOINT_RESTORE [ipc_permissions] */            \
	{                                                                                                 \
		.name = is, .mode = S_IFREG | 0444, .show = proc_show_##what, .store = proc_store_##what, \
	}
#define SET_ELSEWHERE(is, what) SET_BY(is, proc_show_##what, proc_store_##what)

static const struct proc_entry seccomp[] = {
	{ .name = "actions_avail", .mode = S_IFREG | 0444, .show = show_actions_avail },
	SET("actions_logged", actions_logged),
	{ .name = NULL },
};

static const struct proc_entry kernel[] = {
	{ .name = "cap_last_cap", .mode = S_IFREG | 0444, .show = show_cap_last_cap },
	SET("core_pattern", core_pattern),
	SET("core_uses_pid", core_uses_pid),
	SET("domainname", domainname),
	SET("hostname", hostname),
	SET_ELSEWHERE("msgmax", msgmax),
	SET_ELSEWHERE("msgmnb", msgmnb),
	SET_ELSEWHERE("msgmni", msgmni),
	SET_NEXT("msg_next_id", msg_next_id),
	{ .name = "ngroups_max", .mode = S_IFREG | 0444, .show = show_ngroups_max },
	{ .name = "ns_last_pid", .mode = S_IFREG | 0666, .show = show_ns_last_pid, .store = store_ns_last_pid },
	{ .name = "osrelease", .mode = S_IFREG | 0444, .show = show_osrelease },
	{ .name = "ostype", .mode = S_IFREG | 0444, .show = show_ostype },
	{ .name = "overflowgid", .mode = S_IFREG | 0444, .show = show_overflow_id },
	{ .name = "overflowuid", .mode = S_IFREG | 0444, .show = show_overflow_id },
	SET("pid_max", pid_max),
	SET_ELSEWHERE("printk", printk),
	{ .name = "random", .mode = S_IFDIR | 0555, .entries = proc_sys_random },
	{ .name = "randomize_va_space", .mode = S_IFREG | 0444, .show = show_zero },
	{ .name = "seccomp", .mode = S_IFDIR | 0555, .entries = seccomp },
	SET_ELSEWHERE("sem", sem),
	SET_NEXT("sem_next_id", sem_next_id),
	SET_NEXT("shm_next_id", shm_next_id),
	SET_ELSEWHERE("shmall", shmall),
	SET_ELSEWHERE("shmmax", shmmax),
	SET_ELSEWHERE("shmmni", shmmni),
	{ .name = "tainted", .mode = S_IFREG | 0444, .show = show_zero },
	{ .name = "threads-max", .mode = S_IFREG | 0444, .show = show_threads_max },
	{ .name = "version", .mode = S_IFREG | 0444, .show = show_kernel_version },
	{ .name = NULL },
};

static const struct proc_entry inotify[] = {
	SET("max_queued_events", queued_events),
	SET("max_user_instances", user_instances),
	SET("max_user_watches", user_watches),
	{ .name = NULL },
};

static const struct proc_entry mqueue[] = {
	SET_ELSEWHERE("msg_default", mq_msg_default),	      SET_ELSEWHERE("msg_max", mq_msg_max),
	SET_ELSEWHERE("msgsize_default", mq_msgsize_default), SET_ELSEWHERE("msgsize_max", mq_msgsize_max),
	SET_ELSEWHERE("queues_max", mq_queues_max),	      { .name = NULL },
};

static const struct proc_entry fs[] = {
	{ .name = "file-max", .mode = S_IFREG | 0444, .show = show_file_max },
	{ .name = "inotify", .mode = S_IFDIR | 0555, .entries = inotify },
	{ .name = "mqueue", .mode = S_IFDIR | 0555, .entries = mqueue },
	SET("nr_open", nr_open),
	SET("pipe-max-size", pipe_max_size),
	SET("pipe-user-pages-hard", pipe_user_pages_hard),
	SET("pipe-user-pages-soft", pipe_user_pages_soft),
	{ .name = NULL },
};

static const struct proc_entry vm[] = {
	{ .name = "fail_nth", .mode = S_IFREG | 0600, .show = show_fail_nth, .store = store_fail_nth },
	SET("max_map_count", max_map_count),
	{ .name = "mmap_min_addr", .mode = S_IFREG | 0444, .show = show_mmap_min_addr },
	{ .name = "overcommit_memory", .mode = S_IFREG | 0444, .show = show_zero },
	{ .name = NULL },
};

const struct proc_entry proc_sys[] = {
	{ .name = "fs", .mode = S_IFDIR | 0555, .entries = fs },
	{ .name = "kernel", .mode = S_IFDIR | 0555, .entries = kernel },
	{ .name = "vm", .mode = S_IFDIR | 0555, .entries = vm },
	{ .name = NULL },
};
