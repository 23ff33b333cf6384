/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * play.c - plays scripts that family.py wrote, on Portcullis or on the build machine's Linux, and
 * says the first line of each that does not come out as it is written: `play DIR FIRST COUNT`, the
 * scripts DIR/FIRST and on.
 *
 * A line is an order to a member, and after `=` what comes of it:
 *
 *   filter ID CODE:JT:JF:K ...        K may be @I: the Ith of the calls below
 *   fork M N, thread M N              member M makes member N; the family begins with member 0
 *   exec M, exit M, nnp M, drop M, strict M
 *   install M ID FLAGS = R            R: a result, `tid N`, or `listener L`
 *   seize M, detach M, close L        the director traces M, or closes listener L
 *   probe M CALL A0 ... A5 = OUTCOME  the call, made by M; `handler` makes it in a signal handler
 *
 *   result R                          it returned R
 *   trap DATA                         SIGSYS came, with these 16 bits
 *   notify L WHAT V OUTCOME           listener L is asked, and answers: value, error, or continue
 *   trace DATA WHAT V OUTCOME         the tracer is asked, and: go, skip with result V, or call V
 *   dead s31 | dead e0                the process is gone, by a signal or exit
 *   gone                              this thread is gone, and others live on
 */
#include "director.h"

#include <sys/ptrace.h>

#define FILTERS 32

/*
 * What @I stands for: calls that the machinery does not need, and that refuse what they are given.
 */
static const long calls[] = { SYS_getpgid, SYS_getsid, SYS_fchmod, SYS_dup, SYS_sched_getscheduler, SYS_fdatasync };

struct member members[MEMBERS];
static struct order filters[FILTERS];
int listeners[LISTENERS];
static char script[256];
static unsigned line_number, probes;
static char text[4096];
static char *word; /* of the line, behind what has been read */

_Noreturn void wrong(const char *what, long is, long wanted)
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

const char *next_word(void)
{
	const char *w = strtok_r(NULL, " \n", &word);

	return w == NULL ? "" : w;
}

long next_number(void)
{
	const char *w = next_word();

	return w[0] == '@' ? calls[atoi(w + 1)] : strtol(w, NULL, 0);
}

static void read_filter(void)
{
	struct order *o = &filters[next_number()];

	for (const char *w = next_word(); *w != '\0'; w = next_word()) {
		struct sock_filter *f = &o->filter[o->length++];
		char *end;

		f->code = (uint16_t)strtoul(w, &end, 0);
		f->jt = (uint8_t)strtoul(end + 1, &end, 0);
		f->jf = (uint8_t)strtoul(end + 1, &end, 0);
		f->k = end[1] == '@' ? (uint32_t)calls[atoi(end + 2)] : (uint32_t)strtoul(end + 1, NULL, 0);
	}
}

/* --- lines -------------------------------------------------------------------------- */

static void make_member(unsigned m, char what)
{
	const unsigned n = (unsigned)next_number();
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
	struct order o = filters[next_number()];
	struct answer a;
	const char *what;

	o.what = 'i';
	o.flags = (uint64_t)next_number();
	(void)next_word(); /* = */
	give(m, &o);
	a = take(m);
	what = next_word();
	if (strcmp(what, "listener") == 0)
		listeners[next_number()] = a.result == 0 ? receive_fd(FD_DIRECTOR) : -1;

	const long wanted = strcmp(what, "tid") == 0	  ? members[next_number()].tid
			    : strcmp(what, "result") == 0 ? next_number()
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
	struct order o = { .what = what, .nr = next_number() };

	for (unsigned i = 0; i < 6; i++)
		o.args[i] = next_number();
	(void)next_word(); /* = */
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

	(void)next_word(); /* = */
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
	m = (unsigned)next_number();
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
