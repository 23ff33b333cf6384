/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stacks.c - random stacks of 1 to 16 random filters with random flags, judged from outside.
 *
 * `stacks model N SEED` writes every stack, some calls, and what the verdict library says of them to standard
 * output, for model.py to judge in its own words. `stacks linux N SEED` installs stacks in children under this
 * machine's Linux and compares what can be seen: refusals for want of room, errnos, SIGSYS and its data, deaths,
 * and calls that run. Speaks TAP.
 */
#define _GNU_SOURCE
#include "generate.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILTERS 16
#define CALLS 4

static const uint32_t actions[] = {
	0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff1234, 0x7ffc0000, 0x7ff00000, 0x7fc00000,
	0x00050000, 0x00050001, 0x00050002, 0x00050fff, 0x00051000, 0x0005ffff, 0x00030000, 0x00030007, 0x0003ffff,
	0x00000000, 0x80000000, 0x80000001, 0x00010000, 0x00040000, 0x7ffe0000, 0xaaaaaaaa, 0xffff0000,
};

/* Numbers that calls have and filters ask for. */
static const uint32_t numbers[] = { 39, 102, 110, 186, 600, 700, 63, 64, 172 };
static const uint32_t values[] = { 0, 1, 2, 5, 0x7fffffff, 0x80000000, 0xffffffff };

static uint32_t random_action(struct random *r)
{
	return one_in(r, 3) ? PICK(r, actions) : one_in(r, 12) ? random_word(r) : SECCOMP_RET_ALLOW;
}

static uint32_t put(struct sock_filter *out, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	*out = (struct sock_filter){ code, jt, jf, k };
	return 1;
}

/* What policies look like: some questions, each with an answer, and a last answer. */
static uint32_t random_policy(struct random *r, struct sock_filter *out)
{
	uint32_t n = 0;

	for (uint32_t questions = random_below(r, 5); questions > 0; questions--) {
		const bool by_nr = one_in(r, 2);
		const uint32_t k = by_nr ? PICK(r, numbers) : PICK(r, values);

		n += put(&out[n], 0x20, 0, 0, by_nr ? 0 : 16 + 4 * random_below(r, 4));
		n += put(&out[n], (uint16_t)(0x15 + 0x10 * random_below(r, 4)), (uint8_t)one_in(r, 4), 1, k);
		out[n - 1].jf = !out[n - 1].jt;
		if (one_in(r, 6)) {
			n += put(&out[n], 0x05, 0, 0, 0);
			n += put(&out[n], 0x00, 0, 0, random_action(r));
			n += put(&out[n], 0x16, 0, 0, 0);
			out[n - 4].jt = out[n - 4].jt != 0 ? 3 : 0;
			out[n - 4].jf = out[n - 4].jf != 0 ? 3 : 0;
		} else {
			n += put(&out[n], 0x06, 0, 0, random_action(r));
		}
	}
	return n + put(&out[n], 0x06, 0, 0, random_action(r));
}

/* Long ones of one kind, which use up the path budget. */
static uint32_t random_long(struct random *r, struct sock_filter *out)
{
	static const struct sock_filter kinds[] = {
		{ 0x00, 0, 0, 1 },	    { 0x06, 0, 0, SECCOMP_RET_ALLOW },
		{ 0x3c, 0, 0, 0 },	    { 0x15, 1, 0, 1 },
		{ 0x25, 0, 1, 1 },	    { 0x35, 1, 2, 1 },
		{ 0x45, 0, 1, 1 },	    { 0x4d, 0, 1, 0x80000000 },
		{ 0x15, 1, 2, 0x80000000 }, { 0x45, 1, 0, 0xffffffff },
		{ 0x1d, 0, 2, 0 },
	};
	const uint32_t len = 500 + random_below(r, BPF_MAXINSNS - 508);
	const struct sock_filter kind = PICK(r, kinds);

	for (uint32_t pc = 0; pc < len; pc++)
		out[pc] = pc + 3 < len ? kind : (struct sock_filter){ 0x06, 0, 0, SECCOMP_RET_ALLOW };
	return len;
}

/* Lets a child under the filter install another one and exit. Nothing is in A behind it. */
static uint32_t put_prologue(struct sock_filter *out)
{
#ifdef __linux__
	put(&out[0], 0x20, 0, 0, 0);
	put(&out[1], 0x15, 1, 0, SYS_seccomp);
	put(&out[2], 0x15, 0, 1, SYS_exit_group);
	put(&out[3], 0x06, 0, 0, SECCOMP_RET_ALLOW);
	put(&out[4], 0x00, 0, 0, 0);
	return 5;
#else
	(void)out;
	return 0;
#endif
}

/* An accepted program of any kind. */
static uint32_t random_filter(struct random *r, struct sock_filter *out, bool with_long, bool prologue)
{
	static uint16_t written[BPF_MAXINSNS];
	uint32_t len;

	do {
		const uint32_t from = prologue ? put_prologue(out) : 0;

		len = from;
		if (with_long && one_in(r, 3))
			len += random_long(r, out + from);
		else if (one_in(r, 3))
			len += random_program(r, out + from);
		else
			len += random_policy(r, out + from);
	} while (len > BPF_MAXINSNS || seccomp_check(out, len, written).err != 0);
	return len;
}

/* ---- our side ---- */

static struct {
	struct seccomp_program p;
	struct sock_filter insns[BPF_MAXINSNS];
} programs[FILTERS];

static struct seccomp_filter filters[FILTERS];
static unsigned long flags[FILTERS];
static int errs[FILTERS];
static uint32_t count;
static struct seccomp_filter *newest;

static void random_stack(struct random *r, bool owners, bool prologue)
{
	const bool with_long = one_in(r, 16);

	newest = NULL;
	count = 1 + random_below(r, FILTERS);
	for (uint32_t i = 0; i < count; i++) {
		programs[i].p.len = random_filter(r, programs[i].p.insns, with_long, prologue);
		programs[i].p.cost = seccomp_cost(programs[i].p.insns, programs[i].p.len);
		flags[i] = 2 * random_below(r, 2) + 4 * random_below(r, 2); /* LOG, SPEC_ALLOW */
		filters[i] = (struct seccomp_filter){
			.program = &programs[i].p,
			.id = i + 1,
			.owner = owners && one_in(r, 6) ? 1 + random_below(r, 2) : 0,
			.log = flags[i] & SECCOMP_FILTER_FLAG_LOG,
		};
		errs[i] = seccomp_filter_attach(&newest, &filters[i]);
	}
}

static void random_call(struct random *r, struct seccomp_data *data)
{
	data->nr = (int)PICK(r, numbers);
	data->arch = AUDIT_ARCH_X86_64;
	data->instruction_pointer = random_two_words(r);
	for (int i = 0; i < 6; i++)
		data->args[i] = one_in(r, 2) ? PICK(r, values) * 0x100000001ULL : random_two_words(r);
}

/* ---- for the model ---- */

static void out_u32(uint32_t n)
{
	fwrite(&n, sizeof(n), 1, stdout);
}

static void write_answers(uint64_t who, const struct seccomp_data *data)
{
	static _Alignas(8) uint8_t scratch[BPF_MAXINSNS * sizeof(struct seccomp_point)];
	static struct seccomp_answers sum, one;
	const struct seccomp_verdict v = seccomp_evaluate(newest, who, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);
	uint32_t nr = (uint32_t)data->nr;

	seccomp_answers_init(&sum);
	for (uint32_t i = 0; i < count; i++) {
		if (errs[i] != 0 || !seccomp_filter_binds(&filters[i], who))
			continue;
		seccomp_answers_program(&one, programs[i].p.insns, programs[i].p.len, data->arch, (void *)scratch);
		seccomp_answers_add(&sum, &one, filters[i].log);
	}
	out_u32((uint32_t)who);
	fwrite(data, sizeof(*data), 1, stdout);
	out_u32(v.ret);
	out_u32(v.pc);
	out_u32(v.match != NULL ? (uint32_t)v.match->id : 0);
	out_u32(d.todo);
	out_u32(d.action);
	out_u32(d.data);
	out_u32(d.err);
	out_u32(d.log);
	out_u32(seccomp_answer_is_constant(&sum, nr));
	out_u32(nr < SECCOMP_GATE_NRS ? sum.ret[nr] : 0);
}

static void write_stack(struct random *r)
{
	random_stack(r, true, false);
	out_u32(count);
	for (uint32_t i = 0; i < count; i++) {
		out_u32(programs[i].p.len);
		out_u32((uint32_t)filters[i].owner);
		out_u32((uint32_t)flags[i]);
		out_u32((uint32_t)-errs[i]);
		fwrite(programs[i].p.insns, sizeof(struct sock_filter), programs[i].p.len, stdout);
	}
	for (int i = 0; i < 2; i++) {
		struct seccomp_data data;

		random_call(r, &data);
		write_answers(1 + random_below(r, 3), &data);
	}
}

/* ---- under Linux ---- */

#if defined(__x86_64__) && defined(__linux__)

#define TRAPPED 0x10000
#define DIED 0x20000

static struct shared {
	int errs[FILTERS];
	uint32_t installed, next;
	long ret[CALLS];
} * shared;

static sigjmp_buf resume;
static volatile long trap_data;

/* Nothing is called on the way out: even rt_sigreturn may be refused. */
static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	trap_data = info->si_errno;
	siglongjmp(resume, 1);
}

static long raw_call(const struct seccomp_data *d)
{
	long ret = d->nr;
	register uint64_t r10 __asm__("r10") = d->args[3];
	register uint64_t r8 __asm__("r8") = d->args[4];
	register uint64_t r9 __asm__("r9") = d->args[5];

	__asm__ volatile("syscall"
			 : "+a"(ret)
			 : "D"(d->args[0]), "S"(d->args[1]), "d"(d->args[2]), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static long trapping_call(const struct seccomp_data *d)
{
	if (sigsetjmp(resume, 0) != 0)
		return TRAPPED | trap_data;
	return raw_call(d);
}

static void child_main(const struct seccomp_data *calls, uint32_t from)
{
	const struct sigaction sa = { .sa_sigaction = on_sigsys, .sa_flags = SA_SIGINFO | SA_NODEFER };

	sigaction(SIGSYS, &sa, NULL);
	for (uint32_t i = 0; i < count; i++) {
		const struct {
			uint16_t len;
			const struct sock_filter *insns;
		} fprog = { (uint16_t)programs[i].p.len, programs[i].p.insns };

		shared->errs[i] = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &fprog) == 0 ? 0 : -errno;
		shared->installed++;
	}
	for (uint32_t i = from; i < CALLS; i++) {
		shared->next = i + 1;
		shared->ret[i] = DIED;
		shared->ret[i] = trapping_call(&calls[i]);
	}
	syscall(SYS_exit_group, 0);
}

/* What one call should look like to the process PID that makes it. */
static long expected(const struct seccomp_data *data, pid_t pid)
{
	const struct seccomp_decision d = seccomp_decide(seccomp_evaluate(newest, 7, data).ret, false);

	switch (d.todo) {
	case SECCOMP_DO_KILL_PROCESS:
	case SECCOMP_DO_KILL_THREAD:
		return DIED;
	case SECCOMP_DO_SIGNAL:
		return TRAPPED | d.data;
	case SECCOMP_DO_RETURN:
		return -(long)d.err;
	case SECCOMP_DO_NOTIFY:
	case SECCOMP_DO_TRACE:
		return -ENOSYS;
	case SECCOMP_DO_RUN:
		break;
	}
	switch (data->nr) {
	case SYS_getpid:
	case SYS_gettid:
		return pid;
	case SYS_getppid:
		return getpid();
	case SYS_getuid:
		return getuid();
	default:
		return -ENOSYS;
	}
}

/* Returns the disagreements on one stack. */
static uint32_t compare(struct random *r)
{
	struct seccomp_data calls[CALLS];
	uint32_t from = 0, wrong = 0;

	random_stack(r, false, true);
	for (int i = 0; i < CALLS; i++) {
		random_call(r, &calls[i]);
		calls[i].nr = (int)numbers[random_below(r, 6)];
		calls[i].instruction_pointer = 0; /* not known: stacks that read it are left out */
	}
	while (from < CALLS) {
		pid_t pid;
		int status;

		memset(shared, 0, sizeof(*shared));
		pid = fork();
		if (pid == 0)
			child_main(calls, from);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || shared->installed != count)
			return 1;
		for (uint32_t i = 0; i < count; i++)
			wrong += shared->errs[i] != errs[i];
		for (; from < shared->next; from++) {
			if (shared->ret[from] == expected(&calls[from], pid))
				continue;
			printf("# call %u, number %d: Linux 0x%lx, we 0x%lx\n", from, calls[from].nr, shared->ret[from],
			       expected(&calls[from], pid));
			wrong++;
		}
		if (WIFSIGNALED(status) ? WTERMSIG(status) != SIGSYS || shared->ret[from - 1] != DIED
					: WEXITSTATUS(status) != 0)
			wrong++;
	}
	return wrong;
}

/* Loads of the instruction pointer are left out: it is not known here. */
static bool reads_ip(void)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t pc = 0; pc < programs[i].p.len; pc++)
			if (programs[i].p.insns[pc].code == 0x20 && (programs[i].p.insns[pc].k & ~4U) == 8)
				return true;
	return false;
}

static int under_linux(uint64_t n, uint64_t seed)
{
	const struct rlimit none = { 0, 0 };
	uint64_t stacks = 0, wrong = 0;

	setrlimit(RLIMIT_CORE, &none);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != -1 || errno != EFAULT) {
		printf("1..0 # SKIP no seccomp(2) here\n");
		return 0;
	}
	for (uint64_t i = 0; i < n && wrong < 10; i++) {
		struct random r = { seed << 40 ^ i };
		struct random probe = r;

		random_stack(&probe, false, true);
		if (reads_ip())
			continue;
		stacks++;
		if (compare(&r) == 0)
			continue;
		wrong++;
		printf("# stack %lu, of %u filters:", (unsigned long)i, count);
		for (uint32_t f = 0; f < count; f++)
			printf(" %d/%d", shared->errs[f], errs[f]);
		printf("\n");
	}
	printf("%sok 1 - Linux and seccomp_evaluate agree on %lu stacks, %d calls each\n1..1\n", wrong ? "not " : "",
	       (unsigned long)stacks, CALLS);
	return wrong != 0;
}

#else

static int under_linux(uint64_t n, uint64_t seed)
{
	(void)n;
	(void)seed;
	printf("1..0 # SKIP the judge is Linux on x86-64\n");
	return 0;
}

#endif

int main(int argc, char **argv)
{
	const uint64_t n = argc > 2 ? strtoull(argv[2], NULL, 0) : 1000;
	const uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 1;

	if (argc > 1 && strcmp(argv[1], "linux") == 0)
		return under_linux(n, seed);
	for (uint64_t i = 0; i < n; i++) {
		struct random r = { seed << 40 ^ i };

		write_stack(&r);
	}
	return 0;
}
