/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdt.c - libFuzzer on the kernel's device-tree reader: whatever the blob, the walk ends, and all it gives lies inside.
 */
#include <stdlib.h>
#include <string.h>

#include "fdt.h"

static volatile uint64_t sum;

/* ASan looks at every byte that is read. */
static void look(const void *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		sum += ((const uint8_t *)p)[i];
}

static void ask(const struct fdt *fdt, const struct fdt_node *node)
{
	static const char *const names[] = { "reg",	 "compatible",	    "riscv,isa",
					     "bootargs", "clock-frequency", "interrupts-extended" };
	uint64_t addr, size;

	look(node->name, (uint32_t)strlen(node->name));
	if (node->depth >= FDT_DEPTH_MAX)
		abort();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t len;
		const void *p = fdt_prop(fdt, node, names[i], &len);

		if (p != NULL)
			look(p, len);
		sum += fdt_prop_number(fdt, node, names[i]);
	}
	sum += fdt_compatible(node, "riscv,plic0") + fdt_is_type(node, "memory");
	for (uint32_t i = 0; i < 4 && fdt_reg(fdt, node, i, &addr, &size); i++)
		sum += addr + size;
	sum += fdt_reg(fdt, node, UINT32_MAX, &addr, &size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct fdt fdt;
	struct fdt_node node = { 0 };
	size_t nodes = 0;

	if (!fdt_open(&fdt, bytes, n))
		return 0;
	while (fdt_next(&fdt, &node)) {
		if (++nodes > n)
			abort();
		ask(&fdt, &node);
	}
	return 0;
}
