/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox - a small compiler that trusts neither its input nor itself:
 * read, write and exit, or death.
 *
 * It turns each line, a sum like 2*(3+4), into code for a stack machine and runs it. Try
 * ./qemu.sh run --explain sandbox '6*7' '2*(3+4)-1'      or without arguments, typing the lines.
 * Look for: a line that begins with ! stands for a bug that an attacker has found; what it does
 * next, open a file, is not on the list.
 */
#include "toy.h"

#include <fcntl.h>

#ifdef __riscv
#define ARCH AUDIT_ARCH_RISCV64
#else
#define ARCH AUDIT_ARCH_X86_64
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_EQUAL(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, yes, no)
#define RETURN(answer) BPF_STMT(BPF_RET | BPF_K, answer)

static struct sock_filter code[] = {
	LOAD(arch),
	IF_EQUAL(ARCH, 0, 4),
	LOAD(nr),
	IF_EQUAL(SYS_read, 3, 0),
	IF_EQUAL(SYS_write, 2, 0),
	IF_EQUAL(SYS_exit_group, 1, 0),
	RETURN(SECCOMP_RET_KILL_PROCESS),
	RETURN(SECCOMP_RET_ALLOW),
};

static void lock_up(void)
{
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	EXPECT(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
}

/* --- the compiler: each rule appends its part of the code ------------------------------- */

#define ROOM 128 /* of instructions, and so of the stack */

static const char *at; /* the rest of the line; NULL after a mistake */
static struct {
	char op; /* '#' pushes value; an operator works on the two topmost */
	long value;
} made[ROOM];
static int length;

static void emit(char op, long value)
{
	if (at == NULL || length == ROOM) {
		at = NULL;
		return;
	}
	made[length].op = op;
	made[length++].value = value;
}

static int next_is(const char *set)
{
	while (at != NULL && *at == ' ')
		at++;
	return at != NULL && *at != '\0' && strchr(set, *at) != NULL;
}

static void sum(void);

static void number(void)
{
	long value = 0;

	if (next_is("(")) {
		at++;
		sum();
		at = next_is(")") ? at + 1 : NULL;
		return;
	}
	if (!next_is("0123456789"))
		at = NULL;
	while (at != NULL && *at >= '0' && *at <= '9')
		value = (long)(10 * (unsigned long)value + (unsigned long)(*at++ - '0'));
	emit('#', value);
}

static void product(void)
{
	number();
	while (next_is("*")) {
		const char op = *at++;

		number();
		emit(op, 0);
	}
}

static void sum(void)
{
	product();
	while (next_is("+-")) {
		const char op = *at++;

		product();
		emit(op, 0);
	}
}

/* --- the machine ------------------------------------------------------------------------ */

static long run(void)
{
	unsigned long stack[ROOM + 1], *top = stack;

	for (int i = 0; i < length; i++) {
		if (made[i].op == '#') {
			*++top = (unsigned long)made[i].value;
			continue;
		}
		top--;
		if (made[i].op == '+')
			*top += top[1];
		else if (made[i].op == '-')
			*top -= top[1];
		else
			*top *= top[1];
	}
	return (long)*top;
}

static void compute(const char *line)
{
	if (*line == '!') {
		say("sandbox: taken over; opening /etc/passwd\n");
		open("/etc/passwd", O_RDONLY);
		say("sandbox: escaped?\n");
		_exit(1);
	}
	at = line;
	length = 0;
	sum();
	if (at == NULL || (!next_is("\n") && *at != '\0'))
		say("sandbox: that is no sum\n");
	else
		say("sandbox: %.*s = %ld\n", (int)strcspn(line, "\n"), line, run());
}

int main(int argc, char **argv)
{
	static char line[256];
	size_t used = 0;

	lock_up();
	for (int i = 1; i < argc; i++)
		compute(argv[i]);
	/* Byte by byte: no library between the lines and the three calls that are left. */
	while (argc == 1 && used < sizeof(line) - 1 && read(0, line + used, 1) == 1) {
		if (line[used++] != '\n')
			continue;
		line[used] = '\0';
		compute(line);
		used = 0;
	}
	return 0;
}
