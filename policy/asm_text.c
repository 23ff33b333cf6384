/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm_text.c - see asm_text.h.
 */
#include "asm_text.h"

#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "disasm.h"
#include "foreign.h"
#include "summary.h"

/* What A holds: the byte of seccomp_data that was loaded, whatever the way there, or none. */
enum { LOADS_NOTHING = -1, LOADS_ANY = -2 };

/*
 * What is known at an instruction, for comments only: what A holds, and of which architecture the
 * call is that comes here (0: of any).
 */
struct known {
	int loaded;
	uint32_t arch;
};

static bool is_conditional(const struct sock_filter *i)
{
	return BPF_CLASS(i->code) == BPF_JMP && BPF_OP(i->code) != BPF_JA;
}

static void join_known(struct known *known, uint32_t at, uint32_t len, int loaded, uint32_t arch)
{
	struct known *k = &known[at];

	if (at >= len)
		return;
	if (k->loaded == LOADS_ANY)
		k->arch = arch;
	k->arch = k->arch == arch ? arch : 0;
	k->loaded = k->loaded == LOADS_ANY || k->loaded == loaded ? loaded : LOADS_NOTHING;
}

static int loaded_after(const struct sock_filter *i, int loaded)
{
	if (i->code == (BPF_LD | BPF_W | BPF_ABS))
		return (int)i->k;
	if (BPF_CLASS(i->code) == BPF_LD || BPF_CLASS(i->code) == BPF_ALU || i->code == (BPF_MISC | BPF_TXA))
		return LOADS_NOTHING;
	return loaded;
}

static void find_known(struct known *known, bool *target, const struct sock_filter *insns, uint32_t len)
{
	for (uint32_t pc = 0; pc < len; pc++)
		known[pc] = (struct known){ pc == 0 ? LOADS_NOTHING : LOADS_ANY, 0 };
	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter *i = &insns[pc];
		const uint32_t arch = known[pc].arch;
		const int after = loaded_after(i, known[pc].loaded);

		if (is_conditional(i)) {
			const bool is_arch = i->code == (BPF_JMP | BPF_JEQ | BPF_K) && after == SECCOMP_ARCH;

			join_known(known, pc + 1 + i->jt, len, after, is_arch ? i->k : arch);
			join_known(known, pc + 1 + i->jf, len, after, arch);
			target[pc + 1 + i->jt] |= i->jt != 0;
			target[pc + 1 + i->jf] |= i->jf != 0;
		} else if (BPF_CLASS(i->code) == BPF_JMP) {
			join_known(known, pc + 1 + i->k, len, after, arch);
			target[pc + 1 + i->k] = true;
		} else if (BPF_CLASS(i->code) != BPF_RET) {
			join_known(known, pc + 1, len, after, arch);
		}
	}
}

static const char *comment_of(struct arena *arena, const struct sock_filter *i, const struct known *known,
			      uint32_t otherwise)
{
	const struct call *call;

	if (!is_conditional(i) || BPF_SRC(i->code) != BPF_K)
		return NULL;
	if (known->loaded == SECCOMP_ARCH)
		return seccomp_arch_name(i->k);
	if (known->loaded != SECCOMP_NR)
		return NULL;
	call = arch_call(known->arch != 0 ? known->arch : otherwise, i->k);
	if (call == NULL || call->since == NULL)
		return call == NULL ? NULL : call->name;
	return arena_print(arena, "%s, since Linux %s", call->name, call->since);
}

/* The comments of all instructions; *TARGET: does a jump lead there? */
static const char **find_comments(struct arena *arena, const struct sock_filter *insns, uint32_t len, bool *target)
{
	struct known *known = arena_zalloc(arena, (len + 1) * sizeof(*known));
	const char **comments = arena_zalloc(arena, (len + 1) * sizeof(char *));
	const uint32_t other = summary_other_arch(insns, len);

	find_known(known, target, insns, len);
	for (uint32_t pc = 0; pc < len; pc++)
		comments[pc] = comment_of(arena, &insns[pc], &known[pc], other != 0 ? other : AUDIT_ARCH_RISCV64);
	return comments;
}

const char *const *asm_comments(struct arena *arena, const struct sock_filter *insns, uint32_t len)
{
	return find_comments(arena, insns, len, arena_zalloc(arena, len + 257));
}

/* "ld [4]" is "ld [arch]", "ld [20]" is "ld [args[0].hi]". */
static const char *print_load(struct arena *arena, uint32_t k)
{
	if (k == SECCOMP_NR || k == SECCOMP_ARCH)
		return k == SECCOMP_NR ? "ld [nr]" : "ld [arch]";
	if (k < SECCOMP_ARG0_LO)
		return k == SECCOMP_IP_LO ? "ld [ip.lo]" : "ld [ip.hi]";
	return arena_print(arena, "ld [args[%u].%s]", (k - SECCOMP_ARG0_LO) / 8, k % 8 == 0 ? "lo" : "hi");
}

/* "next" is the line that follows: no label. */
static const char *label_of(struct arena *arena, uint32_t pc, uint32_t skip)
{
	return skip == 0 ? "next" : arena_print(arena, "L%u", pc + 1 + skip);
}

static const char *print_insn(struct arena *arena, const struct sock_filter *i, uint32_t pc)
{
	char text[SECCOMP_TEXT_MAX];
	char *comma;

	seccomp_disasm(text, i);
	if (strncmp(text, ".insn", 5) == 0)
		return arena_copy(arena, text, strlen(text));
	if (i->code == (BPF_LD | BPF_W | BPF_ABS) && i->k < sizeof(struct seccomp_data) && i->k % 4 == 0)
		return print_load(arena, i->k);
	if (i->code == (BPF_JMP | BPF_JA))
		return arena_print(arena, "ja L%u", pc + 1 + i->k);
	if (!is_conditional(i))
		return arena_copy(arena, text, strlen(text));
	comma = strchr(text, ',');
	*comma = '\0';
	return arena_print(arena, "%s, %s, %s", text, label_of(arena, pc, i->jt), label_of(arena, pc, i->jf));
}

const char *asm_text(struct arena *arena, const struct sock_filter *insns, uint32_t len)
{
	bool *target = arena_zalloc(arena, len + 257);
	const char **comments = find_comments(arena, insns, len, target);
	char *text = NULL;
	size_t n = 0, room = 0;

	for (uint32_t pc = 0; pc < len; pc++) {
		const char *insn = print_insn(arena, &insns[pc], pc);
		const char *comment = comments[pc];
		const char *line =
			arena_print(arena, "%s%s%-32s%s%s", target[pc] ? arena_print(arena, "L%u:\n", pc) : "", "\t",
				    insn, comment != NULL ? " ; " : "", comment != NULL ? comment : "");
		size_t length = strlen(line);

		while (length > 0 && line[length - 1] == ' ')
			length--;
		text = arena_grow(arena, text, n, length + 2, 1, &room);
		memcpy(text + n, line, length);
		n += length;
		text[n++] = '\n';
		text[n] = '\0';
	}
	return text != NULL ? text : "";
}
