/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c - runs QEMU, and stands between its serial line and this machine. Called by qemu.sh, once
 * a run.
 *
 * `boot [OPTION...] -- QEMU...`: what the firmware says is kept back up to the kernel's first byte,
 * STX; what comes then is the console's. Only then is standard input read: what arrives earlier,
 * the firmware loses. Ends with QEMU's status; 124 after -t; 2 when the kernel did not start; 128
 * and the signal that stopped it: QEMU has then written all that it holds.
 *
 *   -t SECONDS  QEMU is ended then    -n NAME  what -t's message calls the program
 *   -i pipe     standard input goes to the console, marked: MARK and '.' is its end, MARK twice is
 *               that byte
 *   -i tty      it is a terminal, which is QEMU's      -i none  (the default) nothing is read
 *   -s          the console's bytes are marked: MARK and '0' goes before the kernel's own, MARK and
 *               '1' before standard output's, MARK and '2' before standard error's; the first and
 *               the last go to this one's standard error; see kernel/core/machine/console.h
 *   -l FILE     the console goes there, too            -v       the firmware is shown
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "qemu.h"

#define PART 4096 /* of the input */
#define FIRMWARE_MAX 65536

static volatile sig_atomic_t expired;

/* The terminal as it was: QEMU changes it, and does not change it back when it is killed. */
static struct {
	bool changes;
	struct termios modes;
	int flags;
} terminal;

/* What is on its way to the console. */
static struct {
	bool wanted, ended;
	char bytes[2 * PART];
	size_t n, sent;
} input;

static char firmware[FIRMWARE_MAX];
static size_t firmware_size;
static int log_file = -1;
static bool streams;

static void on_alarm(int signal)
{
	(void)signal;
	expired = 1;
	kill(qemu, SIGKILL);
}

static void keep_terminal(void)
{
	terminal.flags = fcntl(STDIN_FILENO, F_GETFL);
	terminal.changes = tcgetattr(STDIN_FILENO, &terminal.modes) == 0;
}

static void give_terminal_back(void)
{
	if (!terminal.changes)
		return;
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal.modes);
	fcntl(STDIN_FILENO, F_SETFL, terminal.flags);
}

static void write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR && !expired)
			continue;
		if (done < 0 && expired)
			return;
		if (done < 0 && errno == EPIPE) {
			signal(SIGPIPE, SIG_DFL);
			raise(SIGPIPE);
		}
		if (done < 0)
			fail_because("write");
		bytes += done;
		n -= (size_t)done;
	}
}

/* One part of standard input, with its marks. */
static void read_input(void)
{
	char part[PART];
	const ssize_t n = read(STDIN_FILENO, part, sizeof(part));

	if (n < 0 && errno == EINTR)
		return;
	input.n = input.sent = 0;
	if (n <= 0) {
		input.ended = true;
		input.bytes[input.n++] = MARK;
		input.bytes[input.n++] = '.';
	}
	for (ssize_t i = 0; i < n; i++) {
		if (part[i] == MARK)
			input.bytes[input.n++] = MARK;
		input.bytes[input.n++] = part[i];
	}
}

/* To is not blocking. False: QEMU takes no more. */
static bool send_input(int to)
{
	const ssize_t n = write(to, input.bytes + input.sent, input.n - input.sent);

	if (n > 0)
		input.sent += (size_t)n;
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}

static void show_on(int fd, const char *bytes, size_t n)
{
	write_all(fd, bytes, n);
	if (log_file >= 0)
		write_all(log_file, bytes, n);
}

/* Sends each of the streams its way. */
static void show_console(const char *bytes, size_t n)
{
	static struct streams stream = { .now = STREAM_KERNEL }; /* until a mark says otherwise */
	size_t from = 0;
	int fd = STDERR_FILENO;

	if (!streams) {
		show_on(STDOUT_FILENO, bytes, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		fd = stream.now == STREAM_OUTPUT ? STDOUT_FILENO : STDERR_FILENO;
		if (!is_mark(&stream, bytes[i]))
			continue;
		show_on(fd, bytes + from, i - from);
		from = i + 1;
	}
	show_on(fd, bytes + from, n - from);
}

/* Keeps what the firmware says; the number of BYTES up to and with the kernel's first, or 0. */
static size_t pass_firmware(const char *bytes, size_t n, bool verbose)
{
	const char *first = memchr(bytes, STX, n);
	const size_t part = first != NULL ? (size_t)(first - bytes) : n;
	const size_t room = sizeof(firmware) - firmware_size;

	if (verbose)
		write_all(STDOUT_FILENO, bytes, part);
	memcpy(firmware + firmware_size, bytes, part < room ? part : room);
	firmware_size += part < room ? part : room;
	return first != NULL ? part + 1 : 0;
}

/* Until QEMU closes its side. Did the kernel start? */
static bool relay_bytes(int from, int to, bool verbose)
{
	/*
	 * QEMU writes each character by itself: fewer wakings are less work, nobody sees the delay.
	 */
	static const struct timespec a_while = { .tv_nsec = 1000000 };
	static char bytes[65536];
	bool started = false;

	for (;;) {
		const bool listening = started && input.wanted && !input.ended && input.sent == input.n;
		const bool sending = to >= 0 && input.sent < input.n;
		struct pollfd fds[3] = { { .fd = from, .events = POLLIN },
					 { .fd = listening ? STDIN_FILENO : -1, .events = POLLIN },
					 { .fd = sending ? to : -1, .events = POLLOUT } };
		size_t skip = 0;
		ssize_t n;

		if (poll(fds, 3, -1) < 0)
			continue;
		if (fds[1].revents != 0)
			read_input();
		if (fds[2].revents != 0 && !send_input(to)) {
			close(to);
			to = -1;
		}
		if (fds[0].revents == 0)
			continue;
		n = read(from, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return started;
		if (!started) {
			skip = pass_firmware(bytes, (size_t)n, verbose);
			started = skip > 0;
		}
		if (started)
			show_console(bytes + skip, (size_t)n - skip);
		nanosleep(&a_while, NULL);
	}
}

/* Starts QEMU with its serial line on FROM and TO; TO -1: it has standard input itself, or NONE. */
static void start_qemu(char **argv, int *from, int *to, bool none)
{
	int out[2], in[2] = { -1, -1 };

	if (pipe2(out, O_CLOEXEC) != 0 || (input.wanted && pipe2(in, O_CLOEXEC) != 0))
		fail_because("pipe");
	if (none)
		in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	qemu = fork();
	if (qemu < 0)
		fail_because("fork");
	if (qemu == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(out[1], STDOUT_FILENO);
		if (in[0] >= 0)
			dup2(in[0], STDIN_FILENO);
		execvp(argv[0], argv);
		fprintf(stderr, "qemu.sh: %s: %s\n", argv[0], strerror(errno));
		_exit(2);
	}
	close(out[1]);
	if (in[0] >= 0)
		close(in[0]);
	*from = out[0];
	*to = in[1];
	if (in[1] >= 0)
		fcntl(in[1], F_SETFL, O_NONBLOCK);
}

int main(int argc, char **argv)
{
	const struct sigaction alarmed = { .sa_handler = on_alarm };
	unsigned int limit = 0;
	bool verbose = false, none = true, started;
	const char *name = "the program";
	int c, from, to, status = 0;

	while ((c = getopt(argc, argv, "t:n:i:sl:v")) != -1) {
		switch (c) {
		case 't':
			limit = (unsigned int)strtoul(optarg, NULL, 10);
			break;
		case 'n':
			name = optarg;
			break;
		case 'i':
			none = strcmp(optarg, "none") == 0;
			input.wanted = strcmp(optarg, "pipe") == 0;
			if (strcmp(optarg, "tty") == 0)
				keep_terminal();
			break;
		case 'l':
			log_file = open(optarg, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
			if (log_file < 0)
				fail_because(optarg);
			break;
		case 's':
			streams = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return 2;
		}
	}
	if (optind == argc) {
		fprintf(stderr, "usage: boot [OPTION...] -- QEMU...\n");
		return 2;
	}
	start_qemu(argv + optind, &from, &to, none);
	if (to >= 0)
		signal(SIGPIPE, SIG_IGN); /* QEMU may end, or be ended, with input on its way */
	sigaction(SIGALRM, &alarmed, NULL);
	stop_with_signals();
	alarm(limit);
	started = relay_bytes(from, to, verbose);
	while (waitpid(qemu, &status, 0) < 0 && errno == EINTR)
		;
	if (expired) {
		give_terminal_back();
		fprintf(stderr, "qemu.sh: %s did not end within %u s\n", name, limit);
		return 124;
	}
	if (stopped != 0)
		return 128 + stopped;
	if (!started) {
		write_all(STDERR_FILENO, firmware, firmware_size);
		fprintf(stderr, "qemu.sh: the kernel did not start\n");
		return 2;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
