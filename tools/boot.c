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
 *   -e          standard error is at the start of a line in the end, because more is said there
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "input.h"
#include "qemu.h"

#define FIRMWARE_MAX 65536

static volatile sig_atomic_t expired;

static char firmware[FIRMWARE_MAX];
static size_t firmware_size;
static int log_file = -1;
static bool streams, outputs_are_one, in_a_line; /* of what is shown where standard error goes */

static void on_alarm(int signal)
{
	(void)signal;
	expired = 1;
	kill(qemu, SIGKILL);
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

static void show_on(int fd, const char *bytes, size_t n)
{
	write_all(fd, bytes, n);
	if (n > 0 && (fd == STDERR_FILENO || outputs_are_one))
		in_a_line = bytes[n - 1] != '\n';
	if (log_file >= 0)
		write_all(log_file, bytes, n);
}

static void find_outputs(void)
{
	struct stat out, err;

	outputs_are_one = fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 &&
			  out.st_dev == err.st_dev && out.st_ino == err.st_ino;
}

/* Before anything else is said on standard error. */
static void end_line(void)
{
	if (in_a_line)
		write_all(STDERR_FILENO, "\n", 1);
	in_a_line = false;
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
	bool verbose = false, none = true, more = false, started;
	const char *name = "the program";
	int c, from, to, status = 0;

	while ((c = getopt(argc, argv, "t:n:i:sl:ve")) != -1) {
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
		case 'e':
			more = true;
			break;
		default:
			return 2;
		}
	}
	if (optind == argc) {
		fprintf(stderr, "usage: boot [OPTION...] -- QEMU...\n");
		return 2;
	}
	find_outputs();
	start_qemu(argv + optind, &from, &to, none);
	if (to >= 0)
		signal(SIGPIPE, SIG_IGN); /* QEMU may end, or be ended, with input on its way */
	sigaction(SIGALRM, &alarmed, NULL);
	stop_with_signals();
	alarm(limit);
	started = relay_bytes(from, to, verbose);
	while (waitpid(qemu, &status, 0) < 0 && errno == EINTR)
		;
	if (more || expired)
		end_line();
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
