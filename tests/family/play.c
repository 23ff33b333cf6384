/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * play.c - plays scripts that family.py wrote, on Portcullis or on the build machine's Linux, and
 * says the first line of each that does not come out as it is written: `play DIR FIRST COUNT`, the
 * scripts DIR/FIRST and on.
 *
 * A line is an order to a member, and after `=` what comes of it:
 *
 * filter ID CODE:JT:JF:K ... K may be @I: the Ith of the calls below fork M N, thread M N member M
 * makes member N; the family begins with member 0 exec M, exit M, nnp M, drop M, strict M install M
 * ID FLAGS = R R: a result, `tid N`, or `listener L` seize M, detach M, close L the director traces
 * M, or closes listener L probe M CALL A0 ... A5 = OUTCOME the call, made by M; `handler` makes it
 * in a signal handler
 *
 * result R it returned R trap DATA SIGSYS came, with these 16 bits notify L WHAT V OUTCOME listener
 * L is asked, and answers: value, error, or continue trace DATA WHAT V OUTCOME the tracer is asked,
 * and: go, skip with result V, or call V dead s31 | dead e0 the process is gone, by a signal or
 * exit gone this thread is gone, and others live on
 */
#include "play.h"

#include <elf.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define FILTERS 32
#define LISTENERS 32

/*
 * What @I stands for: calls that the machinery does not need, and that refuse what they are given.
 */
static const long calls[] = { SYS_getpgid, SYS_getsid, SYS_fchmod, SYS_dup, SYS_sched_getscheduler, SYS_fdatasync };

static struct member {
	pid_t pid, tid;
	bool traced;
} members[MEMBERS];

static struct order filters[FILTERS];
static int listeners[LISTENERS];
static char script[256];
static unsigned line_number, probes;
static char text[4096];
static char *word; /* of the line, behind what has been read */

static _Noreturn void wrong(const char *what, long is, long wanted)
{
	printf("%s:%u: %s: %ld, not %ld: %s\n", script, line_number, what, is, wanted, text);
	fflush(stdout);
	for (unsigned m = 0; m < MEMBERS; m++)
		if (members[m].pid > 0)
			kill(members[m].pid, SIGKILL);
	_exit(1);
}

static void late(int signal)
{
	(void)signal;
	wrong("nothing has come", 0, 0);
}

/* --- reading ------------------------------------------------------------------------ */

static const char *next(void)
{
	const char *w = strtok_r(NULL, " \n", &word);

	return w == NULL ? "" : w;
}

static long number(void)
{
	const char *w = next();

	return w[0] == '@' ? calls[atoi(w + 1)] : strtol(w, NULL, 0);
}

static void read_filter(void)
{
	struct order *o = &filters[number()];

	for (const char *w = next(); *w != '\0'; w = next()) {
		struct sock_filter *f = &o->filter[o->length++];
		char *end;

		f->code = (uint16_t)strtoul(w, &end, 0);
		f->jt = (uint8_t)strtoul(end + 1, &end, 0);
		f->jf = (uint8_t)strtoul(end + 1, &end, 0);
		f->k = end[1] == '@' ? (uint32_t)calls[atoi(end + 2)] : (uint32_t)strtoul(end + 1, NULL, 0);
	}
}

/* --- orders and answers ------------------------------------------------------------- */

static void give(unsigned m, const struct order *o)
{
	CHECK(write(FD_ORDER(m, 1), o, sizeof(*o)) == sizeof(*o));
}

static struct answer take(unsigned m)
{
	struct answer a;

	CHECK(read(FD_ANSWER(m, 0), &a, sizeof(a)) == sizeof(a));
	return a;
}

/* Waits for the stop of a traced member, and returns the event and signal of its status. */
static int stop_of(unsigned m)
{
	int status;

	CHECK(waitpid(members[m].tid, &status, __WALL) == members[m].tid);
	if (!WIFSTOPPED(status))
		wrong("no stop, but status", status, 0);
	return status >> 8;
}

static void let_go(unsigned m, int signal)
{
	CHECK(ptrace(PTRACE_CONT, members[m].tid, NULL, (void *)(uintptr_t)signal) == 0);
}

/* The stopped call becomes NR; with RESULT if it is -1. */
static void change_call(unsigned m, long nr, long result)
{
	unsigned long registers[64];
	struct iovec part = { registers, sizeof(registers) };

	CHECK(ptrace(PTRACE_GETREGSET, members[m].tid, (void *)NT_PRSTATUS, &part) == 0);
#ifdef __riscv
	registers[17] = (unsigned long)nr; /* a7 */
	if (nr == -1)
		registers[10] = (unsigned long)result;
#else
	registers[15] = (unsigned long)nr; /* orig_rax */
	if (nr == -1)
		registers[10] = (unsigned long)result; /* rax */
#endif
	CHECK(ptrace(PTRACE_SETREGSET, members[m].tid, (void *)NT_PRSTATUS, &part) == 0);
}

static void trace(unsigned m, struct order *o)
{
	const long data = number();
	const char what = *next();
	const long value = number();
	unsigned long message;
	const int stop = stop_of(m);

	if (stop != (SIGTRAP | PTRACE_EVENT_SECCOMP << 8))
		wrong("the stop is", stop, SIGTRAP | PTRACE_EVENT_SECCOMP << 8);
	CHECK(ptrace(PTRACE_GETEVENTMSG, members[m].tid, NULL, &message) == 0);
	if ((long)message != data)
		wrong("the tracer's data", (long)message, data);
	if (what == 's')
		change_call(m, -1, value);
	if (what == 'c') {
		change_call(m, value, 0);
		o->nr = value;
	}
	let_go(m, 0);
}

static void notify(unsigned m, const struct order *o)
{
	const int listener = listeners[number()];
	const char what = *next();
	const long value = number();
	struct seccomp_notif asked = { 0 };
	struct seccomp_notif_resp response = { 0 };

	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) == 0);
	if (asked.pid != (uint32_t)members[m].tid)
		wrong("who is said to ask", asked.pid, members[m].tid);
	if (asked.data.nr != (int)o->nr || asked.data.args[1] != (uint64_t)o->args[1])
		wrong("the call that is asked about", asked.data.nr, o->nr);
	response.id = asked.id;
	response.flags = what == 'c' ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
	response.val = what == 'v' ? value : 0;
	response.error = what == 'e' ? (int)-value : 0;
	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0);
}

/* --- outcomes ----------------------------------------------------------------------- */

static void forget(unsigned m)
{
	members[m] = (struct member){ 0 };
	shared->tid[m] = 0;
}

static void dead(unsigned m)
{
	const char *how = next();
	const int wanted = atoi(how + 1), pid = members[m].pid;
	int status;

	CHECK(waitpid(pid, &status, __WALL) == pid);
	if (*how == 's' ? !WIFSIGNALED(status) || WTERMSIG(status) != wanted
			: !WIFEXITED(status) || WEXITSTATUS(status) != wanted)
		wrong("wait status", status, wanted);
	for (unsigned n = 0; n < MEMBERS; n++)
		if (members[n].pid == pid)
			forget(n);
}

static void gone(unsigned m)
{
	UNTIL(shared->lives[m] == 0);
	if (members[m].tid != members[m].pid) /* who has the process's number keeps it to the end */
		forget(m);
}

static void result(unsigned m, long wanted)
{
	const struct answer a = take(m);

	if (a.trapped != 0 || a.result != wanted)
		wrong(a.trapped ? "SIGSYS came; result" : "result", a.result, wanted);
}

static void trap(unsigned m, const struct order *o)
{
	const long data = number();

	if (members[m].traced) {
		if (stop_of(m) != SIGSYS)
			wrong("no stop by SIGSYS", 0, 0);
		let_go(m, SIGSYS);
	}

	const struct answer a = take(m);

	if (a.trapped != 1 || a.data != data || a.nr != o->nr)
		wrong("SIGSYS's data", a.trapped ? a.data : -1, data);
}

/* Whoever is asked may make another call of O. */
static void outcome(unsigned m, struct order *o)
{
	const char *what = next();

	for (;; what = next()) {
		if (strcmp(what, "trace") == 0)
			trace(m, o);
		else if (strcmp(what, "notify") == 0)
			notify(m, o);
		else
			break;
	}
	if (strcmp(what, "result") == 0)
		result(m, number());
	else if (strcmp(what, "trap") == 0)
		trap(m, o);
	else if (strcmp(what, "dead") == 0)
		dead(m);
	else
		gone(m);
}

/* --- lines -------------------------------------------------------------------------- */

static void make_member(unsigned m, char what)
{
	const unsigned n = (unsigned)number();
	const struct order o = { .what = what, .member = n };
	struct answer a;

	shared->lives[n] = 0;
	give(m, &o);
	a = take(m);
	if (a.result <= 0)
		wrong("no member", a.result, 0);
	(void)take(n);
	members[n].tid = (pid_t)a.result;
	members[n].pid = what == 'f' ? members[n].tid : members[m].pid;
}

static void exec(unsigned m)
{
	const struct order o = { .what = 'e' };

	give(m, &o);
	(void)take(m);
	for (unsigned n = 0; n < MEMBERS; n++)
		if (n != m && members[n].pid == members[m].pid)
			forget(n);
}

static void install(unsigned m)
{
	struct order o = filters[number()];
	struct answer a;
	const char *what;

	o.what = 'i';
	o.flags = (uint64_t)number();
	(void)next(); /* = */
	give(m, &o);
	a = take(m);
	what = next();
	if (strcmp(what, "listener") == 0)
		listeners[number()] = a.result == 0 ? receive_fd(FD_DIRECTOR) : -1;

	const long wanted = strcmp(what, "tid") == 0	  ? members[number()].tid
			    : strcmp(what, "result") == 0 ? number()
							  : 0;

	if (a.result != wanted)
		wrong("result", a.result, wanted);
}

/* Orders that succeed and say nothing. */
static void simple(unsigned m, char what)
{
	const struct order o = { .what = what };

	give(m, &o);
	result(m, 0);
}

static void seize(unsigned m)
{
	CHECK(ptrace(PTRACE_SEIZE, members[m].tid, NULL, PTRACE_O_TRACESECCOMP) == 0);
	members[m].traced = true;
}

static void detach(unsigned m)
{
	CHECK(ptrace(PTRACE_INTERRUPT, members[m].tid, NULL, NULL) == 0);
	(void)stop_of(m);
	CHECK(ptrace(PTRACE_DETACH, members[m].tid, NULL, NULL) == 0);
	members[m].traced = false;
}

static void probe(unsigned m, char what)
{
	struct order o = { .what = what, .nr = number() };

	for (unsigned i = 0; i < 6; i++)
		o.args[i] = number();
	(void)next(); /* = */
	probes++;
	give(m, &o);
	if (what == 'h' && members[m].traced) {
		if (stop_of(m) != SIGUSR1)
			wrong("no stop by SIGUSR1", 0, 0);
		let_go(m, SIGUSR1);
	}
	outcome(m, &o);
}

static void leave(unsigned m)
{
	struct order o = { .what = 'x' };

	(void)next(); /* = */
	give(m, &o);
	outcome(m, &o);
}

static void play_line(void)
{
	char line[sizeof(text)], *what;
	unsigned m;

	memcpy(line, text, sizeof(line));
	what = strtok_r(line, " \n", &word);
	if (what == NULL)
		return;
	if (strcmp(what, "filter") == 0) {
		read_filter();
		return;
	}
	m = (unsigned)number();
	if (strcmp(what, "fork") == 0 || strcmp(what, "thread") == 0)
		make_member(m, *what);
	else if (strcmp(what, "exec") == 0)
		exec(m);
	else if (strcmp(what, "install") == 0)
		install(m);
	else if (strcmp(what, "seize") == 0)
		seize(m);
	else if (strcmp(what, "detach") == 0)
		detach(m);
	else if (strcmp(what, "close") == 0)
		CHECK(close(listeners[m]) == 0);
	else if (strcmp(what, "probe") == 0 || strcmp(what, "handler") == 0)
		probe(m, *what);
	else if (strcmp(what, "exit") == 0)
		leave(m);
	else
		simple(m, *what);
}

/* --- the stage ---------------------------------------------------------------------- */

static void place(int fd, int at)
{
	CHECK(dup2(fd, at) == at && close(fd) == 0);
}

static void build_stage(void)
{
	int pair[2];

	place((int)raw(SYS_memfd_create, (long)"shared", 0, 0, 0, 0, 0), FD_SHARED);
	CHECK(raw(SYS_ftruncate, FD_SHARED, sizeof(struct shared), 0, 0, 0, 0) == 0);
	shared_map();
	for (unsigned m = 0; m < MEMBERS; m++) {
		CHECK(pipe(pair) == 0);
		place(pair[0], FD_ORDER(m, 0));
		place(pair[1], FD_ORDER(m, 1));
		CHECK(pipe(pair) == 0);
		place(pair[0], FD_ANSWER(m, 0));
		place(pair[1], FD_ANSWER(m, 1));
	}
	CHECK(raw(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (long)pair, 0, 0) == 0);
	place(pair[0], FD_SOCKET);
	place(pair[1], FD_DIRECTOR);
}

/* In a process of its own, which says how many probes there were. */
static void play(int said)
{
	FILE *f = fopen(script, "r");

	CHECK(f != NULL);
	build_stage();
	signal(SIGALRM, late);
	alarm(120);
	members[0].pid = members[0].tid = fork();
	if (members[0].pid == 0) {
		member_handle_signals();
		member_live(0);
	}
	(void)take(0);
	while (fgets(text, sizeof(text), f) != NULL) {
		line_number++;
		play_line();
	}
	for (unsigned m = 0; m < MEMBERS; m++)
		if (members[m].pid > 0)
			kill(members[m].pid, SIGKILL);
	while (waitpid(-1, NULL, __WALL) > 0)
		;
	CHECK(write(said, &probes, sizeof(probes)) == sizeof(probes));
	_exit(0);
}

int main(int argc, char **argv)
{
	unsigned long all = 0;
	unsigned failed = 0, n;
	int said[2], status;

	if (argc == 3 && strcmp(argv[1], "member") == 0) {
		shared_map();
		shared->lives[atoi(argv[2])] = 0;
		member_handle_signals();
		member_live((unsigned)atoi(argv[2]));
	}
	CHECK(argc == 4 && pipe(said) == 0);
	for (int i = 0; i < atoi(argv[3]); i++) {
		snprintf(script, sizeof(script), "%s/%d", argv[1], atoi(argv[2]) + i);
		fflush(stdout);
		if (fork() == 0)
			play(said[1]);
		CHECK(wait(&status) > 0);
		if (status != 0)
			failed++;
		else if (read(said[0], &n, sizeof(n)) == sizeof(n))
			all += n;
	}
	printf("family: %s scripts, %u failed; %lu probes\n", argv[3], failed, all);
	return failed != 0;
}
