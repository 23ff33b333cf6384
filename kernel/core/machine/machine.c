/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machine.c - finds in the device tree what the kernel needs to know. Called from main.c.
 */
#include "machine.h"

#include <string.h>

#include "fdt.h"

#define IRQ_S_EXTERNAL 9 /* [priv 4.1.3] */

struct machine machine;

/* Adds the entries of NODE's "reg" to LIST, as far as it has room. */
static void machine_add(struct extent *list, unsigned *count, const struct fdt *fdt, const struct fdt_node *node)
{
	struct extent e;

	for (uint32_t i = 0; *count < MACHINE_EXTENTS && fdt_reg(fdt, node, i, &e.start, &e.size); i++)
		list[(*count)++] = e;
}

static void read_chosen(const struct fdt *fdt, const struct fdt_node *node)
{
	uint32_t len;
	const char *args = fdt_prop(fdt, node, "bootargs", &len);
	const uint64_t end = fdt_prop_number(fdt, node, "linux,initrd-end");

	if (args != NULL && len > 0 && args[len - 1] == 0)
		machine.bootargs = args;
	machine.initrd.start = fdt_prop_number(fdt, node, "linux,initrd-start");
	machine.initrd.size = end > machine.initrd.start ? end - machine.initrd.start : 0;
	machine.seed = fdt_prop(fdt, node, "rng-seed", &machine.seed_size);
}

static bool uart_compatible(const struct fdt_node *node)
{
	return fdt_compatible(node, "ns16550a") || fdt_compatible(node, "ns16550");
}

static void read_isa(const struct fdt *fdt, const struct fdt_node *cpu)
{
	uint32_t len;
	const char *isa = fdt_prop(fdt, cpu, "riscv,isa", &len);

	if (isa != NULL && len > 0 && isa[len - 1] == 0)
		machine.isa = isa;
}

/*
 * Finds which context of the PLIC is this hart's S mode. The contexts stand in
 * "interrupts-extended", as pairs of an interrupt controller and a cause.
 */
static void read_plic(const struct fdt *fdt, const struct fdt_node *node, uint32_t intc)
{
	uint32_t len;
	const uint8_t *p = fdt_prop(fdt, node, "interrupts-extended", &len);

	for (uint32_t i = 0; p != NULL && i < len / 8; i++)
		if (fdt_word(p + 8 * i) == intc && fdt_word(p + 8 * i + 4) == IRQ_S_EXTERNAL)
			machine.plic_context = i;
}

/* Reads what NODE, a child of the root, says of the machine. */
static void read_top(const struct fdt *fdt, const struct fdt_node *node)
{
	if (strcmp(node->name, "chosen") == 0)
		read_chosen(fdt, node);
	if (strcmp(node->name, "cpus") == 0)
		machine.timebase = fdt_prop_number(fdt, node, "timebase-frequency");
	if (fdt_is_type(node, "memory"))
		machine_add(machine.ram, &machine.ram_count, fdt, node);
}

/*
 * If NODE is a device that the kernel uses, notes it. INTC: the phandle of this hart's interrupt
 * controller.
 */
static void read_device(const struct fdt *fdt, const struct fdt_node *node, uint32_t intc)
{
	if (machine.uart.size == 0 && uart_compatible(node) &&
	    fdt_reg(fdt, node, 0, &machine.uart.start, &machine.uart.size)) {
		machine.uart_shift = (uint32_t)fdt_prop_number(fdt, node, "reg-shift");
		machine.uart_irq = (uint32_t)fdt_prop_number(fdt, node, "interrupts");
	}
	if (fdt_compatible(node, "sifive,test0"))
		(void)fdt_reg(fdt, node, 0, &machine.finisher.start, &machine.finisher.size);
	if (fdt_compatible(node, "virtio,mmio"))
		machine_add(machine.virtio, &machine.virtio_count, fdt, node);
	if (fdt_compatible(node, "google,goldfish-rtc"))
		(void)fdt_reg(fdt, node, 0, &machine.rtc.start, &machine.rtc.size);
	if (fdt_compatible(node, "riscv,plic0") || fdt_compatible(node, "sifive,plic-1.0.0")) {
		(void)fdt_reg(fdt, node, 0, &machine.plic.start, &machine.plic.size);
		read_plic(fdt, node, intc);
	}
}

const char *machine_read(const void *blob, uint64_t size, uint64_t hart_id)
{
	struct fdt fdt;
	uint32_t intc = 0;
	bool in_reserved = false, in_this_cpu = false;

	machine.bootargs = "";
	machine.isa = "";
	if (!fdt_open(&fdt, blob, size))
		return "a device tree";

	for (struct fdt_node node = { 0 }; fdt_next(&fdt, &node);) {
		uint64_t unused;

		if (node.depth == 1) {
			in_reserved = strcmp(node.name, "reserved-memory") == 0;
			read_top(&fdt, &node);
		} else if (in_reserved && node.depth == 2) {
			machine_add(machine.reserved, &machine.reserved_count, &fdt, &node);
		}
		if (fdt_is_type(&node, "cpu")) {
			uint64_t id = 0;

			in_this_cpu = fdt_reg(&fdt, &node, 0, &id, &unused) && id == hart_id;
			if (in_this_cpu)
				read_isa(&fdt, &node);
		}
		if (in_this_cpu && fdt_compatible(&node, "riscv,cpu-intc"))
			intc = (uint32_t)fdt_prop_number(&fdt, &node, "phandle");
		read_device(&fdt, &node, intc);
	}
	if (machine.ram_count == 0)
		return "a memory node";
	if (machine.timebase == 0)
		return "a timebase-frequency";
	return NULL;
}
