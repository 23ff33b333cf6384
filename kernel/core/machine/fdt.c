/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdt.c - reads a flattened device tree token by token: see fdt.h. Called from machine.c.
 */
#include "fdt.h"

#include <string.h>

#define MAGIC 0xd00dfeedU
#define HEADER_SIZE 40U

enum token { BEGIN_NODE = 1, END_NODE = 2, PROP = 3, NOP = 4, END = 9 };

uint32_t fdt_word(const void *p)
{
	const uint8_t *b = p;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The big-endian number in the N cells (32-bit words) at P; of more than two, the last two. */
static uint64_t read_cells(const uint8_t *p, uint32_t n)
{
	uint64_t v = 0;

	while (n-- > 0) {
		v = v << 32 | fdt_word(p);
		p += 4;
	}
	return v;
}

uint64_t fdt_size(const void *blob, uint64_t max)
{
	const uint8_t *b = blob;
	const uint32_t size = fdt_word(b + 4);

	return fdt_word(b) == MAGIC && size <= max ? size : 0;
}

bool fdt_open(struct fdt *fdt, const void *blob, uint64_t size)
{
	const uint8_t *b = blob;

	if (size < HEADER_SIZE || fdt_size(blob, size) < HEADER_SIZE)
		return false;

	const uint32_t total = fdt_word(b + 4);
	const uint32_t off_structs = fdt_word(b + 8), off_strings = fdt_word(b + 12);

	fdt->strings_size = fdt_word(b + 32);
	fdt->structs_size = fdt_word(b + 36);
	if (off_structs > total || fdt->structs_size > total - off_structs || off_structs % 4 != 0)
		return false;
	if (off_strings > total || fdt->strings_size > total - off_strings)
		return false;
	fdt->structs = b + off_structs;
	fdt->strings = b + off_strings;
	/* The strings must end with a NUL: then every name that begins in them ends in them. */
	return fdt->strings_size > 0 && fdt->strings[fdt->strings_size - 1] == 0;
}

/* The size of the string at P with its NUL; 0: there is no NUL among the ROOM bytes. */
static uint32_t string_size(const uint8_t *p, uint32_t room)
{
	const uint8_t *nul = memchr(p, 0, room);

	return nul != NULL ? (uint32_t)(nul - p) + 1 : 0;
}

struct token_view {
	uint32_t kind;
	uint32_t next;	      /* offset of the next token */
	const uint8_t *value; /* a property's bytes, a node's name */
	uint32_t len;
	const char *name; /* a property's */
};

/* The token at AT; its kind is END at the end of the tree and where the tree is damaged. */
static struct token_view read_token(const struct fdt *fdt, uint32_t at)
{
	struct token_view t = { .kind = END };
	uint32_t room, n;

	if (at > fdt->structs_size || fdt->structs_size - at < 4)
		return t;
	t.value = fdt->structs + at + 4;
	t.next = at + 4;
	room = fdt->structs_size - t.next;
	switch (fdt_word(fdt->structs + at)) {
	case BEGIN_NODE:
		n = string_size(t.value, room);
		if (n == 0)
			return t;
		t.next += (n + 3) & ~3U;
		t.kind = BEGIN_NODE;
		return t;
	case PROP:
		if (room < 8)
			return t;
		t.len = fdt_word(t.value);
		n = fdt_word(t.value + 4);
		if (t.len > room - 8 || n >= fdt->strings_size)
			return t;
		t.name = (const char *)fdt->strings + n;
		t.value += 8;
		t.next += 8 + ((t.len + 3) & ~3U);
		t.kind = PROP;
		return t;
	case END_NODE:
		t.kind = END_NODE;
		return t;
	case NOP:
		t.kind = NOP;
		return t;
	default:
		return t;
	}
}

/* Are A and B equal? Most names differ in the first letter, so that is compared without a call. */
static bool names_equal(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

/*
 * Reads the properties of NODE, which has just been opened: stores in NODE those that every node is
 * asked for, and makes NODE->next the place behind them.
 */
static void read_common(const struct fdt *fdt, struct fdt_node *node)
{
	node->address_cells[node->depth] = 2;
	node->size_cells[node->depth] = 1;
	node->compatible = node->device_type = NULL;
	for (;;) {
		const struct token_view t = read_token(fdt, node->next);

		if (t.kind != PROP && t.kind != NOP)
			return;
		node->next = t.next;
		if (t.kind == NOP)
			continue;
		if (names_equal(t.name, "compatible")) {
			node->compatible = t.value;
			node->compatible_size = t.len;
		} else if (names_equal(t.name, "device_type")) {
			node->device_type = t.value;
			node->device_type_size = t.len;
		} else if (t.len == 4 && names_equal(t.name, "#address-cells")) {
			node->address_cells[node->depth] = fdt_word(t.value);
		} else if (t.len == 4 && names_equal(t.name, "#size-cells")) {
			node->size_cells[node->depth] = fdt_word(t.value);
		}
	}
}

bool fdt_next(const struct fdt *fdt, struct fdt_node *node)
{
	/* While walking, depth counts the nodes that are open: before the first one, none is. */
	uint32_t open = node->name != NULL ? node->depth + 1 : 0;
	uint32_t at = node->next;

	for (;;) {
		const struct token_view t = read_token(fdt, at);

		at = t.next;
		switch (t.kind) {
		case BEGIN_NODE:
			if (open == FDT_DEPTH_MAX)
				return false;
			node->name = (const char *)t.value;
			node->depth = open;
			node->props = node->next = at;
			read_common(fdt, node);
			return true;
		case END_NODE:
			if (open == 0)
				return false;
			open--;
			break;
		case PROP:
		case NOP:
			break;
		default:
			return false;
		}
	}
}

const void *fdt_prop(const struct fdt *fdt, const struct fdt_node *node, const char *name, uint32_t *len)
{
	uint32_t at = node->props;

	for (;;) {
		const struct token_view t = read_token(fdt, at);

		if (t.kind == PROP && names_equal(t.name, name)) {
			*len = t.len;
			return t.value;
		}
		if (t.kind != PROP && t.kind != NOP)
			return NULL;
		at = t.next;
	}
}

uint64_t fdt_prop_number(const struct fdt *fdt, const struct fdt_node *node, const char *name)
{
	uint32_t len;
	const uint8_t *p = fdt_prop(fdt, node, name, &len);

	return p != NULL && (len == 4 || len == 8) ? read_cells(p, len / 4) : 0;
}

bool fdt_compatible(const struct fdt_node *node, const char *string)
{
	const uint8_t *p = node->compatible;
	uint32_t len, n;

	for (len = p != NULL ? node->compatible_size : 0; len > 0 && (n = string_size(p, len)) != 0; p += n, len -= n)
		if (strcmp((const char *)p, string) == 0)
			return true;
	return false;
}

bool fdt_is_type(const struct fdt_node *node, const char *type)
{
	const size_t size = strlen(type) + 1;

	return node->device_type != NULL && node->device_type_size == size &&
	       memcmp(node->device_type, type, size) == 0;
}

bool fdt_reg(const struct fdt *fdt, const struct fdt_node *node, uint32_t i, uint64_t *addr, uint64_t *size)
{
	uint32_t len;
	const uint8_t *p = fdt_prop(fdt, node, "reg", &len);

	if (p == NULL || node->depth == 0)
		return false;

	const uint32_t ac = node->address_cells[node->depth - 1], sc = node->size_cells[node->depth - 1];

	if (ac > 2 || sc > 2 || ac + sc == 0 || i >= len / 4 / (ac + sc))
		return false;
	p += (uint64_t)i * (ac + sc) * 4;
	*addr = read_cells(p, ac);
	*size = read_cells(p + ac * 4, sc);
	return true;
}
