/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * member.c - a member of a family: see play.h.
 */
#include "play.h"

#define STACK 16384

struct shared *shared;

void shared_map(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, FD_SHARED, 0);
	CHECK(shared != MAP_FAILED);
}

static int64_t call(const struct order *o)
{
	return raw(o->nr, o->args[0], o->args[1], o->args[2], o->args[3], o->args[4], o->args[5]);
}

/* Threads share all variables: a handler knows its own by the number of its thread. */
static unsigned member_of_thread(void)
{
	const pid_t tid = (pid_t)raw0(SYS_gettid);
	unsigned m = 0;

	while (shared->tid[m] != tid)
		m++;
	return m;
}

static void on_trap(int signal, siginfo_t *info, void *context)
{
	struct answer *a = &shared->trap[member_of_thread()];

	(void)context;
	a->trapped += signal == SIGSYS && info->si_code == 1; /* SYS_SECCOMP */
	a->data = info->si_errno;
	a->nr = info->si_syscall;
}

static void on_order(int signal)
{
	const unsigned m = member_of_thread();

	(void)signal;
	shared->result[m] = call(&shared->handled[m]);
}

static int64_t call_in_handler(unsigned m, const struct order *o)
{
	shared->handled[m] = *o;
	CHECK(raw(SYS_tgkill, raw0(SYS_getpid), raw0(SYS_gettid), SIGUSR1, 0, 0, 0) == 0);
	return shared->result[m];
}

static int64_t install(const struct order *o)
{
	const struct sock_fprog program = { (unsigned short)o->length, (struct sock_filter *)(uintptr_t)o->filter };
	const int64_t result = raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, (long)o->flags, (long)&program, 0, 0, 0);

	if ((o->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) == 0 || result < 0)
		return result;
	send_fd(FD_SOCKET, (int)result);
	CHECK(raw1(SYS_close, result) == 0);
	return 0;
}

static int thread_live(void *number)
{
	member_live((unsigned)(uintptr_t)number);
}

static int64_t start_thread(unsigned m)
{
	char *const stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(stack != MAP_FAILED);
	return clone(thread_live, stack + STACK,
		     CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
			     CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID,
		     (void *)(uintptr_t)m, NULL, NULL, &shared->lives[m]);
}

/* A sister: whoever reaps this process reaps it, too. */
static int64_t start_process(unsigned m)
{
	const int64_t pid = raw(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0, 0);

	if (pid == 0)
		member_live(m);
	return pid;
}

static int64_t execute(unsigned m)
{
	char number[8];
	char *const words[] = { "play", "member", number, NULL }, *const none[] = { NULL };

	snprintf(number, sizeof(number), "%u", m);
	return raw(SYS_execve, (long)"/proc/self/exe", (long)words, (long)none, 0, 0, 0);
}

static int64_t drop(void)
{
	return raw(SYS_setresuid, 65534, 65534, 65534, 0, 0, 0);
}

static int64_t member_obey(unsigned m, const struct order *o)
{
	switch (o->what) {
	case 'f':
		return start_process(o->member);
	case 't':
		return start_thread(o->member);
	case 'e':
		return execute(m);
	case 'i':
		return install(o);
	case 'n':
		return raw(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
	case 'd':
		return drop();
	case 's':
		return raw(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, 0, 0, 0, 0);
	case 'x':
		return raw1(SYS_exit, 0);
	case 'h':
		return call_in_handler(m, o);
	default:
		return call(o);
	}
}

_Noreturn void member_live(unsigned m)
{
	struct order o;

	if (shared->lives[m] == 0) /* the first of its process: as a thread has it from clone() */
		shared->lives[m] = (pid_t)raw1(SYS_set_tid_address, (long)&shared->lives[m]);
	shared->tid[m] = (pid_t)raw0(SYS_gettid);
	for (;;) {
		struct answer *a = &shared->trap[m];

		CHECK(raw(SYS_write, FD_ANSWER(m, 1), (long)a, sizeof(*a), 0, 0, 0) == sizeof(*a));
		CHECK(raw(SYS_read, FD_ORDER(m, 0), (long)&o, sizeof(o), 0, 0, 0) == sizeof(o));
		a->trapped = 0;
		a->result = member_obey(m, &o);
	}
}

/* In a process that has its signals as a program begins with them. */
void member_handle_signals(void)
{
	const struct sigaction trap = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_NODEFER };
	const struct sigaction order = { .sa_handler = on_order, .sa_flags = SA_RESTART };

	CHECK(sigaction(SIGSYS, &trap, NULL) == 0 && sigaction(SIGUSR1, &order, NULL) == 0);
}
