/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * summary.c - see summary.h.
 */
#include "summary.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "action_words.h"
#include "build.h"
#include "names.h"
#include "say.h"
#include "seccomp.h"
#include "show.h"

#define NAMES_MAX 8U /* up to which calls are named rather than counted */

/*
 * What static programs of glibc and musl call before main() and after it, launchers' execve first.
 */
static const char *const start_and_end[] = { "execve",	  "brk",	"mmap",		"mprotect", "set_tid_address",
					     "getrandom", "exit_group", "rt_sigreturn", "write" };

struct tally {
	uint32_t ret;
	size_t n;
};

struct summary {
	size_t allowed, partly, refused; /* calls of riscv64 */
	const char *allowed_names, *partly_names, *refused_names;
	struct tally answers[64]; /* of those that are always refused */
	size_t n_answers;
};

static const char *append_name(struct arena *arena, const char *names, const char *name)
{
	return arena_print(arena, "%s%s%s", names, *names != '\0' ? " " : "", name);
}

static void count_refusal(struct summary *s, uint32_t ret)
{
	size_t i = 0;

	while (i < s->n_answers && s->answers[i].ret != ret)
		i++;
	if (i == sizeof(s->answers) / sizeof(s->answers[0]))
		return;
	if (i == s->n_answers)
		s->answers[s->n_answers++].ret = ret;
	s->answers[i].n++;
}

/* Does every outcome let the call run (1), none (0), or some (-1)? */
static int runs_always(const struct outcomes *o)
{
	size_t running = 0;

	for (size_t i = 0; i < o->n; i++)
		running += o->list[i].ret.term != NULL || action_runs(o->list[i].ret.k) ? 1 : 0;
	return running == o->n ? 1 : running == 0 ? 0 : -1;
}

static void summarise_subject(struct summary *s, struct asker *asker, struct arena *arena,
			      const struct subject *subject)
{
	size_t n;
	const struct call *calls = call_all(&n);

	*s = (struct summary){ .allowed_names = "", .partly_names = "", .refused_names = "" };
	for (size_t i = 0; i < n; i++) {
		const struct outcomes o = show_outcomes(asker, subject, AUDIT_ARCH_RISCV64, calls[i].nr);
		const int always = runs_always(&o);

		if (always == 1 && s->allowed++ < NAMES_MAX)
			s->allowed_names = append_name(arena, s->allowed_names, calls[i].name);
		if (always < 0 && s->partly++ < NAMES_MAX)
			s->partly_names = append_name(arena, s->partly_names, calls[i].name);
		if (always == 0) {
			if (s->refused++ < NAMES_MAX)
				s->refused_names = append_name(arena, s->refused_names, calls[i].name);
			count_refusal(s, o.list[0].ret.k);
		}
	}
}

static int by_count(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return (x->n < y->n) - (x->n > y->n);
}

static void print_answers(FILE *to, struct arena *arena, struct summary *s)
{
	qsort(s->answers, s->n_answers, sizeof(s->answers[0]), by_count);
	if (s->n_answers == 0)
		fputs("; nothing else refused", to);
	else if (s->refused <= NAMES_MAX)
		fprintf(to, "; refuses %s: %s", s->refused_names, say_answer(arena, s->answers[0].ret));
	else
		fprintf(to, "; else %s", say_answer(arena, s->answers[0].ret));
	for (size_t i = 1; i < s->n_answers && i < 3; i++)
		fprintf(to, ", %s for %zu", say_answer(arena, s->answers[i].ret), s->answers[i].n);
	fputc('\n', to);
}

/* What of the calls at a program's start and end is refused: by answer, the calls. */
static void print_start(FILE *to, struct asker *asker, struct arena *arena, const struct subject *subject)
{
	const char *answers[sizeof(start_and_end) / sizeof(start_and_end[0])], *last = "";
	const size_t n = sizeof(answers) / sizeof(answers[0]);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const struct call *call = call_by_name(start_and_end[i], strlen(start_and_end[i]));
		const struct outcomes o = show_outcomes(asker, subject, AUDIT_ARCH_RISCV64, call->nr);
		const int always = runs_always(&o);

		answers[i] = always == 1 ? "" : always < 0 ? "by arguments" : say_answer(arena, o.list[0].ret.k);
	}
	fputs("    of what programs call at their start and end: ", to);
	for (size_t i = 0; i < n; i++) {
		if (*answers[i] == '\0')
			continue;
		fprintf(to, "%s%s for", any ? "; " : "", answers[i]);
		any = true;
		last = answers[i];
		for (size_t k = i; k < n; k++) {
			if (strcmp(answers[k], last) != 0)
				continue;
			fprintf(to, " %s", start_and_end[k]);
			answers[k] = "";
		}
	}
	fputs(any ? "\n" : "all is allowed\n", to);
}

/* Adds ARCH to those that are in the list, if it is another one and there is room. */
static void add_arch(uint32_t archs[SUMMARY_ARCHS], size_t *n, uint32_t arch)
{
	for (size_t i = 0; i < *n; i++)
		if (archs[i] == arch)
			return;
	if (*n < SUMMARY_ARCHS)
		archs[(*n)++] = arch;
}

size_t summary_archs(const struct sock_filter *insns, uint32_t len, uint32_t archs[SUMMARY_ARCHS])
{
	bool holds[BPF_MAXINSNS + 1] = { false }; /* on some way there, A is the architecture */
	size_t n = 0;

	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter *i = &insns[pc];

		if (BPF_CLASS(i->code) == BPF_JMP && BPF_OP(i->code) != BPF_JA) {
			if (holds[pc] && i->code == (BPF_JMP | BPF_JEQ | BPF_K))
				add_arch(archs, &n, i->k);
			holds[pc + 1 + i->jt] |= holds[pc];
			holds[pc + 1 + i->jf] |= holds[pc];
		} else if (BPF_CLASS(i->code) == BPF_JMP) {
			holds[pc + 1 + i->k] |= holds[pc];
		} else if (i->code == (BPF_LD | BPF_W | BPF_ABS)) {
			holds[pc + 1] |= i->k == SECCOMP_ARCH;
		} else if (BPF_CLASS(i->code) == BPF_ST || BPF_CLASS(i->code) == BPF_STX ||
			   BPF_CLASS(i->code) == BPF_LDX) {
			holds[pc + 1] |= holds[pc];
		}
	}
	return n;
}

bool summary_names_arch(const struct sock_filter *insns, uint32_t len, uint32_t arch)
{
	uint32_t archs[SUMMARY_ARCHS];
	const size_t n = summary_archs(insns, len, archs);

	for (size_t i = 0; i < n; i++)
		if (archs[i] == arch)
			return true;
	return false;
}

uint32_t summary_other_arch(const struct sock_filter *insns, uint32_t len)
{
	uint32_t archs[SUMMARY_ARCHS];

	if (summary_archs(insns, len, archs) == 0 || summary_names_arch(insns, len, AUDIT_ARCH_RISCV64))
		return 0;
	return archs[0];
}

bool summary_looks_at_arch(const struct policy *p)
{
	if (p->program == NULL)
		return !p->every_arch;
	for (uint32_t pc = 0; pc < p->len; pc++)
		if (p->program[pc].code == (BPF_LD | BPF_W | BPF_ABS) && p->program[pc].k == SECCOMP_ARCH)
			return true;
	return false;
}

bool summary_looks_at_ip(const struct policy *p, struct place *at)
{
	for (uint32_t pc = 0; pc < p->len; pc++) {
		if (p->program[pc].code != (BPF_LD | BPF_W | BPF_ABS) ||
		    (p->program[pc].k != SECCOMP_IP_LO && p->program[pc].k != SECCOMP_IP_HI))
			continue;
		*at = p->program_at != NULL ? p->program_at[pc] : p->at;
		return true;
	}
	for (size_t r = 0; r < p->n_rules; r++)
		for (size_t i = 0; i < p->rules[r].n_conditions; i++)
			if (p->rules[r].conditions[i].field == FIELD_IP) {
				*at = p->rules[r].at;
				return true;
			}
	return false;
}

static void print_warnings(FILE *to, struct arena *arena, const struct policy *p, const struct summary *s)
{
	const uint32_t other = summary_other_arch(p->program, p->len);

	if (other != 0)
		fprintf(to, "    warning: made for %s, not for riscv64\n", say_arch(arena, other));
	if (s->allowed + s->partly == 0)
		fputs("    warning: allows no riscv64 call\n", to);
	if (s->refused + s->partly == 0)
		fputs("    warning: refuses no riscv64 call\n", to);
	if (!summary_looks_at_arch(p))
		fputs("    warning: never looks at arch: numbers of other architectures are taken for riscv64's\n", to);
}

void summary_print(FILE *to, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t len,
		   unsigned int id)
{
	const struct subject subject = { .policy = p, .insns = p->program, .len = p->len };
	struct summary s;

	summarise_subject(&s, asker, arena, &subject);
	fprintf(to, "filter %u (%s): %" PRIu32 " instruction%s; ", id, p->name, len, len == 1 ? "" : "s");
	if (s.allowed <= NAMES_MAX && s.allowed > 0)
		fprintf(to, "allows %s", s.allowed_names);
	else
		fprintf(to, "%zu calls allowed", s.allowed);
	if (s.partly > 0 && s.partly <= NAMES_MAX)
		fprintf(to, ", %s by arguments", s.partly_names);
	else if (s.partly > 0)
		fprintf(to, ", %zu by arguments", s.partly);
	print_answers(to, arena, &s);
	print_start(to, asker, arena, &subject);
	print_warnings(to, arena, p, &s);
}
