/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * string.c - the kernel's functions on strings do what the C library's do. They are the kernel's, compiled here; but for memmove(),
 * which needs a memcpy() that goes up, as the kernel's does.
 */
#include "rows.h"

#include <string.h>

#define memmove kernel_memmove
#define memchr kernel_memchr
#define strchr kernel_strchr
#define strrchr kernel_strrchr
#define strncmp kernel_strncmp
#define strcmp kernel_strcmp
#define strncpy kernel_strncpy
#define strcpy kernel_strcpy
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#include "../../kernel/string.c"
#undef memmove
#undef memchr
#undef strchr
#undef strrchr
#undef strncmp
#undef strcmp
#undef strncpy
#undef strcpy

static const char *const texts[] = { "", "a", "b", "ab", "aba", "abb", "a\xff", "a\x01", "/bin/a/b", "abababab" };
#define TEXTS (sizeof(texts) / sizeof(texts[0]))

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

static void compare(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXTS; i++)
		for (size_t j = 0; j < TEXTS; j++) {
			assert_int_equal(sign(kernel_strcmp(texts[i], texts[j])), sign(strcmp(texts[i], texts[j])));
			for (size_t n = 0; n < 10; n++)
				assert_int_equal(sign(kernel_strncmp(texts[i], texts[j], n)),
						 sign(strncmp(texts[i], texts[j], n)));
		}
}

static void find(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXTS; i++)
		for (int c = 0; c < 256; c++) {
			assert_ptr_equal(kernel_strchr(texts[i], c), strchr(texts[i], c));
			assert_ptr_equal(kernel_strrchr(texts[i], c), strrchr(texts[i], c));
			for (size_t n = 0; n <= strlen(texts[i]) + 1; n++)
				assert_ptr_equal(kernel_memchr(texts[i], c, n), memchr(texts[i], c, n));
		}
}

static void copy(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXTS; i++)
		for (size_t n = 0; n < 16; n++) {
			char ours[16];
			char theirs[16];

			memset(ours, '?', sizeof(ours));
			memset(theirs, '?', sizeof(theirs));
			assert_ptr_equal(kernel_strncpy(ours, texts[i], n), ours);
			strncpy(theirs, texts[i], n);
			assert_memory_equal(ours, theirs, sizeof(ours));
			assert_ptr_equal(kernel_strcpy(ours, texts[i]), ours);
			strcpy(theirs, texts[i]);
			assert_memory_equal(ours, theirs, sizeof(ours));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(compare), cmocka_unit_test(find), cmocka_unit_test(copy) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("string", tests, NULL, NULL);
}
