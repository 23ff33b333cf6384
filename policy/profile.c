/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile.c - see profile.h. For each number and argument: the values seen, up to
 * some, and the union of their bits.
 */
#include "profile_seen.h"

#include <fcntl.h>
#include <string.h>

#include "base.h"

struct profile *profile_create(struct arena *arena)
{
	struct profile *p = arena_zalloc(arena, sizeof(*p));

	p->arena = arena;
	return p;
}

static uint64_t looked_at(const struct call *call, unsigned int i, uint64_t value)
{
	return call != NULL && argument_bits(call->args[i].type) == 64 ? value : (uint32_t)value;
}

/* The part of the argument that a rule may list. */
static uint64_t listed_part(const struct call *call, unsigned int i, uint64_t value)
{
	const uint64_t choice = constant_choice(call->args[i].kind);

	return looked_at(call, i, value) & (choice != 0 ? choice : UINT64_MAX);
}

static void add_value(struct values *v, uint64_t value, uint64_t bits)
{
	v->bits |= bits;
	for (unsigned int i = 0; i < v->n; i++)
		if (v->value[i] == value)
			return;
	if (v->n == VALUES_MAX)
		v->many = true;
	else
		v->value[v->n++] = value;
}

/* Does a C library ask so what standard output or error is? */
static bool asks_output(const struct seccomp_data *d)
{
	const uint32_t fd = (uint32_t)d->args[0];

	if (fd != 1 && fd != 2)
		return false;
	return d->nr == (int)call_by_name("fstat", 5)->nr ||
	       (d->nr == (int)call_by_name("newfstatat", 10)->nr && (d->args[3] & AT_EMPTY_PATH));
}

bool profile_counts(const struct event *e)
{
	const struct event_call *c = event_body(e);

	return e->type == EVENT_CALL && c->data.nr >= 0 && c->data.nr < (int)NUMBERS &&
	       call_by_number((uint32_t)c->data.nr) != NULL;
}

/* Those calls of S that are like E; NULL: there are too many kinds. */
static struct together *find_together(struct profile *p, struct seen *s, const struct event *e)
{
	const struct event_call *c = event_body(e);
	const struct call *call = call_by_number((uint32_t)c->data.nr);
	struct together like = { 0 }, *t = s->together;

	for (unsigned int i = 0; i < call->nargs; i++)
		if (is_listed(&call->args[i]))
			like.value[i] = listed_part(call, i, c->data.args[i]);
	while (t != NULL && s->n_together <= TOGETHER_MAX && memcmp(t->value, like.value, sizeof(like.value)) != 0)
		t = t->next;
	if (t != NULL || s->n_together > TOGETHER_MAX)
		return s->n_together > TOGETHER_MAX ? NULL : t;
	if (++s->n_together > TOGETHER_MAX)
		return NULL;
	if (s->last == NULL)
		s->last = &s->together;
	t = *s->last = arena_zalloc(p->arena, sizeof(*t));
	s->last = &t->next;
	*t = like;
	return t;
}

static void count_call(struct evidence *seen, unsigned int run)
{
	seen->count++;
	seen->runs |= UINT64_C(1) << (run > 64 ? 63 : run - 1);
}

void profile_take(struct profile *p, const struct event *e, unsigned int run)
{
	const struct event_call *c = event_body(e);
	const struct call *call;
	struct together *t;
	struct seen *s;

	if (!profile_counts(e))
		return;
	call = call_by_number((uint32_t)c->data.nr);
	s = &p->seen[c->data.nr];
	count_call(&s->all, run);
	t = find_together(p, s, e);
	if (t != NULL)
		count_call(&t->seen, run);
	p->calls++;
	p->asks_output |= asks_output(&c->data);
	if (run > p->runs)
		p->runs = run;
	for (unsigned int i = 0; i < call->nargs; i++)
		add_value(&s->args[i], listed_part(call, i, c->data.args[i]),
			  looked_at(call, i, c->data.args[i]) & ~constant_choice(call->args[i].kind));
}

bool profile_lacks_place(struct profile *p, const struct event *e)
{
	const struct event_call *c = event_body(e);
	struct seen *s = profile_counts(e) ? &p->seen[c->data.nr] : NULL;
	const struct together *t = s != NULL ? find_together(p, s, e) : NULL;

	return s != NULL && (s->all.place == NULL || (t != NULL && t->seen.place == NULL));
}

void profile_place(struct profile *p, const struct event *e, const char *place)
{
	const struct event_call *c = event_body(e);
	struct seen *s = &p->seen[c->data.nr];
	struct together *t = find_together(p, s, e);

	place = place != NULL ? place : "";
	if (s->all.place == NULL)
		s->all.place = place;
	if (t != NULL && t->seen.place == NULL)
		t->seen.place = place;
}

void profile_base(struct profile *p, uint32_t nr)
{
	if (nr < NUMBERS)
		p->seen[nr].base = true;
}

/* Calls that who makes one of WITH needs; "": everybody. A run may end without having made them. */
static const struct {
	const char *call, *with, *why;
} needed[] = {
	{ "exit_group", "", "a program ends by it" },
	{ "exit", "clone clone3", "a thread ends by it" },
	{ "rt_sigreturn", "rt_sigaction", "a signal's handler returns by it" },
	{ "restart_syscall", "nanosleep clock_nanosleep ppoll futex", "a call that waits goes on by it after a stop" },
	{ "clock_nanosleep", "nanosleep", "other C libraries call it in the place of nanosleep" },
};

/* Was one of the calls seen whose names stand in WITH? */
static bool saw_any(const struct profile *p, const char *with)
{
	while (*with != '\0') {
		const size_t n = strcspn(with, " ");

		if (p->seen[call_by_name(with, n)->nr].all.count > 0)
			return true;
		with += n + (with[n] != '\0');
	}
	return false;
}

static void set_unseen(struct seen *s, const char *why)
{
	if (s->all.count == 0 && s->unseen == NULL)
		s->unseen = why;
}

void profile_find_unseen(struct profile *p)
{
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (*needed[i].with == '\0' || saw_any(p, needed[i].with))
			set_unseen(&p->seen[call_by_name(needed[i].call, strlen(needed[i].call))->nr], needed[i].why);
	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		const struct call *older = base_older(nr);

		if (older != NULL && p->seen[older->nr].all.count > 0)
			set_unseen(&p->seen[nr],
				   arena_print(p->arena, "newer C libraries call it in the place of %s", older->name));
	}
}

const char *profile_unseen(const struct profile *p, uint32_t nr)
{
	return nr < NUMBERS ? p->seen[nr].unseen : NULL;
}

bool profile_lacks_terminal(const struct profile *p, enum profile_args args)
{
	const struct seen *ioctl = &p->seen[call_by_name("ioctl", 5)->nr];
	const struct values *cmd = &ioctl->args[1];
	bool asked = ioctl->base || cmd->many || (args == PROFILE_NONE && ioctl->all.count > 0);

	for (unsigned int i = 0; i < cmd->n; i++)
		asked |= cmd->value[i] == IOCTL_TCGETS;
	return p->asks_output && !asked;
}

void profile_runs(struct profile *p, unsigned int n)
{
	p->runs = n;
}

uint64_t profile_calls(const struct profile *p, unsigned int *numbers)
{
	*numbers = 0;
	for (uint32_t nr = 0; nr < NUMBERS; nr++)
		*numbers += p->seen[nr].all.count != 0;
	return p->calls;
}
