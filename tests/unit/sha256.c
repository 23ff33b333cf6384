/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sha256.c - the hash that names filters, against the examples of its standard. It
 * is the kernel's, compiled here.
 */
#include "rows.h"

#include "../../kernel/core/machine/sha256.h"

static const struct hash_row {
	const char *name;
	const char *text;
	unsigned times;
	const char *hash;
} hashes[] = {
	/* [NIST, Secure Hash Standard examples; fips180-2 appendix B] */
	{ "nothing", "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "one block", "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "two blocks, the second for the length", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	{ "a million bytes, ten at a time", "aaaaaaaaaa", 100000,
	  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

static void hash_row(void **state)
{
	const struct hash_row *row = *state;
	char hex[SHA256_HEX + 1];
	struct sha256 h;

	sha256_begin(&h);
	for (unsigned i = 0; i < row->times; i++)
		sha256_add(&h, row->text, strlen(row->text));
	sha256_end(&h, hex);
	assert_string_equal(hex, row->hash);
}

int main(void)
{
	ROWS_ADD(hash_row, hashes);
	return rows_run("sha256");
}
