/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tour - what ./qemu.sh run shows: the programs of this folder, one after the
 * other, in an order that teaches.
 *
 * Each stop says what is to be seen, runs one program, and compares its end with what it must be;
 * the programs check the rest themselves. Exits with 0 when every stop ended as expected.
 */
#include "toy.h"

#include <signal.h>

#define KILLED_BY(signal) (128 + (signal))
#define NOT_STARTED (-1)

static const struct stop {
	const char *chapter; /* begins here, if any */
	const char *title;
	const char *text;
	const char *argv[5];
	int end;	   /* exit status, or KILLED_BY() */
	const char *needs; /* module that a kernel may be built without */
} stops[] = {
	{
		.chapter = "What a filter can answer",
		.title = "no filter",
		.text = "Every call runs. This is what the others are to be compared with.",
		.argv = { "hello" },
	},
	{
		.title = "ERRNO: the call fails",
		.text = "A filter that looks at an argument: write() to descriptor 1 is refused, to any\n"
			"other it is not. Read the kernel's line as: who called; the call with its\n"
			"arguments; the answer, by which filter and by which of its instructions (pc);\n"
			"and in brackets what each filter of the process said.",
		.argv = { "deny" },
	},
	{
		.title = "ERRNO, in numbers",
		.text = "The filter picks the error. 0 means success, though nothing was done.",
		.argv = { "errno" },
	},
	{
		.title = "ALLOW: the call runs",
		.text = "Good policies are lists of what is allowed. Only the rest makes a line.",
		.argv = { "allow" },
	},
	{
		.title = "LOG: the call runs, and is noted",
		.text = "The first line is Linux's own audit record, in its form: syscall=173 is\n"
			"getppid, code= the answer. It names neither filter nor arguments.",
		.argv = { "logs" },
	},
	{
		.title = "TRAP: the process is told, and may answer",
		.text = "The call becomes a signal, SIGSYS. A handler can answer in the kernel's place.",
		.argv = { "trap" },
	},
	{
		.title = "TRACE and USER_NOTIF: somebody else decides",
		.text = "They would ask a tracer or a supervisor. Nobody listens here: the call fails.",
		.argv = { "nobody" },
	},
	{
		.title = "USER_NOTIF, with a supervisor",
		.text = "An ordinary program answers the calls of another one: it refuses, it lies, and\n"
			"it opens a file in its stead.",
		.argv = { "notify" },
		.needs = "notify",
	},
	{
		.title = "TRACE, with a tracer",
		.text = "A debugger that wakes for the marked calls alone.",
		.argv = { "tracer" },
		.needs = "trace",
	},
	{
		.title = "KILL_THREAD: one thread ends",
		.text = "tid= is not pid= here: the call came from a second thread.",
		.argv = { "thread" },
		.needs = "wait",
	},
	{
		.title = "KILL_PROCESS: the end",
		.text = "SIGSYS again, but one that no handler can catch.",
		.argv = { "killed" },
		.end = KILLED_BY(SIGSYS),
	},
	{
		.title = "an answer that does not exist",
		.text = "What the kernel does not know, it takes for the strictest: KILL_PROCESS.",
		.argv = { "unknown" },
		.end = KILLED_BY(SIGSYS),
	},
	{
		.chapter = "Strict mode",
		.title = "read, write, exit, and no more",
		.text = "The oldest seccomp needs no filter. Another call is the end, by SIGKILL.",
		.argv = { "strict" },
		.end = KILLED_BY(SIGKILL),
	},
	{
		.chapter = "Stacks and families",
		.title = "three filters at once",
		.text = "Every filter answers every call. The strictest answer counts; between equals,\n"
			"the newest filter's. The brackets hold them newest first, as id:answer.",
		.argv = { "stack3" },
	},
	{
		.title = "four generations",
		.text = "Each forbids one call more, with its own number as the error, and inherits what\n"
			"its ancestors forbade. Filters are shared, not copied: compare the ids.",
		.argv = { "family" },
		.needs = "proc",
	},
	{
		.title = "a child's promise is not its parent's",
		.text = "Filters go down the family, never up.",
		.argv = { "parent" },
		.needs = "ids",
	},
	{
		.title = "execve() keeps the filters",
		.text = "A new program in the same process, under the same filters: see their ids.",
		.argv = { "keep" },
	},
	{
		.title = "SELF: a filter that stays behind",
		.text = "Linux has none of these; Portcullis does if you ask for it (--private), and\n"
			"for the privileged only. The fork says what is left behind.",
		.argv = { "self" },
		.needs = "ids",
	},
	{
		.chapter = "What the filters stand on",
		.title = "a pointer into the kernel",
		.text = "No filter here: the kernel itself must not be tricked into touching its own\n"
			"memory for a program.",
		.argv = { "pointer" },
	},
	{
		.title = "all together: a compiler in a cage",
		.text = "It turns sums into code and runs it; it may read, write and end. Its third line\n"
			"is an attacker's: taken over, it tries to open a file.",
		.argv = { "sandbox", "6*7", "2*(3+4)-1", "!" },
		.end = KILLED_BY(SIGSYS),
	},
};

static const char *folder; /* where this program lies */

#define STOPS ((int)(sizeof(stops) / sizeof(stops[0])))

/* --- the terminal ------------------------------------------------------------------------ */

static const char *bold = "", *kernel = "", *good = "", *bad = "", *plain = "";

static void choose_colours(void)
{
	const char *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || term == NULL || strcmp(term, "dumb") == 0)
		return;
	bold = "\033[1m";
	kernel = "\033[36m";
	good = "\033[32m";
	bad = "\033[1;31m";
	plain = "\033[0m";
	setenv("TOUR_WORDS", plain, 1);
	setenv("TOUR_REST", kernel, 1);
}

/* A line of 80 columns: -- N. title ------ user/NAME.c */
static void heading(int number, const struct stop *stop)
{
	char line[81], title[64], source[32];

	if (stop->chapter != NULL)
		printf("\n\n%s%s%s\n", bold, stop->chapter, plain);
	snprintf(title, sizeof(title), "-- %d. %s ", number, stop->title);
	snprintf(source, sizeof(source), " user/%s.c", stop->argv[0]);
	memset(line, '-', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	memcpy(line, title, strlen(title));
	memcpy(line + sizeof(line) - 1 - strlen(source), source, strlen(source));
	printf("\n%s%s%s\n%s\n\n", bold, line, plain, stop->text);
}

/* --- one stop ---------------------------------------------------------------------------- */

/* The programs lie in the tour's folder. */
static void run(const struct stop *stop)
{
	char path[512];
	const char *argv[sizeof(stop->argv) / sizeof(stop->argv[0])];

	memcpy(argv, stop->argv, sizeof(argv));
	snprintf(path, sizeof(path), "%s/%s", folder, stop->argv[0]);
	argv[0] = path;
	execv(path, (char *const *)argv);
	say("tour: %s: %s\n", path, strerror(errno));
	_exit(127);
}

/* How it ended: its exit status, KILLED_BY() what killed it, or NOT_STARTED. */
static int run_and_wait(const struct stop *stop)
{
	int status = -1;
	pid_t child;

	printf("%s", kernel);
	fflush(stdout);
	child = fork();
	if (child == 0)
		run(stop);
	if (child < 0 || waitpid(child, &status, 0) != child) {
		say("tour: %s: %s\n", stop->argv[0], strerror(errno));
		return NOT_STARTED;
	}
	printf("%s", plain);
	return WIFSIGNALED(status) ? KILLED_BY(WTERMSIG(status)) : WEXITSTATUS(status);
}

static const char *in_words(int end)
{
	static char text[32];

	if (end == NOT_STARTED)
		return "a filter, or want of memory, kept it from being started";
	if (end == KILLED_BY(SIGSYS))
		return "killed by SIGSYS";
	if (end == KILLED_BY(SIGKILL))
		return "killed by SIGKILL";
	snprintf(text, sizeof(text), end > 128 ? "killed by signal %d" : "exit status %d", end & 127);
	return text;
}

enum outcome { FAILED = 0, SKIPPED, AS_EXPECTED };

/* Does a call of that module exist? Each is asked for what changes nothing. */
static int is_there(const char *module)
{
	int word = 0;

	if (strcmp(module, "trace") == 0)
		return syscall(SYS_ptrace, -1L, 0L, 0L, 0L) == 0 || errno != ENOSYS;
	if (strcmp(module, "wait") == 0)
		return syscall(SYS_futex, &word, 1 /* wake */, 0, NULL, NULL, 0) == 0 || errno != ENOSYS;
	if (strcmp(module, "ids") == 0)
		return syscall(SYS_getsid, 0L) >= 0;
	if (strcmp(module, "proc") == 0)
		return access("/proc/self/status", F_OK) == 0;
	/* notify: its flag is known before the program is looked for */
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, NULL) == 0 ||
	       errno != EINVAL;
}

static enum outcome visit(int number, const struct stop *stop)
{
	int end;

	heading(number, stop);
	if (stop->needs != NULL && !is_there(stop->needs)) {
		printf("%sskipped:%s needs %s\n", good, plain, stop->needs);
		return SKIPPED;
	}
	end = run_and_wait(stop);
	if (end == TOY_SKIPPED) {
		printf("%sskipped:%s this kernel has no such thing\n", good, plain);
		return SKIPPED;
	}
	if (end == stop->end) {
		printf("%sas expected:%s %s\n", good, plain, in_words(end));
		return AS_EXPECTED;
	}
	printf("%sNOT AS EXPECTED:%s %s;", bad, plain, in_words(end));
	printf(" expected was %s\n", in_words(stop->end));
	return FAILED;
}

/* --- the whole --------------------------------------------------------------------------- */

static void introduce(void)
{
	printf("%sPortcullis, a tour in %d stops%s\n\n", bold, STOPS, plain);
	printf("A seccomp filter is a small program that the kernel runs before each system call\n"
	       "of a process; its answer decides what becomes of the call. Each stop runs one\n"
	       "program of user/ (its own words begin with its name) and looks how it ends.\n"
	       "The kernel's words begin with \"audit:\" and, with --explain, \"seccomp:\".\n");
}

static int conclude(const int count[])
{
	const int run = STOPS - count[SKIPPED];

	printf("\n%s%d of %d as expected%s", count[FAILED] ? bad : good, count[AS_EXPECTED], run, plain);
	if (count[SKIPPED])
		printf(", %d skipped", count[SKIPPED]);
	printf("\n\nGo on with one of them, and its source: ./qemu.sh run --explain stack3\n"
	       "or with any program, and a filter of yours: ./qemu.sh run -f FILE hello\n");
	return count[FAILED] != 0;
}

int main(int argc, char **argv)
{
	int count[3] = { 0 };
	char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;

	if (slash != NULL)
		*slash = '\0';
	folder = slash != NULL ? argv[0] : ".";
	choose_colours();
	introduce();
	for (int i = 0; i < STOPS; i++)
		count[visit(i + 1, &stops[i])]++;
	return conclude(count);
}
