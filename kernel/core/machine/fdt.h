/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdt.h - reads a flattened device tree [devicetree specification 0.4, chapter 5].
 *
 * The tree is not trusted: nothing is read beyond the size that the caller states. Where the tree
 * is damaged, the walk through it ends.
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
	const uint8_t *compatible, *device_type; /* the values of these properties; NULL: the node lacks it */
	uint32_t compatible_size, device_type_size;
	/*
	 * #address-cells and #size-cells of NODE and of each node above it, by depth: they apply to
	 * the "reg" of the node's children.
	 */
	uint32_t address_cells[FDT_DEPTH_MAX], size_cells[FDT_DEPTH_MAX];
};

/* Opens the tree in BLOB, of which SIZE bytes can be read. False: it is no device tree. */
bool fdt_open(struct fdt *fdt, const void *blob, uint64_t size);
/*
 * The size that the header at BLOB, of which 8 bytes are read, states; 0: it is no device tree's,
 * or states more than MAX.
 */
uint64_t fdt_size(const void *blob, uint64_t max);

/*
 * Makes *NODE, which is all zero at first, the next node in the order of the blob: parents before
 * their children. False: there are no more.
 */
bool fdt_next(const struct fdt *fdt, struct fdt_node *node);

/* The value of the node's property NAME, with its size in *LEN; NULL: the node lacks it. */
const void *fdt_prop(const struct fdt *fdt, const struct fdt_node *node, const char *name, uint32_t *len);
/* The same as a number of 4 or 8 bytes; 0: the node lacks it, or it has another size. */
uint64_t fdt_prop_number(const struct fdt *fdt, const struct fdt_node *node, const char *name);
/* Is STRING one of the strings of the node's "compatible"? */
bool fdt_compatible(const struct fdt_node *node, const char *string);
/* Is the node's "device_type" TYPE? */
bool fdt_is_type(const struct fdt_node *node, const char *type);
/* Stores entry I of the node's "reg", an address and a size. False: there is none. */
bool fdt_reg(const struct fdt *fdt, const struct fdt_node *node, uint32_t i, uint64_t *addr, uint64_t *size);

/* The big-endian 32-bit word at P. */
uint32_t fdt_word(const void *p);
