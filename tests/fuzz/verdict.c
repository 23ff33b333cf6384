/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * verdict.c - libFuzzer on the verdict library: no input makes check, run, gate, disassembler,
 * builders or explainer misbehave under ASan and UBSan, and where two of them can be compared they
 * agree. Started by run.sh; inputs: input.h.
 */
#include "input.h"

#include "build.h"
#include "disasm.h"
#include "explain.h"
#include "call_names.h"

/* The text of an instruction is it, and any text is read or refused. */
static void fuzz_text(const struct sock_filter *insn)
{
	struct sock_filter back;
	char text[SECCOMP_TEXT_MAX];
	char *line = malloc(sizeof(*insn) + 1);

	require(seccomp_disasm(text, insn) == strlen(text));
	require(seccomp_assemble(&back, text) == 0);
	require(memcmp(&back, insn, sizeof(back)) == 0);

	memcpy(line, insn, sizeof(*insn));
	line[sizeof(*insn)] = '\0';
	if (seccomp_assemble(&back, line) == 0) {
		struct sock_filter again;

		seccomp_disasm(text, &back);
		require(seccomp_assemble(&again, text) == 0);
		require(memcmp(&back, &again, sizeof(back)) == 0);
	}
	free(line);
}

/* A number said to be constant gets its answer whatever the arguments are. */
static void fuzz_answers(const struct seccomp_answers *a, const struct seccomp_filter *newest, uint64_t who,
			 const struct input *in)
{
	struct seccomp_data data = in->data;
	uint64_t seed = data.args[0];

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (!seccomp_answer_is_constant(a, nr)) {
			require(a->ret[nr] == 0);
			continue;
		}
		if (!in->ask[nr])
			continue;
		data.nr = (int)nr;
		require(seccomp_evaluate(newest, who, &data).ret == a->ret[nr]);
		input_change_call(&data, newest->program, &seed);
	}
}

static void ignore(void *arg, const char *text, size_t n)
{
	*(size_t *)arg += n + (n != 0 && text[0] == '\0');
}

/* Where a run ends: no check failed, so at a return, or at a division by X = 0. */
static bool ends_well(const struct seccomp_program *p, struct seccomp_result r)
{
	const struct sock_filter last = p->insns[r.pc];

	return last.code == (BPF_RET | BPF_A) || (last.code == (BPF_RET | BPF_K) && r.ret == last.k) ||
	       (last.code == (BPF_ALU | BPF_DIV | BPF_X) && r.ret == SECCOMP_RET_KILL_THREAD);
}

/* The rules for one instruction that AFTER others follow, in other words than check.c's. */
static bool legal(struct sock_filter i, uint32_t after)
{
	bool known = false;

	for (size_t n = 0; n < sizeof(input_codes) / sizeof(input_codes[0]); n++)
		known |= input_codes[n] == i.code && i.code < 0x100;
	if (!known || (after == 0 && (i.code & 7) != 6))
		return false;
	if (i.code == 0x20)
		return i.k < 64 && i.k % 4 == 0;
	if (i.code == 0x02 || i.code == 0x03 || i.code == 0x60 || i.code == 0x61)
		return i.k < 16;
	if (i.code == 0x05)
		return i.k < after;
	if ((i.code & 7) == 5)
		return i.jt < after && i.jf < after;
	return i.code == 0x34 ? i.k != 0 : (i.code != 0x64 && i.code != 0x74) || i.k < 32;
}

/*
 * What seccomp_check must say of P: 1 accept, 0 refuse, -1 depends on the
 * scratch words that are read.
 */
static int acceptable(const struct seccomp_program *p)
{
	bool reads = false;

	for (uint32_t pc = 0; pc < p->len; pc++) {
		if (!legal(p->insns[pc], p->len - pc - 1))
			return 0;
		reads |= (p->insns[pc].code & 0xfe) == 0x60;
	}
	return p->len == 0 ? 0 : reads ? -1 : 1;
}

/* Checks and runs one program. Returns it if it is accepted, else NULL. */
static struct seccomp_program *fuzz_program(const struct input *in, uint32_t i)
{
	struct seccomp_program *p = input_program(in, i);
	uint16_t *written = malloc(p->len * sizeof(*written) + 1);
	const struct seccomp_refusal r = seccomp_check(p->insns, p->len, written);
	const struct seccomp_result result = seccomp_run(p->insns, p->len, &in->data);

	const int wanted = acceptable(p);

	free(written);
	require(r.pc < p->len || r.pc == 0);
	require(wanted < 0 || wanted == (r.err == 0));
	require(result.pc <= p->len);
	if (r.err == 0) {
		require(result.pc < p->len && ends_well(p, result));
		return p;
	}
	require(r.err == 22 && r.why[0] != '\0');
	free(p);
	return NULL;
}

/*
 * The stack's verdict, said by the reference once more: the first of the strictest, newest first.
 */
static void fuzz_stack(struct seccomp_filter *newest, uint64_t who, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(newest, who, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);
	const int32_t verdict = (int32_t)(v.ret & SECCOMP_RET_ACTION_FULL);
	size_t told = 0;
	bool before = true;

	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		const struct seccomp_result r = seccomp_run(f->program->insns, f->program->len, data);
		const int32_t theirs = (int32_t)(r.ret & SECCOMP_RET_ACTION_FULL);

		if (f->owner != 0 && f->owner != who)
			continue;
		require(theirs >= verdict);
		before = before && f != v.match;
		require(!before || theirs > verdict || v.match == NULL);
		require(f != v.match || (r.ret == v.ret && r.pc == v.pc));
	}
	require(v.match == NULL || (!before && seccomp_filter_is_ancestor(v.match, newest)));
	require(d.err <= 4095 && (d.todo == SECCOMP_DO_KILL_PROCESS || seccomp_action_known(d.action)));
	seccomp_explain(ignore, &told, newest, who, data, seccomp_syscall_name);
	require(told > 0);
}

/* Lists of numbers: the builder checks itself, so that it says 0 is all that is wanted. */
static void fuzz_list(const uint8_t *bytes, size_t n)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	static uint16_t written[BPF_MAXINSNS];
	const uint32_t count = (uint32_t)(n / 2 < 600 ? n / 2 : 600);
	uint32_t *nrs = malloc((count + 1) * sizeof(*nrs));
	struct seccomp_build b;

	for (uint32_t i = 0; i < count; i++)
		nrs[i] = bytes[2 * i] | (uint32_t)bytes[2 * i + 1] << 8;
	seccomp_build_init(&b, insns, written, BPF_MAXINSNS);
	if (n % 2 == 0)
		require(seccomp_build_deny(&b, AUDIT_ARCH_RISCV64, nrs, count, 1).err == 0);
	else
		require(seccomp_build_allow(&b, AUDIT_ARCH_RISCV64, nrs, count).err == 0);
	free(nrs);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct seccomp_answers sum, one;
	struct seccomp_filter *newest = NULL;
	uint64_t who;
	struct input in;

	if (!input_read(&in, bytes, n))
		return -1;
	who = in.data.args[5] % 3;
	if (in.data.nr % 64 == 7)
		fuzz_list(bytes + 4, n - 4);
	seccomp_answers_init(&sum);
	for (uint32_t i = 0; i < in.count; i++) {
		const uint64_t owner = in.data.args[5] >> (8 + 2 * i) & 3;
		const bool log = in.data.args[5] >> (16 + i) & 1;
		struct seccomp_program *p = fuzz_program(&in, i);

		for (uint32_t pc = 0; pc < in.program[i].len; pc++)
			fuzz_text(&in.program[i].insns[pc]);
		if (p == NULL || !input_push(&newest, p, owner, log) || !seccomp_filter_binds(newest, who))
			continue;
		void *points = malloc(seccomp_answers_scratch(p->len));

		seccomp_answers_program(&one, p->insns, p->len, in.data.arch, points);
		seccomp_answers_add(&sum, &one, log);
		free(points);
	}
	fuzz_stack(newest, who, &in.data);
	if (newest != NULL)
		fuzz_answers(&sum, newest, who, &in);
	input_free(newest);
	return 0;
}
