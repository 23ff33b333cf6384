/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm_text.c - see asm_text.h.
 */
#include "asm_text.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "disasm.h"
#include "names.h"

/*
 * What A holds at an instruction, for comments only: the byte of seccomp_data that was loaded,
 * whatever the way there, or none.
 */
enum { LOADS_NOTHING = -1, LOADS_ANY = -2 };

static bool is_conditional(const struct sock_filter *i)
{
	return BPF_CLASS(i->code) == BPF_JMP && BPF_OP(i->code) != BPF_JA;
}

static void meet(int *loaded, uint32_t at, uint32_t len, int what)
{
	if (at < len)
		loaded[at] = loaded[at] == LOADS_ANY || loaded[at] == what ? what : LOADS_NOTHING;
}

static void find_loads(int *loaded, bool *target, const struct sock_filter *insns, uint32_t len)
{
	for (uint32_t pc = 0; pc < len; pc++)
		loaded[pc] = pc == 0 ? LOADS_NOTHING : LOADS_ANY;
	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter *i = &insns[pc];
		int after = loaded[pc];

		if (i->code == (BPF_LD | BPF_W | BPF_ABS))
			after = (int)i->k;
		else if (BPF_CLASS(i->code) == BPF_LD || BPF_CLASS(i->code) == BPF_ALU ||
			 i->code == (BPF_MISC | BPF_TXA))
			after = LOADS_NOTHING;
		if (is_conditional(i)) {
			meet(loaded, pc + 1 + i->jt, len, after);
			meet(loaded, pc + 1 + i->jf, len, after);
			target[pc + 1 + i->jt] |= i->jt != 0;
			target[pc + 1 + i->jf] |= i->jf != 0;
		} else if (BPF_CLASS(i->code) == BPF_JMP) {
			meet(loaded, pc + 1 + i->k, len, after);
			target[pc + 1 + i->k] = true;
		} else if (BPF_CLASS(i->code) != BPF_RET) {
			meet(loaded, pc + 1, len, after);
		}
	}
}

static const char *comment_of(struct arena *arena, const struct sock_filter *i, int loaded)
{
	if (!is_conditional(i) || BPF_SRC(i->code) != BPF_K)
		return NULL;
	if (loaded == SECCOMP_NR) {
		const struct call *call = call_by_number(i->k);

		return call == NULL	     ? NULL
		       : call->since == NULL ? call->name
					     : arena_print(arena, "%s, since Linux %s", call->name, call->since);
	}
	return loaded == SECCOMP_ARCH ? seccomp_arch_name(i->k) : NULL;
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
static const char *label(struct arena *arena, uint32_t pc, uint32_t skip)
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
	return arena_print(arena, "%s, %s, %s", text, label(arena, pc, i->jt), label(arena, pc, i->jf));
}

const char *asm_text(struct arena *arena, const struct sock_filter *insns, uint32_t len)
{
	int *loaded = arena_zalloc(arena, (len + 1) * sizeof(*loaded));
	bool *target = arena_zalloc(arena, len + 257);
	char *text = NULL;
	size_t n = 0, room = 0;

	find_loads(loaded, target, insns, len);
	for (uint32_t pc = 0; pc < len; pc++) {
		const char *insn = print_insn(arena, &insns[pc], pc);
		const char *comment = comment_of(arena, &insns[pc], loaded[pc]);
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
