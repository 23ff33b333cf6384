/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.c - the verdict line: the call, the answer, who gave it, and what every filter said.
 *
 * The filters are run again for this line; they are pure, so they give the same answers. explain.h
 * has the form.
 */
#include "explain.h"

#include <stddef.h>

#include <abi/audit.h>
#include "build.h"
#include "actions.h"

struct sink {
	seccomp_put put;
	void *arg;
};

static void write_text(const struct sink *to, const char *s)
{
	size_t n = 0;

	while (s[n] != '\0')
		n++;
	to->put(to->arg, s, n);
}

static void write_number(const struct sink *to, uint64_t n, uint32_t base)
{
	char digits[21];
	char *d = &digits[20];

	*d = '\0';
	do {
		*--d = "0123456789abcdef"[n % base];
		n /= base;
	} while (n != 0);
	write_text(to, d);
}

static void write_nr(const struct sink *to, int nr)
{
	if (nr < 0)
		write_text(to, "-");
	write_number(to, nr < 0 ? -(uint64_t)nr : (uint64_t)nr, 10);
}

static void write_hex(const struct sink *to, uint64_t n)
{
	write_text(to, "0x");
	write_number(to, n, 16);
}

static void write_answer(const struct sink *to, uint32_t ret)
{
	char text[SECCOMP_TEXT_MAX];

	seccomp_answer_text(text, ret);
	write_text(to, text);
}

static void write_call(const struct sink *to, const struct seccomp_data *data, seccomp_namer namer)
{
	const bool ours = data->arch == AUDIT_ARCH_RISCV64;
	uint32_t nargs = 6;
	const char *name = ours && namer != NULL ? namer(data->nr, &nargs) : NULL;

	if (name != NULL) {
		write_text(to, name);
	} else {
		write_text(to, "syscall_");
		write_nr(to, data->nr);
	}
	for (uint32_t i = 0; i < nargs; i++) {
		write_text(to, i == 0 ? "(" : ", ");
		write_hex(to, data->args[i]);
	}
	write_text(to, nargs == 0 ? "() nr=" : ") nr=");
	write_nr(to, data->nr);
	if (!ours) {
		write_text(to, " arch=");
		name = seccomp_arch_name(data->arch);
		if (name != NULL)
			write_text(to, name);
		else
			write_hex(to, data->arch);
	}
	write_text(to, " ip=");
	write_hex(to, data->instruction_pointer);
}

static void write_answers(const struct sink *to, const struct seccomp_filter *newest, uint64_t who,
			  const struct seccomp_data *data)
{
	write_text(to, " [stack");
	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		write_text(to, " ");
		write_number(to, f->id, 10);
		write_text(to, ":");
		if (seccomp_filter_binds(f, who))
			write_answer(to, seccomp_run(f->program->insns, f->program->len, data).ret);
		else
			write_text(to, "unbound");
	}
	write_text(to, "]");
}

void seccomp_explain(seccomp_put sink, void *arg, const struct seccomp_filter *newest, uint64_t who,
		     const struct seccomp_data *data, seccomp_namer namer)
{
	const struct sink to = { sink, arg };
	const struct seccomp_verdict v = seccomp_evaluate(newest, who, data);

	write_call(&to, data, namer);
	write_text(&to, " -> ");
	write_answer(&to, v.ret);
	if (v.match != NULL) {
		write_text(&to, " by filter ");
		write_number(&to, v.match->id, 10);
		write_text(&to, " pc=");
		write_number(&to, v.pc, 10);
	} else {
		write_text(&to, newest != NULL ? " by all" : " by no filter");
	}
	write_answers(&to, newest, who, data);
}
