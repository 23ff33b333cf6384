/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random-stacks-answer-as-a-model-does - hundreds of stacks of random filters, made of what
 * real ones are made of and of what they are not: every call gets the answer that a plain
 * interpreter gives; in a child that puts the rest of the stack on by itself, too. The build
 * machine's Linux judges the interpreter.
 */
#include "model.h"

#define STACKS 120
#define DEPTH 14
#define TRAPPED 70000

static const long numbers[] = { SYS_getppid, SYS_getuid, SYS_sched_yield, SYS_getpid, 500, 511, 512, 1000 };
static const uint32_t actions[] = {
	SECCOMP_RET_ALLOW,
	SECCOMP_RET_ALLOW,
	SECCOMP_RET_ALLOW | 5,
	ERRNO(0),
	ERRNO(1),
	ERRNO(33),
	ERRNO(34),
	ERRNO(4095),
	ERRNO(4096),
	ERRNO(65535),
	SECCOMP_RET_TRAP,
	SECCOMP_RET_TRAP | 9,
	SECCOMP_RET_TRACE,
	SECCOMP_RET_LOG,
	SECCOMP_RET_USER_NOTIF,
	0x00020000,
	SECCOMP_RET_KILL_THREAD,
	SECCOMP_RET_KILL_PROCESS,
	0x7ffe0000,
};
static const uint64_t values[] = { 0, 1, 7, 8, 255, 1UL << 32, 1UL << 32 | 7, UINT64_MAX, 1UL << 63, 0x12345678 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ANY(array) ((array)[draw() % COUNT(array)])

static struct program stack[DEPTH];
static unsigned depth;
static uint64_t seed = 88172645463325252;

static uint32_t draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 32);
}

/* ---- random programs ---- */

static void add(struct program *p, struct sock_filter insn)
{
	p->insns[p->length++] = insn;
}

static void add_load(struct program *p)
{
	add(p, (struct sock_filter)LOAD(draw() % 2 ? ARG_LOW(draw() % 2) : ARG_HIGH(draw() % 2)));
}

static void add_test(struct program *p, uint32_t action)
{
	static const uint16_t tests[] = { BPF_JEQ, BPF_JEQ, BPF_JGT, BPF_JSET };

	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_K | ANY(tests), (uint32_t)ANY(values), 0, 1));
	add(p, (struct sock_filter)RETURN(action));
}

/* What the filter says about its own number; ends in a return. */
static void add_body(struct program *p)
{
	switch (draw() % 8) {
	case 0:
	case 1:
		add(p, (struct sock_filter)RETURN(ANY(actions)));
		return;
	case 2: /* the low half of an argument is the answer */
		add(p, (struct sock_filter)LOAD(ARG_LOW(2)));
		add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_A, 0));
		return;
	case 3: /* kills where an argument is zero */
		add_load(p);
		add(p, (struct sock_filter)BPF_STMT(BPF_MISC | BPF_TAX, 0));
		add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_DIV | BPF_X, 0));
		break;
	case 4:
		add_load(p);
		add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, draw() % 4));
		add(p, (struct sock_filter)BPF_STMT(BPF_ST, 1));
		add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_IMM, 3));
		add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_MEM, 1));
		add(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff));
		break;
	default:
		add_load(p);
	}
	add_test(p, ANY(actions));
	if (draw() % 2) {
		add_load(p);
		add_test(p, ANY(actions));
	}
	add(p, (struct sock_filter)RETURN(draw() % 4 ? SECCOMP_RET_ALLOW : ANY(actions)));
}

static struct program random_program(void)
{
	struct program p = { .flags = draw() % 4 ? 0 : SECCOMP_FILTER_FLAG_LOG };
	unsigned skip;

	add(&p, (struct sock_filter)LOAD_NR);
	skip = p.length;
	add(&p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)numbers[draw() % 3], 0, 0));
	if (draw() % 8 == 0)
		p.insns[skip].k = (uint32_t)ANY(numbers);
	add_body(&p);
	p.insns[skip].jf = (uint8_t)(p.length - skip - 1);
	add(&p, (struct sock_filter)ALLOW);
	if (draw() % 12 == 0) {
		p.insns[0] = p.insns[p.length - 1];
		p.length = 1;
	}
	return p;
}

/* From a small set, so that filters come twice. */
static void random_stack(void)
{
	struct program kinds[DEPTH];
	const unsigned different = 1 + draw() % DEPTH;

	for (unsigned i = 0; i < different; i++)
		kinds[i] = random_program();
	depth = 1 + draw() % DEPTH;
	for (unsigned i = 0; i < depth; i++)
		stack[i] = kinds[draw() % different];
}

/* ---- the comparison ---- */

static volatile sig_atomic_t trapped_with;

static void on_trap(int signal, siginfo_t *info, void *context)
{
	ucontext_t *const uc = context;

	(void)signal;
	trapped_with = info->si_errno;
	UC_RESULT(uc) = TRAPPED;
}

static void random_call(struct seccomp_data *data)
{
	memset(data, 0, sizeof(*data));
	data->nr = (int)(draw() % 8 ? numbers[draw() % 3] : ANY(numbers));
	data->arch = NATIVE_ARCH;
	for (unsigned i = 0; i < 2; i++)
		data->args[i] = ANY(values);
	data->args[2] = draw() % 2 ? SECCOMP_RET_ALLOW : ANY(actions);
}

static long call(const struct seccomp_data *d)
{
	return raw(d->nr, (long)d->args[0], (long)d->args[1], (long)d->args[2], 0, 0, 0);
}

/* What the call gives without any filter, which the first call of this finds out. */
static long unfiltered(int nr)
{
	static long known[COUNT(numbers)];
	static int is_known;

	for (unsigned i = 0; !is_known && i < COUNT(numbers); i++)
		known[i] = raw0(numbers[i]);
	is_known = 1;
	for (unsigned i = 0; i < COUNT(numbers); i++)
		if (numbers[i] == nr)
			return known[i];
	return 0;
}

static int kills(uint32_t verdict)
{
	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ALLOW:
	case SECCOMP_RET_LOG:
	case SECCOMP_RET_TRACE:
	case SECCOMP_RET_USER_NOTIF:
	case SECCOMP_RET_ERRNO:
	case SECCOMP_RET_TRAP:
		return 0;
	}
	return 1;
}

static long expected(uint32_t verdict, long result)
{
	const uint32_t data = verdict & SECCOMP_RET_DATA;

	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ERRNO:
		return -(long)(data > 4095 ? 4095 : data);
	case SECCOMP_RET_TRAP:
		return TRAPPED;
	case SECCOMP_RET_TRACE:
	case SECCOMP_RET_USER_NOTIF:
		return -ENOSYS; /* nobody to ask */
	}
	return result;
}

static void explain(const struct seccomp_data *d, uint32_t verdict, long result)
{
	dprintf(2, "number %d, arguments %lx %lx %lx, depth %u: the model says %x, the call gave %ld\n", d->nr,
		(long)d->args[0], (long)d->args[1], (long)d->args[2], depth, verdict, result);
	_exit(1);
}

/* Calls with the stack as it stands; at most one that kills, in a child. */
static void compare(unsigned calls, int in_child)
{
	for (unsigned i = 0; i < calls; i++) {
		struct seccomp_data d;
		uint32_t verdict;
		long result;

		random_call(&d);
		if (in_child && (d.nr == SYS_getpid || d.nr == SYS_getppid))
			d.nr = SYS_getuid;
		verdict = model_verdict(stack, depth, &d);
		if (!kills(verdict)) {
			trapped_with = 0;
			result = call(&d);
			if (result != expected(verdict, unfiltered(d.nr)) ||
			    (result == TRAPPED && trapped_with != (int)(verdict & SECCOMP_RET_DATA)))
				explain(&d, verdict, result);
		} else if (!in_child && draw() % 4 == 0) {
			int status;
			const pid_t child = fork();

			CHECK(child >= 0);
			if (child == 0) {
				call(&d);
				_exit(0);
			}
			CHECK(waitpid(child, &status, 0) == child);
			if (!killed_by(status, SIGSYS))
				explain(&d, verdict, status);
		}
	}
}

static void install(unsigned i)
{
	CHECK(install_filter(stack[i].flags, stack[i].insns, stack[i].length) == 0);
}

/* Two processes take turns: the pipes carry a byte when the other's turn is over. */
static int to_twin[2], to_first[2];

static void give_turn(const int *pipe_of)
{
	CHECK(write(pipe_of[1], "", 1) == 1);
}

static void take_turn(const int *pipe_of)
{
	char byte;

	CHECK(read(pipe_of[0], &byte, 1) == 1);
}

static void add_filter(unsigned i, unsigned calls, int in_child)
{
	install(i);
	depth = i + 1;
	compare(calls, in_child);
}

/* Makes the same stack from filter SPLIT on by itself. */
static void be_twin(unsigned split, unsigned n)
{
	for (unsigned i = split; i < n; i++) {
		take_turn(to_twin);
		add_filter(i, 3, 1);
		give_turn(to_first);
	}
	_exit(0);
}

static void one_stack(void)
{
	unsigned split, n;
	pid_t twin = 0;
	int status;

	CHECK(pipe(to_twin) == 0 && pipe(to_first) == 0);
	unfiltered(0);
	random_stack();
	n = depth;
	split = draw() % n;
	for (unsigned i = 0; i < n; i++) {
		if (i == split) {
			twin = fork();
			CHECK(twin >= 0);
			if (twin == 0)
				be_twin(split, n);
		}
		add_filter(i, 5, 0);
		if (i >= split) {
			give_turn(to_twin);
			take_turn(to_first);
		}
	}
	CHECK(waitpid(twin, &status, 0) == twin && exited_with(status, 0));
	compare(10, 0);
}

int main(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = on_trap;
	action.sa_flags = SA_SIGINFO | SA_NODEFER;
	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	set_no_new_privs();
	for (unsigned i = 0; i < STACKS; i++) {
		CHECK(exited_with(status_of(one_stack), 0));
		draw();
	}
	return 0;
}
