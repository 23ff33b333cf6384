/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - a fuzzer of the kernel's system calls: `fuzz-calls SEED CALLS FIRST LAST` makes the
 * rounds from FIRST to LAST of SEED, each of some CALLS. A round has name spaces of its own, of
 * processes, mounts, System V objects, names and networks, and is killed at the end. After it no
 * call may have run that the round's filter refuses, a process that lives all the time answers and
 * is still refused what it was, and what the round left in /tmp goes away. The kernel counts what
 * is left over (leakcheck), and how long it looked at nothing else (budget).
 *
 *     fuzz-calls leader SEED CALLS   a round
 *     fuzz-calls witness             the process that lives all the time
 *     fuzz-calls worker              what a worker calls execve() with
 *
 * This process and the witness have all their memory locked, and start others without a copy of
 * it, so that they live when there is none left.
 */
#include "calls.h"

#include <abi/ioctl.h>

/* A round in which no call was made for so long is killed: its leader may be dead, or stopped. */
#define STILL_MS 10
#define STILL_TIMES 5
#define DYING_MS 20000 /* and it must be gone */
#define CONTROL_FD 900
#define ASK 901
#define ANSWER 902

static long until_done(long nr, long a, long b, long c, long d, long e)
{
	long result = 0;

	for (int i = 0; i < 1000; i++) { /* where allocations fail, another try may not */
		result = raw(nr, a, b, c, d, e, 0);
		if (result >= 0 || (result != -ENOMEM && result != -EAGAIN && result != -ENFILE))
			return result;
	}
	return result;
}

static void say(const char *what, const char *more)
{
	raw(SYS_write, 1, (long)what, (long)strlen(what), 0, 0, 0);
	raw(SYS_write, 1, (long)more, (long)strlen(more), 0, 0, 0);
	raw(SYS_write, 1, (long)"\n", 1, 0, 0, 0);
}

static const char *decimal(unsigned long n, char text[24])
{
	char *at = text + 23;

	*at = '\0';
	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	return at;
}

/* Starts this program as ARGUMENTS say, without a copy of this process's memory. */
static long try_start(long flags, const char *const arguments[])
{
	register long a0 __asm__("a0") = flags | CLONE_VM | CLONE_VFORK | SIGCHLD;
	register long a1 __asm__("a1") = 0, a2 __asm__("a2") = 0, a3 __asm__("a3") = 0, a4 __asm__("a4") = 0;
	register long a7 __asm__("a7") = SYS_clone;
	register const char *path __asm__("t0") = "/proc/self/exe";
	register const char *const *list __asm__("t1") = arguments;

	/* The child uses no stack: execve(), and a status if that fails. */
	__asm__ volatile("ecall\n\tbnez a0, 1f\n"
			 "\tmv a0, t0\n\tmv a1, t1\n\tli a2, 0\n\tli a7, 221\n\tecall\n"
			 "\tli a0, 99\n\tli a7, 94\n\tecall\n1:"
			 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a7)
			 : "r"(a3), "r"(a4), "r"(path), "r"(list)
			 : "memory");
	return a0;
}

static long start_self(long flags, const char *const arguments[])
{
	long pid = -1;

	for (int i = 0; i < 1000 && pid < 0; i++)
		pid = try_start(flags, arguments);
	return pid;
}

/* Answers a byte for each byte: 1 if what it was refused is refused. */
static int witness(void)
{
	char byte;

	if (until_done(SYS_mlockall, 1, 0, 0, 0, 0) != 0 || !refuse())
		return 99;
	while (raw(SYS_read, ASK, (long)&byte, 1, 0, 0, 0) == 1) {
		try_refused(0);
		try_refused(1);
		byte = has_run() == NULL;
		raw(SYS_write, ANSWER, (long)&byte, 1, 0, 0, 0);
	}
	return 0;
}

static int witness_answers(const int ends[2])
{
	struct pollfd p = { ends[1], POLLIN, 0 };
	const struct timespec patience = { 5, 0 };
	char byte = 0;

	if (until_done(SYS_write, ends[0], (long)&byte, 1, 0, 0) != 1 ||
	    until_done(SYS_ppoll, (long)&p, 1, (long)&patience, 0, 0) != 1)
		return 0;
	return raw(SYS_read, ends[1], (long)&byte, 1, 0, 0, 0) == 1 && byte == 1;
}

/* Removes what is in the folder open as FD, and below. */
static void remove_all(int fd)
{
	static char entries[4096];
	long n;

	for (int again = 0; again < 100 && raw(SYS_lseek, fd, 0, SEEK_SET, 0, 0, 0) == 0; again++) {
		bool found = false;

		n = until_done(SYS_getdents64, fd, (long)entries, sizeof(entries), 0, 0);
		for (long at = 0; at < n && !found;) {
			struct linux_dirent64 *const e = (struct linux_dirent64 *)(void *)(entries + at);

			at += e->d_reclen;
			if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
				continue;
			if (until_done(SYS_unlinkat, fd, (long)e->d_name, 0, 0, 0) < 0) {
				const long inner = until_done(SYS_openat, fd, (long)e->d_name,
							      O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, 0);

				found = true; /* the entries are another folder's now */
				if (inner >= 0)
					remove_all((int)inner);
				if (inner >= 0)
					raw1(SYS_close, inner);
				(void)until_done(SYS_unlinkat, fd, (long)e->d_name, AT_REMOVEDIR, 0, 0);
			}
		}
		if (n <= 0 || (!found && n < 64))
			return;
	}
}

/* Where a call that should be refused leaves its trace. */
static void make_folder(void)
{
	(void)until_done(SYS_mkdirat, AT_FDCWD, (long)FOLDER_OF_ROUNDS, 0777, 0, 0);
	(void)until_done(SYS_fchmodat, AT_FDCWD, (long)FOLDER_OF_ROUNDS, 0777, 0, 0);
}

/*
 * How many calls a round has made, if none of them wrote over its struct control, which is in the
 * file open as FD.
 */
static unsigned long calls_made(int fd)
{
	struct control c = { .made = 0 };

	(void)until_done(SYS_pread64, fd, (long)&c, sizeof(c), 0, 0);
	return (unsigned long)c.made;
}

/* Until the leader of PIDFD has ended, or nothing has happened for long. */
static void wait_for_round(int pidfd, int control_fd)
{
	struct pollfd p = { pidfd, POLLIN, 0 };
	unsigned long before = 0, now;

	for (int still = 0; still < STILL_TIMES; still = now == before ? still + 1 : 0, before = now) {
		struct timespec slice = { 0, STILL_MS * 1000000 }; /* ppoll() writes into it what is left */

		if (raw(SYS_ppoll, (long)&p, 1, (long)&slice, 0, 0, 0) == 1)
			return;
		now = calls_made(control_fd);
	}
}

/* A round; why it failed, or NULL. */
static const char *round_of(const char *seed, const char *calls, unsigned long *made)
{
	const struct timespec dying = { DYING_MS / 1000, 0 };
	struct pollfd p = { -1, POLLIN, 0 };
	unsigned long count;
	long pid, fd;

	make_folder();
	fd = until_done(SYS_memfd_create, (long)"control", MFD_CLOEXEC, 0, 0, 0);
	if (until_done(SYS_dup3, fd, CONTROL_FD, 0, 0, 0) != CONTROL_FD ||
	    until_done(SYS_ftruncate, CONTROL_FD, 4096, 0, 0, 0) != 0)
		return "no file for the round's counts";
	raw1(SYS_close, fd);
	pid = start_self(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET,
			 (const char *const[]){ "fuzz-calls", "leader", seed, calls, NULL });
	p.fd = (int)until_done(SYS_pidfd_open, pid, 0, 0, 0, 0);
	if (pid < 0 || p.fd < 0)
		return "no leader";
	wait_for_round(p.fd, CONTROL_FD);
	put_first(pid, LEADERS_PRIORITY); /* a worker may have made it wait behind one that computes for ever */
	raw(SYS_kill, pid, SIGKILL, 0, 0, 0, 0);
	if (until_done(SYS_ppoll, (long)&p, 1, (long)&dying, 0, 0) != 1)
		return "what was killed lives on";
	raw1(SYS_close, p.fd);
	if (until_done(SYS_wait4, pid, 0, 0, 0, 0) != pid)
		return "the leader is lost";
	count = calls_made(CONTROL_FD);
	*made += count <= strtoul(calls, NULL, 10) ? count : 0;
	raw1(SYS_close, CONTROL_FD);
	return is_bound(strtoul(seed, NULL, 10)) ? has_run() : NULL;
}

static bool start_witness(int ends[2])
{
	int ask[2], answer[2];

	if (until_done(SYS_pipe2, (long)ask, O_CLOEXEC, 0, 0, 0) != 0 ||
	    until_done(SYS_pipe2, (long)answer, O_CLOEXEC, 0, 0, 0) != 0 ||
	    until_done(SYS_dup3, ask[0], ASK, 0, 0, 0) != ASK ||
	    until_done(SYS_dup3, answer[1], ANSWER, 0, 0, 0) != ANSWER ||
	    start_self(0, (const char *const[]){ "fuzz-calls", "witness", NULL }) < 0)
		return false;
	ends[0] = ask[1];
	ends[1] = answer[0];
	return raw1(SYS_close, ASK) == 0 && raw1(SYS_close, ANSWER) == 0 && raw1(SYS_close, ask[0]) == 0 &&
	       raw1(SYS_close, answer[1]) == 0;
}

static int rounds(const char *seed, const char *calls, unsigned long first, unsigned long last)
{
	const unsigned long base = strtoul(seed, NULL, 10) * 1000;
	unsigned long made = 0;
	const char *wrong = NULL;
	char number[24];
	int ends[2] = { -1, -1 };

	(void)until_done(SYS_mlockall, 1, 0, 0, 0, 0);
	put_first(0, LEADERS_PRIORITY + 1);
	(void)until_done(SYS_mkdirat, AT_FDCWD, (long)"/tmp/fuzz", 0777, 0, 0);
	if (!start_witness(ends))
		wrong = "no witness";
	for (unsigned long n = first; n <= last && wrong == NULL; n++) {
		long fd;

		wrong = round_of(decimal(base + n, number), calls, &made);
		fd = until_done(SYS_openat, AT_FDCWD, (long)"/tmp/fuzz", O_RDONLY | O_DIRECTORY, 0, 0);
		remove_all((int)fd);
		raw1(SYS_close, fd);
		make_folder();
		if (wrong == NULL && !witness_answers(ends))
			wrong = "the witness does not answer, or may do what it may not";
		if (wrong != NULL)
			say("round ", decimal(n, number));
	}
	raw(SYS_unlinkat, AT_FDCWD, (long)FOLDER_OF_ROUNDS, AT_REMOVEDIR, 0, 0, 0);
	raw(SYS_unlinkat, AT_FDCWD, (long)"/tmp/fuzz", AT_REMOVEDIR, 0, 0, 0);
	raw(SYS_ioctl, 1, TCXONC, 1 /* TCOON */, 0, 0, 0);
	say("\ncalls: ", decimal(made, number)); /* whatever line a worker has begun */
	if (wrong != NULL)
		say("wrong: ", wrong);
	return wrong != NULL;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "witness") == 0)
		return witness();
	if (argc == 2 && strcmp(argv[1], "worker") == 0)
		go_on();
	if (argc == 4 && strcmp(argv[1], "leader") == 0)
		lead(strtoul(argv[2], NULL, 10), (long)strtoul(argv[3], NULL, 10), CONTROL_FD);
	if (argc == 5)
		return rounds(argv[1], argv[2], strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10));
	return 2;
}
