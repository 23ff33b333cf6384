/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - start-up, in order. Called from boot/entry.S, which has turned the MMU on.
 */
#include <string.h>

#include "console.h"
#include "exec.h"
#include "fdt.h"
#include "fs.h"
#include "gate.h"
#include "init.h"
#include "initramfs.h"
#include "inode.h"
#include "irq.h"
#include "kmap.h"
#include "machine.h"
#include "options.h"
#include "panic.h"
#include "random.h"
#include "sbi.h"
#include "time.h"
#include "tty.h"
#include "uart.h"
#include "vm.h"

#define FDT_MAX (1UL << 20)

/* boot/entry.S, boot/kernel.lds */
extern char kernel_start[], kernel_end[];
extern const struct {
	char magic[8];
	uint64_t offset, size;
} image_payload;

struct options options = { .init = "/bin/tour" };

void main(uint64_t hart_id, paddr_t fdt, paddr_t kernel);

/* ---- memory ---- */

#define TAKEN_MAX (MACHINE_EXTENTS + 3)

struct taken {
	struct extent extent[TAKEN_MAX]; /* by start */
	unsigned count;
};

static void take(struct taken *t, paddr_t start, uint64_t size)
{
	unsigned at = t->count;

	if (size == 0)
		return;
	while (at > 0 && t->extent[at - 1].start > start) {
		t->extent[at] = t->extent[at - 1];
		at--;
	}
	t->extent[at] = (struct extent){ start, size };
	t->count++;
}

/* Calls FN for every stretch of RAM, in whole pages, that is not taken. */
static void for_each_gap(const struct taken *t, void (*fn)(paddr_t start, paddr_t end))
{
	for (unsigned r = 0; r < machine.ram_count; r++) {
		paddr_t at = PAGE_UP(machine.ram[r].start);
		const paddr_t end = PAGE_DOWN(machine.ram[r].start + machine.ram[r].size);

		for (unsigned i = 0; i < t->count; i++) {
			const paddr_t from = PAGE_DOWN(t->extent[i].start);
			const paddr_t to = PAGE_UP(t->extent[i].start + t->extent[i].size);

			if (to <= at || from >= end)
				continue;
			if (from > at)
				fn(at, from);
			at = to;
		}
		if (at < end)
			fn(at, end);
	}
}

/* The direct map leaves out the firmware and the kernel itself; the allocator also what boot has put into memory. */
static void memory_init(paddr_t fdt, uint64_t fdt_bytes, paddr_t kernel)
{
	struct taken t = { .count = 0 };

	for (unsigned i = 0; i < machine.reserved_count; i++)
		take(&t, machine.reserved[i].start, machine.reserved[i].size);
	take(&t, kernel, (uint64_t)(kernel_end - kernel_start));
	for_each_gap(&t, kmap_direct);
	take(&t, fdt, fdt_bytes);
	take(&t, machine.initrd.start, machine.initrd.size);
	for_each_gap(&t, page_add_range);
	page_init();
}

/* ---- the command line ---- */

/* The decimal number that TEXT begins with. */
static uint16_t number(const char *text)
{
	unsigned n = 0;

	while (*text >= '0' && *text <= '9' && n < UINT16_MAX / 10)
		n = n * 10 + (unsigned)(*text++ - '0');
	return (uint16_t)n;
}

static void option(char *word)
{
	if (strncmp(word, "init=", 5) == 0)
		options.init = word + 5;
	else if (strcmp(word, "explain") == 0)
		options.explain = true;
	else if (strcmp(word, "private=on") == 0)
		options.private = true;
	else if (strcmp(word, "newline=bare") == 0)
		options.bare_newline = true;
	else if (strcmp(word, "input=pipe") == 0)
		options.piped = true;
	else if (strncmp(word, "rows=", 5) == 0)
		options.rows = number(word + 5);
	else if (strncmp(word, "columns=", 8) == 0)
		options.columns = number(word + 8);
	else if (strcmp(word, "fail-nth") == 0)
		options.fail_nth = true;
	else if (strcmp(word, "leakcheck") == 0)
		options.leakcheck = true;
	else
		printk("main: command line: \"%s\" is not known here\n", word);
}

/* TEXT of N bytes is copied: options point into the copy. */
static void command_line(const char *text, uint64_t n)
{
	char *copy = kmalloc(n + 1);

	if (!copy)
		panic("main: no memory for the command line");
	memcpy(copy, text, n);
	for (char *word = copy; *word;) {
		char *end = word;

		while (*end && *end != ' ' && *end != '\n')
			end++;

		const char was = *end;

		*end = 0;
		if (*word)
			option(word);
		word = was ? end + 1 : end;
	}
}

static void read_options(void)
{
	struct inode *i = fs_lookup("/.portcullis/cmdline");

	if (i) {
		command_line((const char *)i->data, i->size);
		inode_put(i);
	}
	command_line(machine.bootargs, strlen(machine.bootargs));
}

/* ---- start-up ---- */

static uint64_t map_fdt(paddr_t fdt)
{
	uint64_t size;

	kmap_direct(PAGE_DOWN(fdt), PAGE_UP(fdt + 8));
	size = fdt_size(page_virt(fdt), FDT_MAX);
	kmap_direct(PAGE_DOWN(fdt), PAGE_UP(fdt + size));
	return size;
}

static void devices_init(void)
{
	uart_init();
	if (machine.finisher.size != 0)
		(void)kmap_device(machine.finisher.start, machine.finisher.size);
	if (machine.plic.size != 0)
		(void)kmap_device(machine.plic.start, machine.plic.size);
	time_init();
	irq_init();
}

void main(uint64_t hart_id, paddr_t fdt, paddr_t kernel)
{
	uint64_t fdt_bytes;
	const char *missing;

	sbi_putchar(2); /* STX: what came before is the firmware's */
	kmap_init(kernel);
	fdt_bytes = map_fdt(fdt);
	missing = machine_read(page_virt(fdt), fdt_bytes, hart_id);
	if (missing)
		panic("main: the firmware gave no device tree with %s", missing);
	if (image_payload.offset != 0)
		machine.initrd = (struct extent){ kernel + image_payload.offset, image_payload.size };
	memory_init(fdt, fdt_bytes, kernel);
	devices_init();
	random_init(machine.seed, machine.seed ? machine.seed_size : 0);
	gate_init();
	exec_init();
	fs_init();
	if (machine.initrd.size != 0)
		initramfs_load(page_virt(machine.initrd.start), machine.initrd.size);
	read_options();
	if (options.piped)
		tty_set_piped();
	tty_set_size(options.rows, options.columns);
	init_run();
}
