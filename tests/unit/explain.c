/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.c - the verdict line, in its exact words.
 */
#include "stacks.h"
#include "explain.h"
#include "call_names.h"

static char line[262144];
static size_t line_len;

static void sink(void *arg, const char *text, size_t n)
{
	assert_ptr_equal(arg, line);
	assert_true(n < sizeof(line) - line_len);
	memcpy(line + line_len, text, n);
	line_len += n;
	line[line_len] = '\0';
}

#define R64 AUDIT_ARCH_RISCV64

static const struct explain_row {
	const char *name; /* the line */
	struct seccomp_data data;
	struct {
		uint64_t id, owner;
		uint32_t ret;
	} layers[4]; /* oldest first */
} rows[] = {
	{ "write(0x1, 0x10470, 0x6) nr=64 ip=0x101f2 -> ERRNO(13) by filter 7 pc=0 [stack 7:ERRNO(13) 4:ALLOW 1:LOG]",
	  { 64, R64, 0x101f2, { 1, 0x10470, 6, 9, 9, 9 } },
	  { { 1, 0, 0x7ffc0000 }, { 4, 0, ALLOW }, { 7, 0, ERRNO(13) } } },
	{ "getpid() nr=172 ip=0x0 -> KILL_PROCESS by filter 1 pc=0 [stack 1:KILL_PROCESS]",
	  { 172, R64, 0, { 1 } }, { { 1, 0, 0x80000000 } } },
	{ "mmap(0x0, 0x1000, 0x3, 0x22, 0xffffffffffffffff, 0x0) nr=222 ip=0xffffffc000000000 -> KILL_THREAD by filter 2 pc=0"
	  " [stack 2:KILL_THREAD 1:ALLOW]",
	  { 222, R64, 0xffffffc000000000, { 0, 0x1000, 3, 0x22, UINT64_MAX, 0 } }, { { 1, 0, ALLOW }, { 2, 0, 0 } } },
	{ "close(0x63) nr=57 ip=0x10 -> TRAP(7) by filter 3 pc=0 [stack 3:TRAP(7)]",
	  { 57, R64, 0x10, { 99 } }, { { 3, 0, 0x00030007 } } },
	{ "close(0x63) nr=57 ip=0x10 -> 0x7ffe0001 by filter 3 pc=0 [stack 3:0x7ffe0001]",
	  { 57, R64, 0x10, { 99 } }, { { 3, 0, 0x7ffe0001 } } },
	{ "close(0x63) nr=57 ip=0x10 -> TRACE by filter 18446744073709551615 pc=0 [stack 18446744073709551615:TRACE]",
	  { 57, R64, 0x10, { 99 } }, { { UINT64_MAX, 0, 0x7ff00000 } } },
	{ "syscall_600(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) nr=600 ip=0x10 -> USER_NOTIF by filter 1 pc=0 [stack 1:USER_NOTIF]",
	  { 600, R64, 0x10, { 1, 2, 3, 4, 5, 6 } }, { { 1, 0, 0x7fc00000 } } },
	{ "syscall_244(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) nr=244 ip=0x10 -> ERRNO(0) by filter 1 pc=0 [stack 1:ERRNO(0)]",
	  { 244, R64, 0x10, { 1, 2, 3, 4, 5, 6 } }, { { 1, 0, ERRNO(0) } } },
	{ "cachestat(0x0, 0x0, 0x0, 0x0) nr=451 ip=0x10 -> ERRNO(0) by filter 1 pc=0 [stack 1:ERRNO(0)]",
	  { 451, R64, 0x10, { 0 } }, { { 1, 0, ERRNO(0) } } },
	{ "syscall_472(0x0, 0x0, 0x0, 0x0, 0x0, 0x0) nr=472 ip=0x10 -> ERRNO(0) by filter 1 pc=0 [stack 1:ERRNO(0)]",
	  { 472, R64, 0x10, { 0 } }, { { 1, 0, ERRNO(0) } } },
	{ "syscall_-1(0x0, 0x0, 0x0, 0x0, 0x0, 0x0) nr=-1 ip=0x10 -> ERRNO(0) by filter 1 pc=0 [stack 1:ERRNO(0)]",
	  { -1, R64, 0x10, { 0 } }, { { 1, 0, ERRNO(0) } } },
	{ "syscall_-2147483648(0x0, 0x0, 0x0, 0x0, 0x0, 0x0) nr=-2147483648 ip=0x0 -> LOG by filter 1 pc=0 [stack 1:LOG]",
	  { INT32_MIN, R64, 0, { 0 } }, { { 1, 0, 0x7ffc0000 } } },
	{ "syscall_64(0x1, 0x0, 0x0, 0x0, 0x0, 0x0) nr=64 arch=x86_64 ip=0x0 -> KILL_PROCESS by filter 1 pc=0"
	  " [stack 1:KILL_PROCESS]",
	  { 64, AUDIT_ARCH_X86_64, 0, { 1 } }, { { 1, 0, 0x80000000 } } },
	{ "syscall_64(0x1, 0x0, 0x0, 0x0, 0x0, 0x0) nr=64 arch=0x1234 ip=0x0 -> KILL_PROCESS by filter 1 pc=0"
	  " [stack 1:KILL_PROCESS]",
	  { 64, 0x1234, 0, { 1 } }, { { 1, 0, 0x80000000 } } },
	{ "getpid() nr=172 ip=0x0 -> ALLOW by all [stack 2:ALLOW(1) 1:ALLOW]",
	  { 172, R64, 0, { 0 } }, { { 1, 0, ALLOW }, { 2, 0, ALLOW | 1 } } },
	{ "getpid() nr=172 ip=0x0 -> KILL_PROCESS by no filter [stack]", { 172, R64, 0, { 0 } }, { { 0 } } },
	{ "getpid() nr=172 ip=0x0 -> ERRNO(1) by filter 1 pc=0 [stack 3:LOG 2:unbound 1:ERRNO(1)]",
	  { 172, R64, 0, { 0 } }, { { 1, 0, ERRNO(1) }, { 2, 8, 0x80000000 }, { 3, 7, 0x7ffc0000 } } },
};

static void explain_row(void **state)
{
	const struct explain_row *row = *state;
	struct seccomp_filter *newest = NULL;

	for (size_t i = 0; i < COUNT(row->layers) && row->layers[i].id != 0; i++) {
		const struct sock_filter p[] = { RET_K(row->layers[i].ret) };

		assert_int_equal(stack_push_as(&newest, p, 1, row->layers[i].id, row->layers[i].owner, false), 0);
	}
	line_len = 0;
	seccomp_explain(sink, line, newest, 7, &row->data, seccomp_syscall_name);
	assert_string_equal(line, row->name);
	stack_free(newest);
}

/* The instruction told is the RET of the filter that decided. */
static void tells_pc(void **state)
{
	const struct sock_filter p[] = { LD_ABS(0), JEQ(64, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW) };
	const struct seccomp_data data = { .nr = 64, .arch = R64 };
	struct seccomp_filter *newest = NULL;

	(void)state;
	stack_push(&newest, p, COUNT(p));
	stack_push(&newest, p + 3, 1);
	line_len = 0;
	seccomp_explain(sink, line, newest, 7, &data, seccomp_syscall_name);
	assert_non_null(strstr(line, " -> ERRNO(1) by filter 1 pc=2 [stack 2:ALLOW 1:ERRNO(1)]"));
	line_len = 0;
	seccomp_explain(sink, line, newest, 7, &data, NULL); /* nobody knows names */
	assert_non_null(strstr(line, "syscall_64(0x0, 0x0, 0x0, 0x0, 0x0, 0x0) nr=64 "));
	stack_free(newest);
}

/* As deep as the path budget lets a stack be, no answer is left out. */
static void deepest(void **state)
{
	const struct sock_filter p[] = { RET_K(ERRNO(1)) };
	const struct seccomp_data data = { .nr = 64, .arch = R64 };
	struct seccomp_filter *newest = NULL;
	size_t told = 0;
	uint64_t id = 0;

	(void)state;
	while (stack_push_as(&newest, p, 1, id + 1, 0, false) == 0)
		id++;
	assert_int_equal(id, 3641);
	line_len = 0;
	seccomp_explain(sink, line, newest, 7, &data, seccomp_syscall_name);
	for (const char *at = strstr(line, "[stack"); (at = strstr(at, ":ERRNO(1)")) != NULL; at++)
		told++;
	assert_int_equal(told, 3641);
	stack_free(newest);
}

static void names(void **state)
{
	uint32_t nargs = 99, known = 0;

	(void)state;
	assert_string_equal(seccomp_syscall_name(0, NULL), "io_setup");
	assert_string_equal(seccomp_syscall_name(277, &nargs), "seccomp");
	assert_int_equal(nargs, 3);
	assert_string_equal(seccomp_syscall_name(178, &nargs), "gettid");
	assert_int_equal(nargs, 0);
	assert_null(seccomp_syscall_name(244, &nargs));
	assert_int_equal(nargs, 6);
	assert_null(seccomp_syscall_name(-1, NULL));
	assert_string_equal(seccomp_syscall_name(258, NULL), "riscv_hwprobe");
	assert_string_equal(seccomp_syscall_name(471, NULL), "rseq_slice_yield");
	assert_null(seccomp_syscall_name(472, NULL));
	for (int nr = 0; nr < 1000; nr++) {
		known += seccomp_syscall_name(nr, &nargs) != NULL;
		assert_in_range(nargs, 0, 6);
	}
	assert_int_equal(known, 472 - 1 - 14 - 129); /* without 38, 244 to 257 and 295 to 423 */
}

int main(void)
{
	ROWS_ADD(explain_row, rows);
	row_add(tells_pc, NULL, "the RET that decided is told");
	row_add(deepest, NULL, "a stack of 3641 filters is told in full");
	row_add(names, NULL, "names and argument counts of riscv64's calls");
	return rows_run("explain");
}
