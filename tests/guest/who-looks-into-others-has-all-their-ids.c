/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * who-looks-into-others-has-all-their-ids - who may compare and read another process without
 * CAP_SYS_PTRACE: its six ids are the asker's, it may be dumped, it has no capability that the
 * asker lacks, and it is in the same user namespace. For /proc the asker's ids are those for files,
 * and its capabilities the effective ones; for the others the real ids and the permitted ones. To
 * give advice about its memory takes CAP_SYS_NICE besides. Each row differs in one thing.
 */
#include "capable.h"

#include <sys/uio.h>

#define SYS_NICE (1UL << 23)
#define SYS_PTRACE (1UL << 19)
#define KCMP_VM 1
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

struct ids {
	uid_t real, effective, saved, files;
};

struct one {
	struct ids uid, gid;
	uint64_t permitted, effective;
	int no_dump, new_user_namespace;
};

#define ALIKE                          \
	{                              \
		1000, 1000, 1000, 1000 \
	}
#define IDS(...)                                   \
	{                                          \
		{ __VA_ARGS__ }, ALIKE, 0, 0, 0, 0 \
	}
#define GIDS(...)                                  \
	{                                          \
		ALIKE, { __VA_ARGS__ }, 0, 0, 0, 0 \
	}
#define PLAIN                            \
	{                                \
		ALIKE, ALIKE, 0, 0, 0, 0 \
	}

static const struct row {
	const char *what;
	struct one target, asker;
	int by_real, by_files; /* may it? */
} rows[] = {
	{ "all are alike", PLAIN, PLAIN, 1, 1 },
	{ "another real user", IDS(1001, 1000, 1000, 1000), PLAIN, 0, 0 },
	{ "another effective user", IDS(1000, 1001, 1000, 1001), PLAIN, 0, 0 },
	{ "another saved user", IDS(1000, 1000, 1001, 1000), PLAIN, 0, 0 },
	{ "another user for files", IDS(1000, 1000, 1001, 1001), IDS(1000, 1000, 1001, 1001), 0, 0 },
	{ "another real group", GIDS(1001, 1000, 1000, 1000), PLAIN, 0, 0 },
	{ "another effective group", GIDS(1000, 1001, 1000, 1001), PLAIN, 0, 0 },
	{ "another saved group", GIDS(1000, 1000, 1001, 1000), PLAIN, 0, 0 },
	{ "it may not be dumped", { ALIKE, ALIKE, 0, 0, 1, 0 }, PLAIN, 0, 0 },
	{ "it has a capability", { ALIKE, ALIKE, SYS_NICE, 0, 0, 0 }, PLAIN, 0, 0 },
	{ "so has the asker", { ALIKE, ALIKE, SYS_NICE, 0, 0, 0 }, { ALIKE, ALIKE, SYS_NICE, SYS_NICE, 0, 0 }, 1, 1 },
	{ "so has the asker, not in effect",
	  { ALIKE, ALIKE, SYS_NICE, 0, 0, 0 },
	  { ALIKE, ALIKE, SYS_NICE, 0, 0, 0 },
	  1,
	  0 },
	{ "the asker has another real user", PLAIN, IDS(1001, 1000, 1000, 1000), 0, 1 },
	{ "the asker has another effective user", PLAIN, IDS(1000, 1001, 1000, 1000), 1, 1 },
	{ "the asker has another user for files", PLAIN, IDS(1000, 1000, 1001, 1001), 1, 0 },
	{ "the asker has another real group", PLAIN, GIDS(1001, 1000, 1000, 1000), 0, 1 },
	{ "the asker has another group for files", PLAIN, GIDS(1000, 1000, 1001, 1001), 1, 0 },
	{ "the asker may only give advice",
	  IDS(1001, 1001, 1001, 1001),
	  { ALIKE, ALIKE, SYS_NICE, SYS_NICE, 0, 0 },
	  0,
	  0 },
	{ "the asker may trace whom it wants",
	  IDS(1001, 1001, 1001, 1001),
	  { ALIKE, ALIKE, SYS_PTRACE, SYS_PTRACE, 0, 0 },
	  1,
	  1 },
	{ "the asker could take that right", IDS(1001, 1001, 1001, 1001), { ALIKE, ALIKE, SYS_PTRACE, 0, 0, 0 }, 0, 0 },
	/* Who made a namespace may do all in it: this asker is not its effective user. */
	{ "a user namespace of its own", { ALIKE, ALIKE, 0, 0, 0, 1 }, IDS(1000, 1001, 1000, 1000), 0, 0 },
};

static void become(const struct one *o)
{
	struct cap_header own = { 0x20080522, 0 };
	struct cap_data d[2] = { { (uint32_t)o->effective, (uint32_t)o->permitted, 0 }, { 0, 0, 0 } };

	CHECK(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0);
	CHECK(syscall(SYS_setgroups, 0, NULL) == 0);
	CHECK(syscall(SYS_setresgid, o->gid.real, o->gid.effective, o->gid.saved) == 0);
	(void)syscall(SYS_setfsgid, o->gid.files);
	CHECK(syscall(SYS_setfsgid, -1) == o->gid.files);
	CHECK(syscall(SYS_setresuid, o->uid.real, o->uid.effective, o->uid.saved) == 0);
	(void)syscall(SYS_setfsuid, o->uid.files);
	CHECK(syscall(SYS_setfsuid, -1) == o->uid.files);
	CHECK(raw(SYS_capset, (long)&own, (long)d, 0, 0, 0, 0) == 0);
	/* It begins with all capabilities. */
	CHECK(!o->new_user_namespace ||
	      (unshare(CLONE_NEWUSER) == 0 && raw(SYS_capset, (long)&own, (long)d, 0, 0, 0, 0) == 0));
	CHECK(prctl(PR_SET_DUMPABLE, !o->no_dump, 0, 0, 0) == 0);
}

/* Makes a process that is as O says; it lasts until it is killed. */
static pid_t start_target(const struct one *o)
{
	int ready[2];
	char byte;
	pid_t child;

	CHECK(pipe(ready) == 0);
	child = fork();
	if (child == 0) {
		become(o);
		CHECK(write(ready[1], "", 1) == 1);
		for (;;)
			pause();
	}
	CHECK(close(ready[1]) == 0 && read(ready[0], &byte, 1) == 1 && close(ready[0]) == 0);
	return child;
}

static pid_t target;
static const struct row *row;

static void ask(void)
{
	struct iovec here, there;
	char path[64], link[64];
	const struct iovec page = { (void *)((uintptr_t)&page & ~4095UL), 4096 };
	long compared, followed, read_from, advised;

	here = there = (struct iovec){ link, 1 };
	become(&row->asker);
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)target);
	compared = raw(SYS_kcmp, getpid(), target, KCMP_VM, 0, 0, 0);
	read_from = raw(SYS_process_vm_readv, target, (long)&here, 1, (long)&there, 1, 0);
	advised = raw(SYS_process_madvise, raw(SYS_pidfd_open, target, 0, 0, 0, 0, 0), (long)&page, 1, MADV_PAGEOUT, 0,
		      0);
	followed = raw(SYS_readlinkat, AT_FDCWD, (long)path, (long)link, sizeof(link), 0, 0);
	if (!(row->by_real ? compared > 0 && read_from == 1 : compared == -EPERM && read_from == -EPERM) ||
	    !(row->by_files ? followed > 0 : followed == -EACCES) ||
	    advised != (!row->by_files			  ? -EACCES
			: row->asker.effective & SYS_NICE ? 4096
							  : -EPERM)) {
		dprintf(2, "%s: compared %ld, read %ld, followed %ld, advised %ld\n", row->what, compared, read_from,
			followed, advised);
		_exit(1);
	}
}

int main(void)
{
	for (row = rows; row < rows + sizeof(rows) / sizeof(rows[0]); row++) {
		target = start_target(&row->target);
		CHECK(exited_with(status_of(ask), 0));
		CHECK(kill(target, SIGKILL) == 0 && killed_by(end_of(target), SIGKILL));
	}
	return 0;
}
