/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-mounts-give-way - a user without rights has as many mounts in a namespace as it may, on one
 * another and side by side: others run while they are copied, removed, forgotten, and compared with
 * a folder that lies deep. One more is ENOSPC, as Linux has it with a smaller fs.mount-max.
 */
#include "rights.h"
#include "rows.h"

#include <abi/mount.h>

#define SOME 450
#define DEPTH 8000

static long bind_to(const char *from, const char *to, unsigned long flags)
{
	return syscall(SYS_mount, from, to, NULL, MS_BIND | flags, NULL);
}

static void new_folder(const char *name)
{
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, name, 0700L) == 0);
}

static void own_namespace(void)
{
	drop_privileges();
	CHECK(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNS) == 0);
}

/* Half of them on one another, the others side by side. */
static void fill(void)
{
	char name[16];
	int n = 0;

	own_namespace();
	new_folder("top");
	CHECK(bind_to("top", "top", 0) == 0 && chdir("top") == 0);
	new_folder("at");
	for (; n < SOME; n++)
		CHECK(bind_to("at", "at", 0) == 0);
	for (; n < 2 * SOME; n++) {
		snprintf(name, sizeof(name), "at/%d", n);
		new_folder(name);
		CHECK(bind_to(name, name, 0) == 0);
	}
}

static void copy_and_forget(void)
{
	int status;

	fill();
	for (int n = 0; n < 3; n++)
		if (fork() == 0)
			_exit(syscall(SYS_unshare, CLONE_NEWNS) == 0 ? 0 : 1);
	while (wait(&status) > 0)
		CHECK(status == 0);
}

static void remove_at_once(void)
{
	fill();
	CHECK(syscall(SYS_umount2, "../top", MNT_DETACH) == 0);
}

static void have_too_many(void)
{
	long result = 0;
	int n = 0;

	fill();
	for (; n < 10000 && result == 0; n++)
		result = bind_to("at", "at", 0);
	CHECK(result == -1 && errno == ENOSPC && n > 50);
	REFUSED(bind_to(".", "at", MS_REC), ENOSPC);
	REFUSED(syscall(SYS_mount, "none", "at", "tmpfs", 0L, NULL), ENOSPC);
	CHECK(syscall(SYS_umount2, "at", MNT_DETACH) == 0 && bind_to("at", "at", 0) == 0);
}

/* The namespaces of some processes, in a message that nobody receives. */
static void forget_a_message(void)
{
	struct {
		uint64_t length;
		int level, type, fds[20];
	} control = { 16 + sizeof(control.fds), SOL_SOCKET, SCM_RIGHTS, { 0 } };
	int ends[2], stop[2];
	char path[40], c;

	fill();
	CHECK(pipe(stop) == 0 && syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
	for (int n = 0; n < 20; n++) {
		int ready[2];
		pid_t child;

		CHECK(pipe(ready) == 0);
		child = fork();
		if (child == 0) {
			close(stop[1]);
			CHECK(syscall(SYS_unshare, CLONE_NEWNS) == 0 && write(ready[1], "", 1) == 1);
			_exit((int)read(stop[0], &c, 1));
		}
		CHECK(read(ready[0], &c, 1) == 1 && close(ready[0]) == 0 && close(ready[1]) == 0);
		snprintf(path, sizeof(path), "/proc/%d/ns/mnt", child);
		control.fds[n] = open(path, O_RDONLY);
		CHECK(control.fds[n] >= 0);
	}
	CHECK(transfer_control(SYS_sendmsg, ends[0], &control, sizeof(control), 0, NULL) == 1);
	for (int n = 0; n < 20; n++)
		close(control.fds[n]);
	close(stop[1]);
	while (wait(NULL) > 0)
		;
	close(ends[0]);
	close(ends[1]);
}

/* Mounts in a folder that lies deep, when a folder above it is bound with all below. */
static void bind_what_is_deep(void)
{
	char name[16];

	own_namespace();
	new_folder("target");
	new_folder("deep");
	CHECK(chdir("deep") == 0);
	for (int n = 0; n < DEPTH; n++) {
		new_folder("d");
		CHECK(chdir("d") == 0);
	}
	for (int n = 0; n < SOME; n++) {
		snprintf(name, sizeof(name), "%d", n);
		new_folder(name);
		CHECK(bind_to(name, name, 0) == 0);
	}
	CHECK(chdir("/tmp/folder") == 0);
	CHECK(bind_to("deep", "target", MS_REC) == 0);
	CHECK(bind_to("deep", "target", 0) == 0);
}

int main(void)
{
	static const struct {
		const char *name;
		void (*make)(void);
	} all[] = {
		{ "copy", copy_and_forget },	 { "remove", remove_at_once },	{ "limit", have_too_many },
		{ "message", forget_a_message }, { "deep", bind_what_is_deep },
	};

	for (unsigned i = 0; i < COUNT_OF(all); i++) {
		if (!is_wanted(all[i].name))
			continue;
		CHECK(syscall(SYS_mkdirat, AT_FDCWD, "/tmp/folder", 0777L) == 0 && chdir("/tmp/folder") == 0);
		CHECK(syscall(SYS_fchmodat, AT_FDCWD, ".", 0777) == 0);
		if (status_of(all[i].make) != 0) {
			dprintf(2, "%s\n", all[i].name);
			return 1;
		}
		CHECK(chdir("/tmp") == 0 && syscall(SYS_renameat2, AT_FDCWD, "folder", AT_FDCWD, all[i].name, 0) == 0);
	}
	return 0;
}
