/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_start.c - checks: whether programs start under the policies, by what their C libraries call
 * then (libc.def), and from which version of a library on they call something else that is refused.
 */
#include <string.h>

#include <abi/errno.h>
#include "check.h"
#include "query.h"
#include "say.h"

enum when {
	WHEN_START,
	WHEN_START_STATIC,
	WHEN_START_DYNAMIC,
	WHEN_END,
	WHEN_LATER,
};

enum need {
	NEED_FREE,     /* any errno does no harm */
	NEED_FALLBACK, /* ENOSYS does no harm */
	NEED_NEEDED,   /* it must work */
};

struct libc_call {
	enum library library;
	enum when when;
	enum need need;
	const char *call, *since, *until, *older, *what_for;
};

static const struct libc_call libc_calls[] = {
#define LIBC(library, when, need, call, since, until, older, what_for) \
	{ LIBRARY_##library, WHEN_##when, NEED_##need, call, since, until, older, what_for },
#include "libc.def"
#undef LIBC
};

#define N_CALLS (sizeof(libc_calls) / sizeof(libc_calls[0]))

static const char *const library_names[] = { [LIBRARY_GLIBC] = "glibc", [LIBRARY_MUSL] = "musl", [LIBRARY_GO] = "Go" };

/*
 * What a stack answers to one of the calls; where that depends on what is left open, the answer if
 * it is 0.
 */
struct answer {
	const char *name;
	uint32_t ret;
	bool refused;	 /* whatever the arguments that are left open */
	struct place at; /* where that is said */
};

/*
 * May the call that is asked about run under the policy, for some of the arguments that are left
 * open? *AT is where the policy says its last answer.
 */
static bool may_run(struct checker *c, const struct subject *s, const struct query *q, struct place *at)
{
	const struct outcomes o = check_outcomes(c, s, (uint32_t)q->data.nr);
	struct symbols *sym = &c->asker->sym;
	struct seccomp_data example;
	Z3_ast runs;
	uint32_t ret;

	*at = o.n > 0 ? outcome_place(s->policy, &o.list[o.n - 1]) : s->policy->at;
	if (outcomes_constant(&o, &ret))
		return action_runs(ret);
	runs = runs_term(sym, outcomes_term(sym, &o));
	return possible(c, (uint32_t)q->data.nr, both_terms(sym, query_term(sym, q, false), runs), &example);
}

static struct answer answer_to(struct checker *c, const char *call)
{
	struct notes notes = { .arena = c->arena };
	struct answer a = { .name = arena_copy(c->arena, call, strcspn(call, "(")) };
	struct query q;

	if (!query_parse(c->arena, &notes, call, &q))
		return a;
	for (size_t i = 0; i < c->run->side.n; i++) {
		struct place at;

		if (may_run(c, &c->run->subjects[i], &q, &at))
			continue;
		a.refused = true;
		a.at = at;
	}
	a.ret = side_answer(&c->run->side, &q.data);
	return a;
}

/* Does the answer harm a program that calls it so? */
static bool harms_program(const struct libc_call *row, const struct answer *a)
{
	if (!a->refused)
		return false;
	if (action_kills(a->ret))
		return true;
	return row->need == NEED_NEEDED || (row->need == NEED_FALLBACK && (a->ret & SECCOMP_RET_DATA) != ENOSYS);
}

static version_t version_or(const char *text, version_t none)
{
	return *text != '\0' ? version_parse(text, NULL) : none;
}

/* Is the row about programs that are dynamic (or static) at their start or end? */
static bool is_start(const struct libc_call *row, enum library library, bool dynamic)
{
	return row->library == library && row->when != WHEN_LATER &&
	       row->when != (dynamic ? WHEN_START_STATIC : WHEN_START_DYNAMIC);
}

/* ---- starts ---- */

struct start {
	const char *killed, *failing, *all;
	uint32_t kill, fail;
	struct place at; /* of the first one */
};

/*
 * What keeps programs from starting and ending that use the library in the oldest version that is
 * meant.
 */
static bool look_at_start(struct checker *c, enum library library, bool dynamic, struct start *s)
{
	const version_t oldest = c->target.library[library].from;

	*s = (struct start){ .killed = "", .failing = "", .all = "" };
	for (size_t i = 0; i < N_CALLS; i++) {
		const struct libc_call *row = &libc_calls[i];
		struct answer a;

		if (!is_start(row, library, dynamic) || version_or(row->since, 0) > oldest ||
		    version_or(row->until, UINT32_MAX) <= oldest)
			continue;
		a = answer_to(c, row->call);
		if (!harms_program(row, &a))
			continue;
		if (*s->all == '\0')
			s->at = a.at;
		s->all = append_word(c->arena, s->all, a.name);
		if (action_kills(a.ret)) {
			s->killed = append_word(c->arena, s->killed, a.name);
			s->kill = a.ret;
		} else {
			s->failing = append_word(c->arena, s->failing, a.name);
			s->fail = a.ret;
		}
	}
	return *s->all == '\0';
}

static const char *start_text(struct checker *c, const struct start *s, const char *whose)
{
	const char *text = "";

	if (*s->killed != '\0')
		text = arena_print(c->arena, "kills %s: %s: %s", whose, s->killed, say_answer(c->arena, s->kill));
	if (*s->failing != '\0')
		text = arena_print(c->arena, "%s%s%s, which must work: %s: %s", text,
				   *text != '\0' ? "; and refuses what comes then" : "stops ",
				   *text != '\0' ? "" : whose, s->failing, say_answer(c->arena, s->fail));
	return text;
}

static const struct kind {
	enum check_id id;
	enum library library;
	bool dynamic;
	const char *name;
} kinds[] = {
	{ CHECK_START_GLIBC_STATIC, LIBRARY_GLIBC, false, "static glibc programs" },
	{ CHECK_START_GLIBC, LIBRARY_GLIBC, true, "dynamic glibc programs" },
	{ CHECK_START_MUSL_STATIC, LIBRARY_MUSL, false, "static musl programs" },
	{ CHECK_START_MUSL, LIBRARY_MUSL, true, "dynamic musl programs" },
	{ CHECK_START_GO, LIBRARY_GO, false, "Go programs" },
};

/*
 * Libraries whose programs do not start, static or dynamic ones: what newer versions call is then
 * no matter.
 */
struct stopped {
	bool programs[LIBRARIES][2];
};

static void check_kinds(struct checker *c, struct stopped *stopped)
{
	const size_t n = sizeof(kinds) / sizeof(kinds[0]);
	struct start starts[sizeof(kinds) / sizeof(kinds[0])];
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= look_at_start(c, kinds[i].library, kinds[i].dynamic, &starts[i]);
	for (size_t i = 0; i < n; i++) {
		if (*starts[i].all == '\0')
			continue;
		stopped->programs[kinds[i].library][kinds[i].dynamic] = true;
		/* A policy under which some programs start is made for those. */
		check_found_call(c, kinds[i].id, any ? SEVERITY_NOTE : SEVERITY_WARNING, starts[i].at,
				 arena_print(c->arena, "for such programs allow %s", starts[i].all), NULL, "%s",
				 start_text(c, &starts[i], arena_print(c->arena, "the start of %s", kinds[i].name)));
	}
}

static void check_program(struct checker *c)
{
	const struct checked_program *p = c->program;
	size_t i = 0;
	struct start s;

	while (kinds[i].library != p->library || kinds[i].dynamic != (p->dynamic && p->library != LIBRARY_GO))
		i++;
	if (!look_at_start(c, p->library, kinds[i].dynamic, &s))
		check_found_call(c, kinds[i].id, p->known ? SEVERITY_ERROR : SEVERITY_WARNING, s.at,
				 arena_print(c->arena, "allow %s", s.all), NULL, "%s",
				 start_text(c, &s,
					    arena_print(c->arena, "the start of %s (%s, %s%s)", p->name,
							p->dynamic ? "dynamic" : "static", library_names[p->library],
							p->known ? "" : " or none")));
	if (p->installs && answer_to(c, "seccomp").refused && answer_to(c, "prctl(PR_SET_SECCOMP)").refused)
		check_found(c, CHECK_INSTALLS_ITSELF, answer_to(c, "seccomp").at, NULL,
			    "%s installs a filter of its own, and seccomp and prctl are refused", p->name);
}

/* ---- what newer versions call ---- */

/* Do programs start that the row is about? */
static bool is_reached(const struct libc_call *row, const struct stopped *stopped)
{
	const bool *programs = stopped->programs[row->library];

	if (row->when == WHEN_START_STATIC || row->library == LIBRARY_GO)
		return !programs[false];
	return row->when == WHEN_START_DYNAMIC ? !programs[true] : !programs[false] || !programs[true];
}

/* Is a library meant, by the program or by --target? Where neither names one, all are. */
static bool is_meant(const struct checker *c, enum library library)
{
	bool named = false;

	if (c->program != NULL)
		return c->program->library == library;
	for (size_t i = 0; i < LIBRARIES; i++)
		named |= c->target.library[i].named;
	return !named || c->target.library[library].named;
}

static bool is_about(const struct checker *c, const struct libc_call *row)
{
	const struct checked_program *p = c->program;

	return p == NULL || row->when == WHEN_LATER || is_start(row, p->library, p->dynamic);
}

/*
 * ROW is a call that a library makes since a version that is newer than the oldest one that is
 * meant. Tells of it, and returns true, if it is refused and that does harm.
 */
static bool check_newer(struct checker *c, const struct libc_call *row, bool starts, const struct stopped *stopped)
{
	const struct versions *v = &c->target.library[row->library];
	const version_t since = version_or(row->since, 0);
	const version_t newest = v->named ? v->to : UINT32_MAX;
	struct answer a;

	/* Unless versions are asked for, check_libc.c tells of what C libraries do without. */
	if (row->need == NEED_FALLBACK && !v->named)
		return false;
	if (since <= v->from || since > newest || !is_meant(c, row->library) || !is_about(c, row) ||
	    !is_reached(row, stopped) || (!starts && row->when != WHEN_LATER) ||
	    (*row->older != '\0' && answer_to(c, row->older).refused))
		return false;
	a = answer_to(c, row->call);
	if (!harms_program(row, &a))
		return false;
	check_found(c, CHECK_BREAKS_FROM, a.at,
		    arena_print(c->arena,
				row->need == NEED_FALLBACK ? "allow %s, or answer ERRNO(ENOSYS) to it" : "allow %s",
				a.name),
		    "from %s %s on, %s is called %s: %s", library_names[row->library], row->since, a.name,
		    row->what_for, say_answer(c->arena, a.ret));
	return true;
}

/* Was the call told of already, as one of another time? */
static bool is_told(const bool *told, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (told[k] && libc_calls[k].library == libc_calls[i].library &&
		    strcmp(libc_calls[k].call, libc_calls[i].call) == 0)
			return true;
	return false;
}

/* May a program write, and is it killed when it asks whether that goes to a terminal? */
static void check_stdio(struct checker *c)
{
	const struct answer ask = answer_to(c, "ioctl(1, TCGETS)");

	if (ask.refused && action_kills(ask.ret) && (!answer_to(c, "write").refused || !answer_to(c, "writev").refused))
		check_found(
			c, CHECK_STDIO_TERMINAL, ask.at, NULL,
			"programs may write, and are killed when they ask whether it is to a terminal: ioctl(1, TCGETS): %s",
			say_answer(c->arena, ask.ret));
}

void check_start_of_programs(struct checker *c)
{
	/* A policy that refuses execve is installed by a program that has started. */
	const bool starts = !answer_to(c, "execve").refused;
	bool told[N_CALLS] = { false };
	struct stopped stopped = { 0 };

	c->policy = NULL;
	if (is_out_of_time(c))
		return;
	check_stdio(c);
	if (c->program != NULL)
		check_program(c);
	else if (starts)
		check_kinds(c, &stopped);
	for (size_t i = 0; i < N_CALLS; i++)
		told[i] = !is_told(told, i) && check_newer(c, &libc_calls[i], starts || c->program != NULL, &stopped);
}
