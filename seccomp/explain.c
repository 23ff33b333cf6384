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

static void put(const struct sink *to, const char *s)
{
	size_t n = 0;

	while (s[n] != '\0')
		n++;
	to->put(to->arg, s, n);
}

static void put_number(const struct sink *to, uint64_t n, uint32_t base)
{
	char digits[21];
	char *d = &digits[20];

	*d = '\0';
	do {
		*--d = "0123456789abcdef"[n % base];
		n /= base;
	} while (n != 0);
	put(to, d);
}

static void put_nr(const struct sink *to, int nr)
{
	if (nr < 0)
		put(to, "-");
	put_number(to, nr < 0 ? -(uint64_t)nr : (uint64_t)nr, 10);
}

static void put_hex(const struct sink *to, uint64_t n)
{
	put(to, "0x");
	put_number(to, n, 16);
}

static void put_answer(const struct sink *to, uint32_t ret)
{
	char text[SECCOMP_TEXT_MAX];

	seccomp_answer_text(text, ret);
	put(to, text);
}

static void put_call(const struct sink *to, const struct seccomp_data *data, seccomp_namer namer)
{
	const bool ours = data->arch == AUDIT_ARCH_RISCV64;
	uint32_t nargs = 6;
	const char *name = ours && namer != NULL ? namer(data->nr, &nargs) : NULL;

	if (name != NULL) {
		put(to, name);
	} else {
		put(to, "syscall_");
		put_nr(to, data->nr);
	}
	for (uint32_t i = 0; i < nargs; i++) {
		put(to, i == 0 ? "(" : ", ");
		put_hex(to, data->args[i]);
	}
	put(to, nargs == 0 ? "() nr=" : ") nr=");
	put_nr(to, data->nr);
	if (!ours) {
		put(to, " arch=");
		name = seccomp_arch_name(data->arch);
		if (name != NULL)
			put(to, name);
		else
			put_hex(to, data->arch);
	}
	put(to, " ip=");
	put_hex(to, data->instruction_pointer);
}

static void put_stack(const struct sink *to, const struct seccomp_filter *newest, uint64_t who,
		      const struct seccomp_data *data)
{
	put(to, " [stack");
	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		put(to, " ");
		put_number(to, f->id, 10);
		put(to, ":");
		if (seccomp_filter_binds(f, who))
			put_answer(to, seccomp_run(f->program->insns, f->program->len, data).ret);
		else
			put(to, "unbound");
	}
	put(to, "]");
}

void seccomp_explain(seccomp_put sink, void *arg, const struct seccomp_filter *newest, uint64_t who,
		     const struct seccomp_data *data, seccomp_namer namer)
{
	const struct sink to = { sink, arg };
	const struct seccomp_verdict v = seccomp_evaluate(newest, who, data);

	put_call(&to, data, namer);
	put(&to, " -> ");
	put_answer(&to, v.ret);
	if (v.match != NULL) {
		put(&to, " by filter ");
		put_number(&to, v.match->id, 10);
		put(&to, " pc=");
		put_number(&to, v.pc, 10);
	} else {
		put(&to, newest != NULL ? " by all" : " by no filter");
	}
	put_stack(&to, newest, who, data);
}
