/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stacks.c - random stacks of 1 to 16 random filters with random flags, judged from outside.
 *
 * `stacks model N SEED` writes every stack, some calls, and what the verdict library says of them
 * to standard output, for model.py to judge in its own words. `stacks linux N SEED` installs stacks
 * in children under this machine's Linux and compares what can be seen: refusals for want of room,
 * errnos, SIGSYS and its data, deaths, and calls that run. Speaks TAP.
 */
#define _GNU_SOURCE
#include "stacks.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS 4

/* ---- for the model ---- */

static void out_u32(uint32_t n)
{
	fwrite(&n, sizeof(n), 1, stdout);
}

static void write_answers(uint64_t who, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(newest, who, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);
	uint32_t nr = (uint32_t)data->nr;

	add_answers(who);
	out_u32((uint32_t)who);
	fwrite(data, sizeof(*data), 1, stdout);
	out_u32(v.ret);
	out_u32(v.pc);
	out_u32(v.match != NULL ? (uint32_t)v.match->id : 0);
	out_u32(d.todo);
	out_u32(d.action);
	out_u32(d.data);
	out_u32(d.err);
	out_u32(d.log);
	out_u32(seccomp_answer_is_constant(&sum, nr));
	out_u32(nr < SECCOMP_GATE_NRS ? sum.ret[nr] : 0);
}

static void write_stack(struct random *r)
{
	random_stack(r, true, false);
	out_u32(count);
	for (uint32_t i = 0; i < count; i++) {
		out_u32(programs[i].p.len);
		out_u32((uint32_t)filters[i].owner);
		out_u32((uint32_t)flags[i]);
		out_u32((uint32_t)-errs[i]);
		fwrite(programs[i].p.insns, sizeof(struct sock_filter), programs[i].p.len, stdout);
	}
	for (int i = 0; i < 2; i++) {
		struct seccomp_data data;

		random_call(r, &data);
		write_answers(1 + random_below(r, 3), &data);
	}
}

/* ---- under Linux ---- */

#if defined(__x86_64__) && defined(__linux__)

#define TRAPPED 0x10000
#define DIED 0x20000

static struct shared {
	int errs[FILTERS];
	uint32_t installed, next;
	long ret[CALLS];
} * shared;

static sigjmp_buf resume;
static volatile long trap_data;

/* Nothing is called on the way out: even rt_sigreturn may be refused. */
static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	trap_data = info->si_errno;
	siglongjmp(resume, 1);
}

static long raw_call(const struct seccomp_data *d)
{
	long ret = d->nr;
	register uint64_t r10 __asm__("r10") = d->args[3];
	register uint64_t r8 __asm__("r8") = d->args[4];
	register uint64_t r9 __asm__("r9") = d->args[5];

	__asm__ volatile("syscall"
			 : "+a"(ret)
			 : "D"(d->args[0]), "S"(d->args[1]), "d"(d->args[2]), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static long trapping_call(const struct seccomp_data *d)
{
	if (sigsetjmp(resume, 0) != 0)
		return TRAPPED | trap_data;
	return raw_call(d);
}

static void child_main(const struct seccomp_data *calls, uint32_t from)
{
	const struct sigaction sa = { .sa_sigaction = on_sigsys, .sa_flags = SA_SIGINFO | SA_NODEFER };

	sigaction(SIGSYS, &sa, NULL);
	for (uint32_t i = 0; i < count; i++) {
		const struct {
			uint16_t len;
			const struct sock_filter *insns;
		} fprog = { (uint16_t)programs[i].p.len, programs[i].p.insns };

		shared->errs[i] = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &fprog) == 0 ? 0 : -errno;
		shared->installed++;
	}
	for (uint32_t i = from; i < CALLS; i++) {
		shared->next = i + 1;
		shared->ret[i] = DIED;
		shared->ret[i] = trapping_call(&calls[i]);
	}
	syscall(SYS_exit_group, 0);
}

/*
 * What one call should look like to the process PID that makes it: the gate says it, or the stack.
 */
static long expected(const struct seccomp_data *data, pid_t pid)
{
	const bool constant = seccomp_answer_is_constant(&sum, (uint32_t)data->nr);
	const uint32_t ret = constant ? sum.ret[data->nr] : seccomp_evaluate(newest, 7, data).ret;
	const struct seccomp_decision d = seccomp_decide(ret, false);

	switch (d.todo) {
	case SECCOMP_DO_KILL_PROCESS:
	case SECCOMP_DO_KILL_THREAD:
		return DIED;
	case SECCOMP_DO_SIGNAL:
		return TRAPPED | d.data;
	case SECCOMP_DO_RETURN:
		return -(long)d.err;
	case SECCOMP_DO_NOTIFY:
	case SECCOMP_DO_TRACE:
		return -ENOSYS;
	case SECCOMP_DO_RUN:
		break;
	}
	switch (data->nr) {
	case SYS_getpid:
	case SYS_gettid:
		return pid;
	case SYS_getppid:
		return getpid();
	case SYS_getuid:
		return getuid();
	default:
		return -ENOSYS;
	}
}

/* Returns the disagreements on one stack. */
static uint32_t compare(struct random *r)
{
	struct seccomp_data calls[CALLS];
	uint32_t from = 0, wrong = 0;

	random_stack(r, false, true);
	add_answers(7);
	for (int i = 0; i < CALLS; i++) {
		random_call(r, &calls[i]);
		calls[i].nr = (int)numbers[random_below(r, 6)];
	}
	while (from < CALLS) {
		pid_t pid;
		int status;

		memset(shared, 0, sizeof(*shared));
		pid = fork();
		if (pid == 0)
			child_main(calls, from);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || shared->installed != count)
			return 1;
		for (uint32_t i = 0; i < count; i++)
			wrong += shared->errs[i] != errs[i];
		for (; from < shared->next; from++) {
			if (shared->ret[from] == expected(&calls[from], pid))
				continue;
			printf("# call %u, number %d: Linux 0x%lx, we 0x%lx\n", from, calls[from].nr, shared->ret[from],
			       expected(&calls[from], pid));
			wrong++;
		}
		if (WIFSIGNALED(status) ? WTERMSIG(status) != SIGSYS || shared->ret[from - 1] != DIED
					: WEXITSTATUS(status) != 0)
			wrong++;
	}
	return wrong;
}

static int under_linux(uint64_t n, uint64_t seed)
{
	const struct rlimit none = { 0, 0 };
	uint64_t stacks = 0, wrong = 0;

	setrlimit(RLIMIT_CORE, &none);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != -1 || errno != EFAULT) {
		printf("1..0 # SKIP no seccomp(2) here\n");
		return 0;
	}
	for (uint64_t i = 0; i < n && wrong < 10; i++) {
		struct random r = { seed << 40 ^ i };

		stacks++;
		if (compare(&r) == 0)
			continue;
		wrong++;
		printf("# stack %lu, of %u filters:", (unsigned long)i, count);
		for (uint32_t f = 0; f < count; f++)
			printf(" %d/%d", shared->errs[f], errs[f]);
		printf("\n");
	}
	printf("%sok 1 - Linux and the verdict library agree on %lu stacks, %d calls each\n1..1\n", wrong ? "not " : "",
	       (unsigned long)stacks, CALLS);
	return wrong != 0;
}

#else

static int under_linux(uint64_t n, uint64_t seed)
{
	(void)n;
	(void)seed;
	printf("1..0 # SKIP the judge is Linux on x86-64\n");
	return 0;
}

#endif

int main(int argc, char **argv)
{
	const uint64_t n = argc > 2 ? strtoull(argv[2], NULL, 0) : 1000;
	const uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 1;

	if (argc > 1 && strcmp(argv[1], "linux") == 0)
		return under_linux(n, seed);
	for (uint64_t i = 0; i < n; i++) {
		struct random r = { seed << 40 ^ i };

		write_stack(&r);
	}
	return 0;
}
