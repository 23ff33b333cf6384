/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * paths.c - arguments that are names of files and folders.
 */
#include "calls.h"

/* In a folder that all workers have. */
static const char names[][8] = { "a", "b",  "c", "d", "e",  "f", "d/a", "d/b", "d/../a",
				 ".", "..", "",	 "/", "d/", "l", "l/a", "p",   "s" };

static const char *const devices[] = { "null", "zero",	"full",	 "random",   "urandom", "tty",	"console", "ptmx",
				       "pts",  "pts/0", "pts/1", "pts/ptmx", "shm",	"fd/4", "stdin" };

/* Below /proc, and below one of its processes. */
static const char *const of_all[] = { "",
				      "cmdline",
				      "cpuinfo",
				      "filesystems",
				      "loadavg",
				      "locks",
				      "meminfo",
				      "mounts",
				      "self",
				      "stat",
				      "sys",
				      "sys/fs/nr_open",
				      "sys/fs/pipe-max-size",
				      "sys/kernel/cap_last_cap",
				      "sys/kernel/core_pattern",
				      "sys/kernel/hostname",
				      "sys/kernel/msgmax",
				      "sys/kernel/msgmni",
				      "sys/kernel/ngroups_max",
				      "sys/kernel/pid_max",
				      "sys/kernel/random/boot_id",
				      "sys/kernel/random/entropy_avail",
				      "sys/kernel/random/uuid",
				      "sys/kernel/seccomp/actions_avail",
				      "sys/kernel/seccomp/actions_logged",
				      "sys/kernel/sem",
				      "sys/kernel/shmall",
				      "sys/kernel/shmmax",
				      "sys/kernel/threads-max",
				      "sys/vm/max_map_count",
				      "sys/vm/mmap_min_addr",
				      "sys/vm/overcommit_memory",
				      "sysvipc/msg",
				      "sysvipc/sem",
				      "sysvipc/shm",
				      "thread-self",
				      "uptime",
				      "version" };

static const char *const of_one[] = { "auxv",
				      "cmdline",
				      "comm",
				      "coredump_filter",
				      "cwd",
				      "cwd/a",
				      "environ",
				      "exe",
				      "fd",
				      "fd/5",
				      "fd/9",
				      "fdinfo",
				      "fdinfo/5",
				      "fdinfo/9",
				      "gid_map",
				      "limits",
				      "maps",
				      "mem",
				      "mountinfo",
				      "mounts",
				      "ns",
				      "ns/cgroup",
				      "ns/ipc",
				      "ns/mnt",
				      "ns/net",
				      "ns/pid",
				      "ns/pid_for_children",
				      "ns/user",
				      "ns/uts",
				      "oom_score",
				      "oom_score_adj",
				      "root",
				      "seccomp_cache",
				      "setgroups",
				      "smaps",
				      "stat",
				      "statm",
				      "status",
				      "syscall",
				      "task",
				      "task/2/comm",
				      "timerslack_ns",
				      "uid_map" };

static const char *const processes[] = { "self", "self", "self", "thread-self", "1", "2", "3", "7" };

#define ONE_OF(f, list) ((list)[any(f, COUNT_OF(list))])

long special_file(struct fuzz *f)
{
	char *const text = room(f, 128);

	switch (any(f, 4)) {
	case 0:
		strcat(strcpy(text, "/dev/"), ONE_OF(f, devices));
		break;
	case 1:
		strcat(strcpy(text, "/proc/"), ONE_OF(f, of_all));
		break;
	default:
		strcat(strcpy(text, "/proc/"), ONE_OF(f, processes));
		strcat(strcat(text, "/"), ONE_OF(f, of_one));
	}
	return (long)(uintptr_t)text;
}

long path(struct fuzz *f)
{
	char *text;

	if (once_in(f, 16))
		return pointer(f);
	if (once_in(f, 3))
		return special_file(f);
	text = strcpy(room(f, 128), ONE_OF(f, names));
	if (once_in(f, 100))
		memset(text, 'x', 128); /* a name without an end, or with one far away */
	return (long)(uintptr_t)text;
}

long place_of_mount(struct fuzz *f)
{
	static const char places[][8] = { "d",	   "d",	   "d/a",  "e", ".",	"/",
					  "/proc", "/tmp", "/dev", "a", "d/..", "/proc/1" };

	if (once_in(f, 8))
		return path(f);
	return (long)(uintptr_t)strcpy(room(f, 16), ONE_OF(f, places));
}
