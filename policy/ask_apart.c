/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ask_apart.c - what is put to z3: a plain question at once, any other in a process of its own.
 *
 * While it simplifies terms, z3 keeps neither to a number of steps nor to a time. A process that
 * has used up its processor time is ended, whatever it computes; what it has found out by then
 * stands in memory that both share. Processor time, because the answer must not depend on how busy
 * the machine is.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "build.h"
#include "seccomp.h"

#define PATIENCE 5.0	  /* seconds of processor time for all questions of an asker */
#define LEAST 0.01	  /* that every question gets, while there is time at all */
#define STEPS_MAX 1000000 /* of z3 for a plain question; one that needs more is not plain */
#define MEMORY_MAX "3000" /* megabytes for z3 */

struct asked {
	const struct box *box;
	Z3_ast claim;
	const struct outcomes *outcomes; /* NULL: the question is for an example */
};

struct reply {
	enum ask_answer answer;
	struct seccomp_data example;
	unsigned int agreed, doubted;
	bool possible[];
};

/* ---- time ---- */

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double time_used(const struct rusage *usage)
{
	return seconds_of(usage->ru_utime) + seconds_of(usage->ru_stime);
}

static double used_here(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? time_used(&usage) : 0;
}

void ask_init(struct asker *a, unsigned int patience)
{
	*a = (struct asker){ .patience = patience != 0 ? (double)patience : PATIENCE };
	ask_start_time(a);
}

void ask_start_time(struct asker *a)
{
	a->began = used_here();
	a->asked = 0;
}

/* What is left of the processor time, of the program itself and of its questions. */
static double time_left(const struct asker *a)
{
	return a->patience - a->asked - (used_here() - a->began);
}

bool ask_time_is_up(const struct asker *a)
{
	return time_left(a) <= 0;
}

void ask_leave_open(struct asker *a, const struct box *box)
{
	a->open = arena_grow(&a->arena, a->open, a->n_open, 1, sizeof(*a->open), &a->room_open);
	a->open[a->n_open++] = *box;
}

/* ---- the question ---- */

static uint32_t word_in(struct asker *a, Z3_model model, uint32_t offset)
{
	Z3_ast value;
	uint64_t k = 0;

	if (!Z3_model_eval(a->sym.z3, model, symbol_word(&a->sym, offset), true, &value) ||
	    !Z3_get_numeral_uint64(a->sym.z3, value, &k))
		return 0;
	return (uint32_t)k;
}

static void read_model(struct asker *a, Z3_solver solver, struct seccomp_data *data)
{
	const Z3_model model = Z3_solver_get_model(a->sym.z3, solver);

	Z3_model_inc_ref(a->sym.z3, model);
	data->nr = (int)word_in(a, model, SECCOMP_NR);
	data->arch = word_in(a, model, SECCOMP_ARCH);
	data->instruction_pointer = (uint64_t)word_in(a, model, SECCOMP_IP_HI) << 32 | word_in(a, model, SECCOMP_IP_LO);
	for (uint32_t i = 0; i < 6; i++)
		data->args[i] = (uint64_t)word_in(a, model, SECCOMP_ARG0_HI + 8 * i) << 32 |
				word_in(a, model, SECCOMP_ARG0_LO + 8 * i);
	Z3_model_dec_ref(a->sym.z3, model);
}

/* Does something fit all that was asserted? Then it can be read. */
static enum ask_answer check_asserted(struct asker *a, Z3_solver solver, struct reply *reply)
{
	enum ask_answer answer = ASK_UNDECIDED;
	const Z3_lbool found = Z3_solver_check(a->sym.z3, solver);

	if (found != Z3_L_UNDEF)
		answer = found == Z3_L_TRUE ? ASK_YES : ASK_NO;
	if (answer == ASK_NO && a->careful) {
		const bool agrees = ask_second(a, solver) == ASK_NO;

		*(agrees ? &reply->agreed : &reply->doubted) += 1;
		answer = agrees ? ASK_NO : ASK_UNDECIDED;
	}
	return answer;
}

static void find_example(struct asker *a, Z3_solver solver, struct reply *reply)
{
	const enum ask_answer answer = check_asserted(a, solver, reply);

	if (answer == ASK_YES)
		read_model(a, solver, &reply->example);
	reply->answer = answer;
}

static void find_possible(struct asker *a, Z3_solver solver, const struct outcomes *o, struct reply *reply)
{
	bool decided = true, any = false;

	/* The last one need not be asked about where none of the others is possible. */
	for (size_t i = 0; i < o->n && (any || i + 1 < o->n); i++) {
		const Z3_ast when = o->list[i].when;
		enum ask_answer answer;

		Z3_solver_push(a->sym.z3, solver);
		if (when != NULL)
			Z3_solver_assert(a->sym.z3, solver, when);
		answer = check_asserted(a, solver, reply);
		Z3_solver_pop(a->sym.z3, solver, 1);
		reply->possible[i] = answer != ASK_NO;
		decided &= answer != ASK_UNDECIDED;
		any |= answer != ASK_NO;
		if (when == NULL)
			break;
		Z3_solver_assert(a->sym.z3, solver, Z3_mk_not(a->sym.z3, when));
	}
	reply->answer = decided ? ASK_YES : ASK_UNDECIDED;
}

static void answer_question(struct asker *a, const struct asked *asked, struct reply *reply)
{
	const Z3_solver solver = a->solver;

	if (asked->box != NULL)
		Z3_solver_assert(a->sym.z3, solver, box_term(&a->sym, asked->box));
	if (asked->claim != NULL)
		Z3_solver_assert(a->sym.z3, solver, asked->claim);
	if (asked->outcomes != NULL)
		find_possible(a, solver, asked->outcomes, reply);
	else
		find_example(a, solver, reply);
}

/* z3 gives up after so many steps (0: never), and leaves SIGINT alone. */
static void limit_steps(struct asker *a, unsigned int steps)
{
	const Z3_params params = Z3_mk_params(a->sym.z3);

	Z3_params_inc_ref(a->sym.z3, params);
	Z3_params_set_bool(a->sym.z3, params, Z3_mk_string_symbol(a->sym.z3, "ctrl_c"), false);
	Z3_params_set_uint(a->sym.z3, params, Z3_mk_string_symbol(a->sym.z3, "rlimit"), steps);
	Z3_solver_set_params(a->sym.z3, a->solver, params);
	Z3_params_dec_ref(a->sym.z3, params);
}

/* Ends by SIGPROF when the processor time is used up. */
static void __attribute__((noreturn))
be_the_question(struct asker *a, const struct asked *asked, struct reply *reply, double most)
{
	const struct itimerval end = { .it_value = { (time_t)most,
						     (suseconds_t)((most - (double)(time_t)most) * 1e6) } };
	sigset_t prof;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&prof);
	sigaddset(&prof, SIGPROF);
	sigprocmask(SIG_UNBLOCK, &prof, NULL);
	signal(SIGPROF, SIG_DFL);
	setitimer(ITIMER_PROF, &end, NULL);
	limit_steps(a, 0);
	Z3_global_param_set("memory_max_size", MEMORY_MAX);
	answer_question(a, asked, reply);
	_exit(0);
}

/* ---- here ---- */

/* What z3 makes when it is first asked, every question would make anew. */
static void make_solver(struct asker *a)
{
	if (a->solver != NULL)
		return;
	symbol_constant(&a->sym, 0); /* so that there is a context */
	a->solver = Z3_mk_simple_solver(a->sym.z3);
	Z3_solver_inc_ref(a->sym.z3, a->solver);
	(void)Z3_solver_check(a->sym.z3, a->solver);
}

/*
 * An answer that says that nothing was decided, with room for N outcomes; NULL: there is no memory.
 */
static struct reply *map_reply(size_t n)
{
	struct reply *reply = mmap(NULL, sizeof(*reply) + n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (reply == MAP_FAILED)
		return NULL;
	reply->answer = ASK_UNDECIDED;
	for (size_t i = 0; i < n; i++)
		reply->possible[i] = true;
	return reply;
}

/* Is it plain, and was it decided? */
static bool is_answered_here(struct asker *a, const struct asked *asked, struct reply *reply)
{
	if (a->careful || !ask_is_plain(a, asked->claim, asked->outcomes))
		return false;
	make_solver(a);
	limit_steps(a, STEPS_MAX);
	Z3_solver_push(a->sym.z3, a->solver);
	answer_question(a, asked, reply);
	Z3_solver_pop(a->sym.z3, a->solver, 1);
	return reply->answer != ASK_UNDECIDED;
}

/*
 * A question may take half of the time that is left: a hard one leaves some for others; but all of
 * it if nothing is of use without its answer. Where the process ends early, z3's stack or its
 * memory is used up.
 */
static void wait_for(struct asker *a, const struct asked *asked, struct reply *reply)
{
	const double most = time_left(a) / (a->proves ? 1 : 2);
	struct rusage usage;
	int status;
	pid_t pid;

	make_solver(a);
	signal(SIGCHLD, SIG_DFL); /* who started us may have left it ignored: then nobody can be waited for */
	pid = fork();
	if (pid == 0)
		be_the_question(a, asked, reply, most > LEAST ? most : LEAST);
	while (pid > 0 && wait4(pid, &status, 0, &usage) < 0)
		;
	if (pid > 0)
		a->asked += time_used(&usage);
}

static enum ask_answer ask_apart(struct asker *a, const struct asked *asked, struct seccomp_data *example,
				 bool *possible)
{
	const size_t n = asked->outcomes != NULL ? asked->outcomes->n : 0;
	struct reply *reply = ask_time_is_up(a) ? NULL : map_reply(n);
	enum ask_answer answer = ASK_UNDECIDED;

	if (reply != NULL) {
		a->queries++;
		if (!is_answered_here(a, asked, reply))
			wait_for(a, asked, reply);
		answer = reply->answer;
		if (answer == ASK_YES && example != NULL)
			*example = reply->example;
		for (size_t i = 0; i < n; i++)
			possible[i] = reply->possible[i];
		a->agreed += reply->agreed;
		a->doubted += reply->doubted;
		munmap(reply, sizeof(*reply) + n);
	}
	for (size_t i = 0; reply == NULL && i < n; i++)
		possible[i] = true;
	if (answer == ASK_UNDECIDED)
		ask_leave_open(a, asked->box != NULL ? asked->box : &whole_box);
	return answer;
}

enum ask_answer ask_example(struct asker *a, const struct box *box, Z3_ast claim, struct seccomp_data *example)
{
	if (claim != NULL && Z3_get_bool_value(a->sym.z3, claim) == Z3_L_FALSE)
		return ASK_NO;
	return ask_apart(a, &(struct asked){ box, claim, NULL }, example, NULL);
}

bool ask_possible(struct asker *a, const struct box *box, Z3_ast known, const struct outcomes *o, bool *possible)
{
	if (known == NULL && o->n == 1) { /* one of them always is */
		possible[0] = true;
		return true;
	}
	return ask_apart(a, &(struct asked){ box, known, o }, NULL, possible) != ASK_UNDECIDED;
}
