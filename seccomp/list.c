/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * list.c - allow and deny lists as programs, and the self-check that they answer as they should.
 *
 * A list becomes a search tree: inner nodes of JGE, leaves of JEQ (JGE and JGT for a run of
 * numbers). Every leaf has its own two RETs, and an inner node whose left half is long jumps over
 * it with JA. So no 8-bit offset can overflow. build.h has the contracts.
 */
#include "build.h"

#include <abi/errno.h>

#define LEAF_MAX 255U /* comparisons in a leaf: the farthest RET is that many instructions away */

struct list {
	const uint32_t *nrs; /* ascending */
	uint32_t leaf;	     /* comparisons that a leaf may have */
	uint32_t match, otherwise;
};

/* Moves the number at ROOT down to its place in a heap of N numbers, the largest on top. */
static void sift_number(uint32_t *nrs, uint32_t root, uint32_t n)
{
	for (uint32_t child; (child = 2 * root + 1) < n; root = child) {
		const uint32_t nr = nrs[root];

		if (child + 1 < n && nrs[child + 1] > nrs[child])
			child++;
		if (nr >= nrs[child])
			return;
		nrs[root] = nrs[child];
		nrs[child] = nr;
	}
}

static void sort_numbers(uint32_t *nrs, uint32_t n)
{
	for (uint32_t i = n / 2; i-- > 0;)
		sift_number(nrs, i, n);
	for (uint32_t i = n; i-- > 1;) {
		const uint32_t largest = nrs[0];

		nrs[0] = nrs[i];
		nrs[i] = largest;
		sift_number(nrs, 0, i);
	}
}

/* The end (exclusive) of the run of consecutive numbers that starts at index FROM, at most TO. */
static uint32_t run_end(const uint32_t *nrs, uint32_t from, uint32_t to)
{
	for (from++; from < to && nrs[from] - nrs[from - 1] <= 1; from++)
		;
	return from;
}

/* Comparisons for a run: one for a single number, two for the edges of several. */
static uint32_t run_cost(const uint32_t *nrs, uint32_t from, uint32_t to)
{
	return nrs[from] == nrs[to - 1] ? 1 : 2;
}

static uint32_t runs_cost(const uint32_t *nrs, uint32_t from, uint32_t to)
{
	uint32_t sum = 0;

	for (uint32_t end; from < to; from = end) {
		end = run_end(nrs, from, to);
		sum += run_cost(nrs, from, end);
	}
	return sum;
}

/*
 * Writes the leaf for the numbers FROM up to TO, which takes LEFT comparisons: these, then RET
 * otherwise, then RET match.
 */
static void build_leaf(struct seccomp_build *b, const struct list *l, uint32_t from, uint32_t to, uint32_t left)
{
	for (uint32_t end; from < to; from = end) {
		end = run_end(l->nrs, from, to);
		if (run_cost(l->nrs, from, end) == 2) {
			seccomp_build_jge(b, l->nrs[from], 0, (uint8_t)(left - 1));
			seccomp_build_jgt(b, l->nrs[end - 1], 0, (uint8_t)(left - 1));
			left -= 2;
		} else {
			seccomp_build_jeq(b, l->nrs[from], (uint8_t)left, 0);
			left--;
		}
	}
	seccomp_build_ret(b, l->otherwise);
	seccomp_build_ret(b, l->match);
}

static void build_tree(struct seccomp_build *b, const struct list *l, uint32_t from, uint32_t to)
{
	const uint32_t all = runs_cost(l->nrs, from, to);
	const uint32_t node = b->len;
	uint32_t middle = from, half = 0, size;

	if (all <= l->leaf) {
		build_leaf(b, l, from, to, all);
		return;
	}
	/* More than a leaf's comparisons means at least two runs: both halves have numbers. */
	while (half < all / 2) {
		const uint32_t end = run_end(l->nrs, middle, to);

		half += run_cost(l->nrs, middle, end);
		middle = end;
	}
	seccomp_build_jge(b, l->nrs[middle], 0, 0);
	build_tree(b, l, from, middle);
	size = b->len - node - 1;
	if (size > UINT8_MAX)
		seccomp_build_insn(b, 0, 0, 0, 0);
	if (b->fault.err != 0)
		return;
	if (size <= UINT8_MAX) {
		b->insns[node].jt = (uint8_t)size;
	} else {
		/*
		 * The target is too far for jt, so a JA is put in between. The instructions that
		 * move jump only among themselves.
		 */
		__builtin_memmove(&b->insns[node + 2], &b->insns[node + 1], size * sizeof(b->insns[0]));
		b->insns[node + 1] = (struct sock_filter){ BPF_JMP | BPF_JA, 0, 0, size };
		b->insns[node].jf = 1;
	}
	build_tree(b, l, middle, to);
}

struct seccomp_refusal seccomp_build_list(struct seccomp_build *b, uint32_t arch, uint32_t *nrs, uint32_t n,
					  uint32_t match, uint32_t otherwise)
{
	struct list l = { .nrs = nrs, .match = match, .otherwise = otherwise };

	if (b->len != 0)
		seccomp_build_fail(b, EINVAL, "a list starts at instruction 0");
	if (nrs == NULL && n != 0)
		seccomp_build_fail(b, EINVAL, "no numbers");
	if (b->fault.err != 0)
		return b->fault;

	sort_numbers(nrs, n);
	/*
	 * Small leaves are fast, large ones save room. Leaf sizes are tried in ascending order, so
	 * the first layout that fits is the fastest.
	 */
	for (l.leaf = 3; l.leaf <= LEAF_MAX; l.leaf = 2 * l.leaf + 1) {
		seccomp_build_init(b, b->insns, b->written, b->room);
		seccomp_build_load_word(b, SECCOMP_ARCH);
		seccomp_build_jeq(b, arch, 1, 0);
		seccomp_build_ret(b, SECCOMP_RET_KILL_PROCESS);
		seccomp_build_load_word(b, SECCOMP_NR);
		build_tree(b, &l, 0, n);
		if (b->fault.err == 0)
			break;
	}
	if (seccomp_build_end(b).err == 0)
		b->fault = seccomp_build_verify(b->insns, b->len, arch, nrs, n, match, otherwise);
	return b->fault;
}

struct seccomp_refusal seccomp_build_deny(struct seccomp_build *b, uint32_t arch, uint32_t *nrs, uint32_t n,
					  uint16_t err)
{
	const struct seccomp_refusal r = seccomp_build_list(b, arch, nrs, n, seccomp_errno(err), SECCOMP_RET_ALLOW);

	b->warning = seccomp_errno_warning(err);
	return r;
}

struct seccomp_refusal seccomp_build_allow(struct seccomp_build *b, uint32_t arch, uint32_t *nrs, uint32_t n)
{
	return seccomp_build_list(b, arch, nrs, n, SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_PROCESS);
}

struct seccomp_refusal seccomp_build_strict(struct seccomp_build *b, uint32_t arch)
{
	/*
	 * read, write, exit, rt_sigreturn: x86-64 numbers its calls in its own way,
	 * the others as asm-generic does.
	 */
	uint32_t generic[] = { 63, 64, 93, 139 };
	uint32_t x86_64[] = { 0, 1, 60, 15 };

	switch (arch) {
	case AUDIT_ARCH_RISCV64:
	case AUDIT_ARCH_AARCH64:
		return seccomp_build_list(b, arch, generic, 4, SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_THREAD);
	case AUDIT_ARCH_X86_64:
		return seccomp_build_list(b, arch, x86_64, 4, SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_THREAD);
	default:
		seccomp_build_fail(b, EINVAL, "no strict list for this architecture");
		return b->fault;
	}
}

/* ---- the self-check ---- */

static bool is_listed(const uint32_t *nrs, uint32_t n, uint32_t nr)
{
	uint32_t from = 0;

	while (n > 0) {
		if (nrs[from + n / 2] < nr) {
			from += n / 2 + 1;
			n -= n / 2 + 1;
		} else if (nrs[from + n / 2] > nr) {
			n /= 2;
		} else {
			return true;
		}
	}
	return false;
}

struct promise {
	const struct sock_filter *insns;
	const uint32_t *nrs;
	uint32_t len, n, arch, match, otherwise;
};

/* Runs the program with NR and its two neighbours, and with NR under another architecture. */
static struct seccomp_refusal try_number(const struct promise *p, uint32_t nr)
{
	struct seccomp_data data = { .nr = (int32_t)nr, .arch = ~p->arch };
	struct seccomp_result r = seccomp_run(p->insns, p->len, &data);

	if (r.ret != SECCOMP_RET_KILL_PROCESS)
		return (struct seccomp_refusal){ EINVAL, r.pc, "another architecture is not killed" };
	data.arch = p->arch;
	for (uint32_t i = nr - 1; i != nr + 2; i++) {
		data.nr = (int32_t)i;
		r = seccomp_run(p->insns, p->len, &data);
		if (r.ret != (is_listed(p->nrs, p->n, i) ? p->match : p->otherwise))
			return (struct seccomp_refusal){ EINVAL, r.pc, "a number gets a wrong answer" };
	}
	return (struct seccomp_refusal){ 0, 0, "" };
}

struct seccomp_refusal seccomp_build_verify(const struct sock_filter *insns, uint32_t len, uint32_t arch,
					    const uint32_t *nrs, uint32_t n, uint32_t match, uint32_t otherwise)
{
	const struct promise p = { insns, nrs, len, n, arch, match, otherwise };
	struct seccomp_refusal r = try_number(&p, 0);

	/*
	 * The wanted answer changes only next to a listed number, the program's answer only next to
	 * a constant that it compares with: trying these and their neighbours covers all numbers.
	 */
	for (uint32_t i = 0; i < n && r.err == 0; i++)
		r = try_number(&p, nrs[i]);
	for (uint32_t i = 0; i < len && r.err == 0; i++)
		r = try_number(&p, insns[i].k);
	return r;
}
