/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rowrun.c - runs QEMU on an initrd of many programs (include/portcullis/rows.h), and takes apart
 * what comes out: `rowrun INITRD FIRST DIR RECORDS QEMU ARGUMENT...`; see tools/each.sh.
 *
 * The rows from the FIRSTth on, as the QEMU command line says, too. For each that ends there is one
 * line on standard output: its number, exit status, microseconds, "told" if its records say
 * what filters answered, or do not come to their end, else "-", and "late" where its time was up.
 * What it wrote to the console is then in DIR/NUMBER.log, and what it added to the file RECORDS,
 * unless that is "", in RECORDS.NUMBER. The log has no marks of the console's streams
 * (kernel/core/machine/console.h); in it, too, what the kernel says begins on a line of its own.
 *
 * It ends with QEMU. A row whose time is up ends QEMU, and has status 124. One in which QEMU ends
 * by itself has panicked: 253; or the kernel refused all rows: 251. The rows behind it are the
 * caller's to boot again. A signal ends QEMU and this one, and the row is "stopped": 128 and the
 * signal. Status 3: no row began; 2: any other fault, with one line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <portcullis/events.h>
#include <portcullis/rows.h>

#include "qemu.h"

#define STATUS_TIMEOUT 124
#define STATUS_PANIC 253
#define STATUS_REFUSED 251

static const struct rows_header *header;
static uint64_t at; /* the row that runs, or is about to */
static const char *dir, *records;
static uint64_t records_done; /* bytes */
static FILE *console_log;     /* NULL: nothing of the row has come yet, only of the firmware */
static uint64_t began;	      /* us */
static bool any;

static uint64_t time_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static FILE *create_file(const char *path)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL)
		fail_because(path);
	return f;
}

/* N bytes more of the records, to OUT; false: there are fewer. */
static bool copy_bytes(FILE *from, FILE *out, uint64_t n)
{
	static char part[4096];

	while (n > 0) {
		const size_t size = n < sizeof(part) ? n : sizeof(part);

		if (fread(part, size, 1, from) != 1 || fwrite(part, size, 1, out) != 1)
			return false;
		n -= size;
	}
	return true;
}

/* Is the record one of what filters answered, or of a filter that was refused? */
static bool is_told(const struct event *e)
{
	return e->type == EVENT_CALL || e->type == EVENT_REFUSED || e->type == EVENT_COUNT;
}

/*
 * The row's records, up to the last one. The kernel waits for the host, so all of them are there;
 * those of the next row may be, too. Of a row that did not come to its end, whole records. False:
 * these are all, and none of them is_told().
 */
static bool keep_records(void)
{
	bool told = false;
	const char *words = (const char *)header + header->row[at].words;
	struct event e = { 0 };
	char path[PATH_MAX];
	FILE *from, *out;

	if (records[0] == '\0' || strstr(words, " events=") == NULL)
		return false;
	snprintf(path, sizeof(path), "%s.%u", records, header->row[at].number);
	out = create_file(path);
	from = fopen(records, "rb");
	if (from == NULL || fseeko(from, (off_t)records_done, SEEK_SET) != 0)
		fail_because(records);
	while (e.type != EVENT_END && fread(&e, sizeof(e), 1, from) == 1 && e.size >= sizeof(e)) {
		if (fwrite(&e, sizeof(e), 1, out) != 1)
			fail_because(path);
		if (!copy_bytes(from, out, e.size - sizeof(e)))
			break;
		records_done += e.size;
		told |= is_told(&e);
	}
	fclose(from);
	if (fclose(out) != 0)
		fail_because(path);
	return told || e.type != EVENT_END;
}

static struct streams stream;
static bool marked;	/* the row's bytes are */
static bool unfinished; /* the last line, by standard output */

static void begin_row(void)
{
	const char *words = (const char *)header + header->row[at].words;
	char path[PATH_MAX];

	marked = strstr(words, " stdout=pipe") != NULL || strstr(words, " stderr=pipe") != NULL;
	stream = (struct streams){ .now = STREAM_KERNEL };
	unfinished = false;

	snprintf(path, sizeof(path), "%s/%u.log", dir, header->row[at].number);
	console_log = create_file(path);
	any = true;
}

static void end_row(unsigned status, const char *how)
{
	const uint64_t end = time_now();

	if (console_log == NULL)
		begin_row();
	if (fclose(console_log) != 0)
		fail_because(dir);
	console_log = NULL;
	printf("%u %u %lu %s%s\n", header->row[at].number, status, (unsigned long)(end - began),
	       keep_records() ? "told" : "-", how);
	fflush(stdout);
	began = end;
	at++;
}

/* ---- the console ---- */

static void log_byte(char c)
{
	if (stream.now == STREAM_KERNEL && unfinished)
		putc('\n', console_log);
	unfinished = stream.now == STREAM_OUTPUT && c != '\n';
	putc(c, console_log);
}

/*
 * One byte after the other: what begins as the end of a row is held back until it is one, or is
 * not. STX is nowhere in the token, so what is held back has no second beginning in it.
 */
static void read_byte(char c)
{
	static unsigned held, status;
	const char *token = header->token;

	if (console_log == NULL) { /* the firmware's, up to the kernel's first byte */
		if (c == STX && at < header->count)
			begin_row();
		return;
	}
	if (held == ROWS_TOKEN + 2 && (c == '\n' || (c >= '0' && c <= '9'))) {
		if (c != '\n') {
			status = status * 10 + (unsigned)(c - '0');
			return;
		}
		end_row(status, "");
		held = status = 0;
		return;
	}
	if (held == 0 ? c == STX : held <= ROWS_TOKEN ? c == token[held - 1] : held == ROWS_TOKEN + 1 && c == ':') {
		held++;
		return;
	}
	if (held > 0) {
		log_byte(STX);
		for (unsigned i = 0; i < held - 1 && i < ROWS_TOKEN; i++)
			log_byte(token[i]);
		held = 0;
		read_byte(c);
		return;
	}
	log_byte(c);
}

/* Until the console ends, or a row's time: false. */
static bool read_console(int fd)
{
	static char part[1 << 16];

	for (;;) {
		const uint64_t seconds = at < header->count ? header->row[at].seconds : 10;
		const uint64_t until = began + seconds * 1000000, time = time_now();
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int ready = 0;
		ssize_t n;

		if (seconds == 0 || time < until)
			ready = poll(&p, 1, seconds == 0 ? -1 : (int)((until - time) / 1000 + 1));
		if (ready == 0 && seconds != 0 && time_now() >= until)
			return false;
		if (ready <= 0)
			continue;
		n = read(fd, part, sizeof(part));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		for (ssize_t i = 0; i < n; i++)
			if (console_log == NULL || !marked || !is_mark(&stream, part[i]))
				read_byte(part[i]);
		if (console_log != NULL)
			fflush(console_log); /* somebody may be watching */
	}
}

static int start_command(char **command)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		fail_because("pipe");
	qemu = fork();
	if (qemu < 0)
		fail_because("fork");
	if (qemu == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ends[1], STDOUT_FILENO);
		execvp(command[0], command);
		fail_because(command[0]);
	}
	close(ends[1]);
	return ends[0];
}

static void map_header(const char *file)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		fail_because(file);
	header = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (header == MAP_FAILED)
		fail_because(file);
	close(fd);
}

int main(int argc, char **argv)
{
	int console, status;
	bool ended;

	if (argc < 6) {
		fprintf(stderr, "usage: rowrun INITRD FIRST DIR RECORDS QEMU ARGUMENT...\n");
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	map_header(argv[1]);
	at = strtoul(argv[2], NULL, 10);
	dir = argv[3];
	records = argv[4];
	began = time_now();
	console = start_command(argv + 5);
	stop_with_signals();
	ended = read_console(console);
	if (!ended)
		kill(qemu, SIGKILL);
	while (waitpid(qemu, &status, 0) != qemu)
		if (errno != EINTR)
			fail_because("waitpid");
	if (at == header->count)
		return 0;
	if (stopped != 0)
		end_row(128 + (unsigned)stopped, " stopped");
	else if (!ended)
		end_row(STATUS_TIMEOUT, " late");
	else if (console_log != NULL)
		end_row(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_REFUSED ? STATUS_REFUSED : STATUS_PANIC, "");
	return any ? 0 : 3;
}
