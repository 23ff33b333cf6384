/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * format.c - the kernel's formatter says what the C library's says, and cuts where it cuts. It is the kernel's, compiled here.
 */
#include "rows.h"

#include <stdio.h>
#include <string.h>

#include "../../kernel/format.h"

#define ROOM 64

static size_t format(char *buf, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const size_t n = format_text(buf, size, format, args);

	va_end(args);
	return n;
}

static void check(const char *ours, size_t our_length, const char *theirs, int their_length)
{
	assert_int_equal(our_length, their_length);
	assert_string_equal(ours, theirs);
}

/* One format and its values, into rooms of every size up to all of it. */
#define SAME(...)                                                                     \
	for (size_t size = 0; size <= ROOM; size++) {                                 \
		char ours[ROOM] = "?";                                                \
		char theirs[ROOM] = "?";                                              \
		const size_t our_length = format(ours, size, __VA_ARGS__);            \
                                                                                      \
		check(ours, our_length, theirs, snprintf(theirs, size, __VA_ARGS__)); \
	}

/* The C library's fortifying says at once what does not fit. */
#pragma GCC diagnostic ignored "-Wformat-truncation"

static void numbers(void **state)
{
	(void)state;
	SAME("%d %d %d", 0, 17, -17);
	SAME("%d %ld", -2147483647 - 1, -9223372036854775807L - 1);
	SAME("%u %lu", 4294967295U, 18446744073709551615UL);
	SAME("%x %lx", 0xdeadbeefU, 0xfedcba9876543210UL);
	SAME("%o %lo", 0644, 18446744073709551615UL);
	SAME("%08lx|%016lx|%05x|%03u", 0xabcUL, 1UL, 0x123456, 7U);
	SAME("%8lu|%10u|%3d|%-5d|%-20lu|", 123UL, 4U, -1234, -12, 9UL);
	SAME("%p", (void *)0x1234);
}

static void words(void **state)
{
	(void)state;
	SAME("no conversion");
	SAME("%s and %s", "one", "");
	SAME("%3s|%-10s|%-2s|", "ab", "left", "long");
	SAME("%c%c %% %c", 'a', 'z', '\n');
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(numbers), cmocka_unit_test(words) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
