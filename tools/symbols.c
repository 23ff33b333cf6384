/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.c - the kernel's table of functions, for the backtrace of a panic: `nm -n` on stdin, the
 * table on stdout. The build appends it to the image, at `symbols` of boot/kernel.lds. Names are
 * packed: the pair of codes that is found most often becomes a code of its own, again and again,
 * while codes are left. The table is
 *
 *   4 bytes "SYMS"
 *   4 bytes, little endian: how many bytes of sizes there are
 *   pairs   for each of 256 codes what it stands for: two codes, or itself and 0
 *   sizes for each function, in the order of addresses, how many 2-byte units lie between its start
 *           and the next one's: 7 bits a byte, the low ones first, bit 7 set in all but the last;
 *           the first counts from kernel_start to the first function; ends with a 0
 *   names   for each function, in the same order, the codes of its name and a 0
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODES 256

/* All names as codes, each with a 0 behind it; -1 where a code has gone into the one before it. */
static int codes[1 << 18];
static size_t length;

static uint8_t pairs[CODES][2];

static uint8_t sizes[1 << 16];
static size_t size_bytes;

static void give_up(const char *why)
{
	fprintf(stderr, "symbols: %s\n", why);
	exit(1);
}

/* A copy that the compiler made of a part of a function bears its name: foo.part.0 is foo. */
static void add_name(const char *name)
{
	const size_t n = strcspn(name, ".");

	if (length + n + 1 > sizeof(codes) / sizeof(codes[0]))
		give_up("too many names");
	for (size_t i = 0; i < n; i++) {
		const uint8_t c = (uint8_t)name[i];

		pairs[c][0] = c;
		codes[length++] = c;
	}
	codes[length++] = 0;
}

static void put_size(uint64_t bytes)
{
	uint64_t units = bytes / 2;

	if (size_bytes + 10 > sizeof(sizes))
		give_up("too many functions");
	for (; units > 127; units >>= 7)
		sizes[size_bytes++] = (uint8_t)(units | 128);
	sizes[size_bytes++] = (uint8_t)units;
}

/*
 * Reads lines "ADDRESS KIND NAME", sorted; keeps the sizes and the names. Returns
 * the kernel's room for the table.
 */
static uint64_t read_functions(void)
{
	uint64_t address, start = 0, last = 0, room = 0;
	char kind, name[256];

	while (scanf("%lx %c %255s", &address, &kind, name) == 3) {
		if (strcmp(name, "symbols_room") == 0)
			room = address;
		if (strcmp(name, "kernel_start") == 0)
			start = last = address;
		if ((kind != 't' && kind != 'T') || name[0] == '.' || name[0] == '$' || !start)
			continue;
		if (address == last && length > 0)
			continue;
		if (address % 2 != 0)
			give_up("a function at an odd address");
		put_size(address - last);
		add_name(name);
		last = address;
	}
	put_size(0);
	return room;
}

/*
 * The pair found most often, or 0 if none is found often enough to win by a code of its
 * own; of equals the first in order.
 */
static int best_pair(void)
{
	static unsigned found[CODES * CODES];
	int best = 0;

	memset(found, 0, sizeof(found));
	for (size_t i = 0; i + 1 < length; i++)
		if (codes[i] != 0 && codes[i + 1] != 0)
			found[codes[i] * CODES + codes[i + 1]]++;
	for (int pair = 1; pair < CODES * CODES; pair++)
		if (found[pair] > found[best])
			best = pair;
	return found[best] > 2 ? best : 0;
}

static void replace_pair(int left, int right, int code)
{
	size_t to = 0;

	for (size_t from = 0; from < length; from++) {
		if (from + 1 < length && codes[from] == left && codes[from + 1] == right) {
			codes[to++] = code;
			from++;
		} else {
			codes[to++] = codes[from];
		}
	}
	length = to;
}

static void pack_names(void)
{
	for (int code = 1; code < CODES; code++) {
		const int pair = pairs[code][0] ? 0 : best_pair();

		if (pair == 0)
			continue;
		pairs[code][0] = (uint8_t)(pair / CODES);
		pairs[code][1] = (uint8_t)(pair % CODES);
		replace_pair(pair / CODES, pair % CODES, code);
	}
}

int main(void)
{
	const uint64_t room = read_functions();
	uint8_t header[8] = "SYMS";

	for (int i = 0; i < 4; i++)
		header[4 + i] = (uint8_t)(size_bytes >> 8 * i);
	pack_names();
	if (sizeof(header) + sizeof(pairs) + size_bytes + length > room)
		give_up("the table is larger than symbols_room in boot/kernel.lds");
	fwrite(header, 1, sizeof(header), stdout);
	fwrite(pairs, 1, sizeof(pairs), stdout);
	fwrite(sizes, 1, size_bytes, stdout);
	for (size_t i = 0; i < length; i++)
		putchar(codes[i]);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
