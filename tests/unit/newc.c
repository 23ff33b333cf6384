/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newc.c - the reader of the initrd's archives, on good ones and on hostile ones. It
 * is the kernel's, compiled here.
 */
#include "rows.h"

#include "../../kernel/core/files/newc.h"

#define ZERO "00000000"
#define FIELDS_OF(uid, size) "00000001" "000081a4" uid ZERO "00000001" ZERO size ZERO ZERO ZERO ZERO
#define FIELDS FIELDS_OF(ZERO, "00000003")
/* A header for a file of 3 bytes with a name of LEN bytes (8 digits), terminator included. */
#define FILE3(len) "070701" FIELDS len ZERO
#define GOOD FILE3("00000002") "a\0abc\0"
#define END "070701" FIELDS_OF(ZERO, ZERO) "0000000b" ZERO "TRAILER!!!\0\0\0\0"

static const struct archive_row {
	const char *name;
	const char *bytes;
	size_t size;
	int entries; /* that are read before the end or the mistake */
	const char *error;
	uint64_t start; /* of the entry with the mistake */
} archives[] = {
#define ARCHIVE(bytes) bytes, sizeof(bytes) - 1
	{ "nothing", ARCHIVE(""), 0, NULL, 0 },
	{ "zeroes alone", ARCHIVE("\0\0\0\0\0"), 0, NULL, 0 },
	{ "one file and the trailer", ARCHIVE(GOOD END), 2, NULL, 0 },
	{ "two archives with zeroes between", ARCHIVE(GOOD END "\0\0\0\0\0\0\0\0" GOOD END "\0\0"), 4, NULL, 0 },
	{ "the checksum kind", ARCHIVE("070702" FIELDS "00000002" ZERO "a\0abc\0"), 1, NULL, 0 },
	{ "no padding behind the last contents", ARCHIVE(FILE3("00000002") "a\0abc"), 1, NULL, 0 },
	{ "digits of either case", ARCHIVE("070701" FIELDS_OF("0000FfaA", "00000003") "00000002" ZERO "a\0abc\0"), 1, NULL, 0 },
	{ "cut off in a header", ARCHIVE("070701000000"), 0, "cut off in a header", 0 },
	{ "cut off in a name", ARCHIVE(FILE3("00000004") "ab"), 0, "cut off", 0 },
	{ "cut off in the contents", ARCHIVE(FILE3("00000002") "a\0ab"), 0, "cut off", 0 },
	{ "a size of 4 GiB", ARCHIVE("070701" FIELDS_OF(ZERO, "ffffffff") "00000002" ZERO "a\0abc\0"), 0, "cut off", 0 },
	{ "a name of 4 GiB", ARCHIVE(FILE3("ffffffff") "a\0abc\0"), 0, "a name without length, or too long", 0 },
	{ "a name without length", ARCHIVE(FILE3("00000000") "a\0abc\0"), 0, "a name without length, or too long", 0 },
	{ "a name without end", ARCHIVE(FILE3("00000002") "ababc\0"), 0, "a name that does not end where it should", 0 },
	{ "a name that ends early", ARCHIVE(FILE3("00000006") "a\0bcd\0abc\0"), 0,
	  "a name that does not end where it should", 0 },
	{ "a letter that is no digit", ARCHIVE("070701" FIELDS_OF("0000000g", ZERO) "00000002" ZERO "a\0"), 0,
	  "a number in a header is not hexadecimal", 0 },
	{ "a compressed archive", ARCHIVE("\037\213\b\0\0\0\0\0\0\003" GOOD), 0, "not a newc archive (compressed?)", 0 },
	{ "the old portable kind", ARCHIVE("070707" FIELDS "00000002" ZERO "a\0abc\0"), 0,
	  "not a newc archive (compressed?)", 0 },
	{ "a mistake behind a good archive", ARCHIVE(GOOD END "\0\0\0\0" "x" GOOD), 2, "not a newc archive (compressed?)", 244 },
};

static void archive_row(void **state)
{
	const struct archive_row *row = *state;
	/* A copy without a byte to spare, so that the sanitizer sees a step too far. */
	uint8_t *bytes = malloc(row->size + (row->size == 0));
	struct newc reader = { .data = bytes, .size = row->size };
	struct newc_entry entry;
	int entries = 0;

	memcpy(bytes, row->bytes, row->size);
	while (newc_next(&reader, &entry)) {
		entries++;
		assert_true(entry.trailer || (strcmp(entry.name, "a") == 0 && memcmp(entry.data, "abc", 3) == 0));
	}
	assert_int_equal(entries, row->entries);
	if (row->error == NULL) {
		assert_null(reader.error);
		assert_int_equal(reader.at, row->size);
	} else {
		assert_string_equal(reader.error, row->error);
		assert_int_equal(reader.start, row->start);
	}
	free(bytes);
}

int main(void)
{
	ROWS_ADD(archive_row, archives);
	return rows_run("newc");
}
