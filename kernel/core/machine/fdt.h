/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdt.h - reads a flattened device tree [devicetree specification 0.4, chapter 5].
 *
 * Every access is bounded by the size that the caller vouches for. A damaged tree ends the walk; it
 * is never read past its end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fdt {
	const uint8_t *structs, *strings;
	uint32_t structs_size, strings_size;
};

#define FDT_DEPTH_MAX 8

struct fdt_node {
	const char *name;
	uint32_t depth;				 /* 0: the root */
	uint32_t props;				 /* offset of its first token */
	uint32_t next;				 /* where fdt_next goes on */
	const uint8_t *compatible, *device_type; /* properties that every node is asked for; NULL: it has none */
	uint32_t compatible_size, device_type_size;
	/*
	 * #address-cells and #size-cells of the open node at each depth: they count for its
	 * children's reg.
	 */
	uint32_t address_cells[FDT_DEPTH_MAX], size_cells[FDT_DEPTH_MAX];
};

/* Opens the tree in BLOB, of which SIZE bytes can be read. False: it is no device tree. */
bool fdt_open(struct fdt *fdt, const void *blob, uint64_t size);
/*
 * The size that the header at BLOB states, at most MAX; 0 when it is no device tree's. Reads 8
 * bytes.
 */
uint64_t fdt_size(const void *blob, uint64_t max);

/*
 * Goes to the next node of all, in the tree's order: *NODE is all zero before the first. False at
 * the end.
 */
bool fdt_next(const struct fdt *fdt, struct fdt_node *node);

/* A property of the node: its bytes and their number in *LEN, or NULL. */
const void *fdt_prop(const struct fdt *fdt, const struct fdt_node *node, const char *name, uint32_t *len);
/* The property as a big-endian number of 4 or 8 bytes; 0 when there is none. */
uint64_t fdt_prop_number(const struct fdt *fdt, const struct fdt_node *node, const char *name);
/* Is STRING one of the node's "compatible"? */
bool fdt_compatible(const struct fdt_node *node, const char *string);
/* Is the node's "device_type" TYPE? */
bool fdt_is_type(const struct fdt_node *node, const char *type);
/* Entry I of the node's "reg"; false when there is none. */
bool fdt_reg(const struct fdt *fdt, const struct fdt_node *node, uint32_t i, uint64_t *addr, uint64_t *size);

/* The big-endian word at P. */
uint32_t fdt_word(const void *p);
