/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * programs.c - this machine's own Linux judges the verdict library: nearly valid programs, accepted
 * or refused alike; those accepted answer alike, all 32 bits, to several calls.
 *
 * Accepted or refused: a process that has one listener offers every program with NEW_LISTENER;
 * seccomp(2) says EBUSY to a valid one and EINVAL to another, and attaches nothing. What a program
 * answers: each `ret` becomes a jump to an epilogue that answers ERRNO with 12 bits of A, in a
 * child that makes the call; three children show 32 bits. Speaks TAP; `programs [N [SEED]]`.
 */
#define _GNU_SOURCE
#include "generate.h"
#include "disasm.h"
#include "tally.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct program {
	uint16_t len;
	const struct sock_filter *insns;
};

#if defined(__x86_64__) && defined(__linux__)

#define CALLS 4
#define HOST_ARCH AUDIT_ARCH_X86_64

/* Makes the call in DATA; the kernel sees known_ip as its instruction pointer. */
long known_call(const struct seccomp_data *data);
extern const char known_ip[];

__asm__(".text\n"
	".globl known_call\n"
	"known_call:\n"
	"	push %rbx\n"
	"	mov %rdi, %rbx\n"
	"	mov 0(%rbx), %eax\n"
	"	mov 16(%rbx), %rdi\n"
	"	mov 24(%rbx), %rsi\n"
	"	mov 32(%rbx), %rdx\n"
	"	mov 40(%rbx), %r10\n"
	"	mov 48(%rbx), %r8\n"
	"	mov 56(%rbx), %r9\n"
	"	syscall\n"
	".globl known_ip\n"
	"known_ip:\n"
	"	pop %rbx\n"
	"	ret\n");

static long offer(const struct sock_filter *insns, uint32_t len, unsigned long flags)
{
	const struct program p = { (uint16_t)len, insns };

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &p);
}

/* Does Linux accept it? Nothing is attached. */
static bool linux_accepts(const struct sock_filter *insns, uint32_t len)
{
	const long ret = offer(insns, len, SECCOMP_FILTER_FLAG_NEW_LISTENER);

	if (ret != -1 || (errno != EBUSY && errno != EINVAL)) {
		printf("Bail out! seccomp(2) answers %ld, errno %d to a probe\n", ret, errno);
		exit(1);
	}
	return errno == EBUSY;
}

/* ---- what a program answers ---- */

/* The parent reads what the child wrote; a filtered child cannot even exit as it likes. */
static struct shared {
	int installed; /* 1, or -errno */
	uint32_t next; /* the call that was made last, plus 1 */
	long ret[CALLS];
} * shared;

static void draw_call(struct random *r, struct seccomp_data *data)
{
	data->nr = (int)(one_in(r, 2) ? random_below(r, 500) : random_word(r));
	/*
	 * The child needs exit_group; uretprobe and uprobe are never
	 * filtered, since Linux 6.14 and 6.18.
	 */
	if (data->nr == SYS_exit_group || data->nr == 335 || data->nr == 336)
		data->nr = 1;
	data->arch = HOST_ARCH;
	data->instruction_pointer = (uint64_t)(uintptr_t)known_ip;
	for (int i = 0; i < 6; i++)
		data->args[i] = random_two_words(r);
}

/*
 * The program that shows bits SHIFT to SHIFT + 11 of the answer of INSNS as an errno, and lets
 * exit_group through. Returns its length, or 0 when it would be too long.
 */
static uint32_t make_visible(const struct sock_filter *insns, uint32_t len, uint32_t shift, struct sock_filter *out)
{
	const struct sock_filter prologue[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_LD | BPF_IMM, 0),
	};
	const struct sock_filter epilogue[] = {
		BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, shift),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xfff),
		BPF_STMT(BPF_ALU | BPF_OR | BPF_K, SECCOMP_RET_ERRNO),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	uint32_t at = 4, end = 4 + len, rets = 0;

	for (uint32_t pc = 0; pc < len; pc++)
		rets += insns[pc].code == (BPF_RET | BPF_K);
	if (4 + len + 2 * rets + 4 > BPF_MAXINSNS)
		return 0;
	memcpy(out, prologue, sizeof(prologue));
	memcpy(out + 4 + len + 2 * rets, epilogue, sizeof(epilogue));
	for (uint32_t pc = 0; pc < len; pc++, at++) {
		out[at] = insns[pc];
		if (insns[pc].code == (BPF_RET | BPF_K)) {
			out[at] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, end - at - 1);
			out[end++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_IMM, insns[pc].k);
			out[end] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 4 + len + 2 * rets - end - 1);
			end++;
		} else if (insns[pc].code == (BPF_RET | BPF_A)) {
			out[at] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 4 + len + 2 * rets - at - 1);
		}
	}
	return end + 4;
}

#define KILLED (-99999)

/*
 * Makes the CALLS calls under the filter; ret[i] is what the kernel returned, or
 * KILLED. Returns whether it could.
 */
static bool observe(const struct sock_filter *insns, uint32_t len, const struct seccomp_data *data, long *ret)
{
	uint32_t from = 0;

	while (from < CALLS) {
		pid_t child;
		int status;

		shared->installed = 0;
		shared->next = from;
		child = fork();
		if (child == 0) {
			shared->installed = offer(insns, len, 0) == 0 ? 1 : -errno;
			for (uint32_t i = from; shared->installed == 1 && i < CALLS; i++) {
				shared->next = i + 1;
				shared->ret[i] = known_call(&data[i]);
			}
			syscall(SYS_exit_group, 0);
		}
		if (child < 0 || waitpid(child, &status, 0) != child || shared->installed != 1)
			return false;
		for (uint32_t i = from; i < shared->next; i++)
			ret[i] = shared->ret[i];
		from = shared->next;
		if (WIFSIGNALED(status)) {
			if (WTERMSIG(status) != SIGSYS)
				return false;
			ret[from - 1] = KILLED;
		}
	}
	return true;
}

/* Does a run of the original end in a DIV by X = 0? Then the rewritten one dies as well. */
static bool ends_in_div(const struct sock_filter *insns, struct seccomp_result r)
{
	return insns[r.pc].code == (BPF_ALU | BPF_DIV | BPF_X) && r.ret == SECCOMP_RET_KILL_THREAD;
}

/* Returns the disagreements on one program; complains about each. */
static uint32_t compare_answers(struct random *r, const struct sock_filter *insns, uint32_t len, uint64_t *evaluations)
{
	static struct sock_filter visible[BPF_MAXINSNS];
	struct seccomp_data data[CALLS];
	uint32_t wrong = 0;

	for (int i = 0; i < CALLS; i++)
		draw_call(r, &data[i]);
	for (uint32_t shift = 0; shift <= 24; shift += 12) {
		const uint32_t n = make_visible(insns, len, shift, visible);
		long ret[CALLS];

		if (n == 0)
			return 0;
		if (!observe(visible, n, data, ret)) {
			printf("# Linux did not run a program (installed: %d, at call %u, nr %d)\n", shared->installed,
			       shared->next, data[shared->next - 1].nr);
			return 1;
		}
		for (int i = 0; i < CALLS; i++) {
			const struct seccomp_result want = seccomp_run(insns, len, &data[i]);
			const long shown = -(long)(want.ret >> shift & 0xfff);

			if (ret[i] == (ends_in_div(insns, want) ? KILLED : shown))
				continue;
			wrong++;
			printf("# bits %u on of call %d: Linux %ld, we 0x%08x at pc %u\n", shift, i, ret[i], want.ret,
			       want.pc);
			for (uint32_t w = 0; w < 16; w++)
				printf("# [%u] = 0x%08x\n", 4 * w, ((const uint32_t *)&data[i])[w]);
		}
	}
	*evaluations += CALLS;
	return wrong;
}

/* ---- the loop ---- */

static void show(const struct sock_filter *insns, uint32_t len)
{
	char text[SECCOMP_TEXT_MAX];

	for (uint32_t pc = 0; pc < len && pc < 60; pc++) {
		seccomp_disasm(text, &insns[pc]);
		printf("# %4u: %s\n", pc, text);
	}
}

/* Why there is no judge here, or NULL when there is one. */
static const char *prepare(void)
{
	static const struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	const struct rlimit none = { 0, 0 };

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return "no shared memory";
	setrlimit(RLIMIT_CORE, &none);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return "no PR_SET_NO_NEW_PRIVS";
	if (offer(&allow, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER) < 0)
		return errno == ENOSYS ? "no seccomp(2)" : "no listener: a Linux before 5.0, or already under one";
	return NULL;
}

int main(int argc, char **argv)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	static uint16_t written[BPF_MAXINSNS];
	const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 0) : 20000;
	const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	uint64_t accepted = 0, evaluations = 0, wrong_check = 0, wrong_run = 0;
	const char *missing = prepare();
	bool tried_all;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (missing != NULL) {
		printf("1..0 # SKIP %s\n", missing);
		return 0;
	}
	for (uint64_t i = 0; i < n && wrong_check + wrong_run < 10; i++) {
		struct random r = { seed << 40 ^ i };
		const uint32_t len = random_program(&r, insns);
		const struct seccomp_refusal ours = seccomp_check(insns, len, written);
		const bool theirs = linux_accepts(insns, len);

		if (theirs != (ours.err == 0)) {
			wrong_check++;
			printf("# program %lu: Linux %s it, we say %d at %u: %s\n", (unsigned long)i,
			       theirs ? "accepts" : "refuses", ours.err, ours.pc, ours.why);
			show(insns, len);
		}
		if (ours.err != 0)
			tally_refused(ours.why);
		if (!theirs || ours.err != 0)
			continue;
		accepted++;
		tally_accepted(insns, len);
		fflush(stdout);
		if (compare_answers(&r, insns, len, &evaluations) != 0) {
			wrong_run++;
			printf("# program %lu:\n", (unsigned long)i);
			show(insns, len);
		}
	}
	printf("%sok 1 - Linux and seccomp_check agree on %lu programs, %lu of them accepted\n",
	       wrong_check ? "not " : "", (unsigned long)n, (unsigned long)accepted);
	printf("%sok 2 - Linux and seccomp_run agree on all 32 bits of %lu answers\n", wrong_run ? "not " : "",
	       (unsigned long)evaluations);
	tried_all = tally_report(n >= 1000);
	printf("1..3\n");
	return wrong_check + wrong_run != 0 || !tried_all;
}

#else

int main(void)
{
	printf("1..0 # SKIP the judge is Linux on x86-64\n");
	return 0;
}

#endif
