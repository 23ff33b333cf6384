/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleeping-takes-no-processor-time - while a process sleeps nobody runs: its clock of processor
 * time stands still; /proc/stat, loadavg and cmdline can be read.
 */
#include "files.h"

static long cpu_ms(void)
{
	struct timespec now;

	CHECK(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Idle time of all processors, in hundredths of a second. */
static long idle(void)
{
	char text[4000];
	const char *at = text + 4;
	char *end;

	read_text("/proc/stat", text, sizeof(text));
	CHECK(memcmp(text, "cpu ", 4) == 0);
	for (int n = 0; n < 3; n++, at = end)
		(void)strtol(at, &end, 10);
	return strtol(at, NULL, 10);
}

int main(void)
{
	const long before = cpu_ms(), idle_before = idle();
	char text[200];

	sleep_ms(400);
	CHECK(cpu_ms() - before < 200);
	CHECK(idle() >= idle_before); /* somebody else may be busy */
	while (cpu_ms() - before < 250)
		compute();
	read_text("/proc/loadavg", text, sizeof(text));
	CHECK(strchr(text, '/') != NULL);
	read_text("/proc/cmdline", text, sizeof(text));
	CHECK(strchr(text, '\n') != NULL || strlen(text) == sizeof(text) - 1);
	return 0;
}
