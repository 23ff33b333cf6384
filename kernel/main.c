/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - start-up: main() calls everything else in order. Called from boot/entry.S, which has
 * turned the MMU on.
 */
#include <string.h>

#include "console.h"
#include "dev.h"
#include "fdt.h"
#include "fs.h"
#include "gate.h"
#include "init.h"
#include "initramfs.h"
#include "inode.h"
#include "irq.h"
#include "kmap.h"
#include "limits.h"
#include "machine.h"
#include "module.h"
#include "modules.h"
#include "options.h"
#include "panic.h"
#include "pgrp.h"
#include "power.h"
#include "random.h"
#include "rows.h"
#include "signal.h"
#include "sbi.h"
#include "task.h"
#include "time.h"
#include "uart.h"
#include "vdso.h"
#include "vm.h"

#define FDT_MAX (1UL << 20)

/* boot/entry.S, boot/kernel.lds */
extern char kernel_start[], kernel_end[];
extern const struct {
	char magic[8];
	uint64_t offset, size, words;
} image_payload;

void main(uint64_t hart_id, paddr_t fdt, paddr_t kernel, uint64_t row);

/* ---- memory ---- */

#define TAKEN_MAX (MACHINE_EXTENTS + 3)

/* Stretches of RAM that are not free. */
struct taken {
	struct extent extent[TAKEN_MAX]; /* sorted by start */
	unsigned count;
};

/* Adds SIZE bytes from START on to T. */
static void main_take(struct taken *t, paddr_t start, uint64_t size)
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

/*
 * Makes the direct map, without the firmware and the kernel itself; and gives the page allocator
 * its RAM, without these, the device tree and the initrd.
 */
static void memory_init(paddr_t fdt, uint64_t fdt_bytes, paddr_t kernel)
{
	struct taken t = { .count = 0 };

	for (unsigned i = 0; i < machine.reserved_count; i++)
		main_take(&t, machine.reserved[i].start, machine.reserved[i].size);
	main_take(&t, kernel, (uint64_t)(kernel_end - kernel_start));
	for_each_gap(&t, kmap_direct);
	main_take(&t, fdt, fdt_bytes);
	main_take(&t, machine.initrd.start, machine.initrd.size);
	for_each_gap(&t, page_add_range);
	page_init();
}

/* ---- the command line ---- */

/* Reads the N bytes of TEXT as options. These point into a copy, which is never freed. */
static void command_line(const char *text, uint64_t n)
{
	char *copy = kmalloc(n + 1);

	if (copy == NULL)
		refuse("main: no memory for the command line");
	memcpy(copy, text, n);
	options_read(copy);
}

/* Reads a packed image's words, which lie before its archive, and then the boot loader's. */
static void read_options(void)
{
	if (image_payload.offset != 0)
		command_line(page_virt(machine.initrd.start), image_payload.words);
	command_line(machine.bootargs, strlen(machine.bootargs));
	if (options.init == NULL)
		options.init = "/bin/tour";
}

/* Unpacks the archives of the row that runs. */
static void load_row(void)
{
	for (unsigned i = 0; i < ROW_ARCHIVES; i++) {
		uint64_t size;
		const uint8_t *archive = rows_archive(i, &size);

		if (size != 0)
			initramfs_load(archive, size);
	}
}

/* Does a piece of the work that was put off; false: there is none. For sched_on_free(). */
static bool do_piece(void)
{
	return inode_free_piece() || sigqueue_free_piece() || (pgrp_ops != NULL && pgrp_ops->piece());
}

static void load_files(void)
{
	const uint64_t words = image_payload.offset != 0 ? image_payload.words : 0;

	fs_init(options.root_writable);
	page_on_shortage(inode_free_piece);
	sched_on_free(do_piece);
	vm_init();
	vdso_init();
	if (rows_current != NULL)
		load_row();
	else if (machine.initrd.size != words)
		initramfs_load((const uint8_t *)page_virt(machine.initrd.start) + words, machine.initrd.size - words);
	fs_open_volumes();
}

/* The command line asks for something that only the module NAME does: ends the boot without it. */
static void need_module(const char *name)
{
	const struct module *m;

	for (uint32_t i = 0; (m = modules_get(i)) != NULL; i++)
		if (strcmp(m->name, name) == 0)
			return;
	refuse("main: the command line asks for what the module %s does, which this image lacks", name);
}

/* ---- start-up ---- */

/*
 * Programs for riscv64 Linux are compiled for RV64GC: ends the boot if the hart lacks one of its
 * extensions. Single letters end where the first name of several letters begins [unpriv 27].
 */
static void check_hart(void)
{
	const char *letters = machine.isa + strcspn(machine.isa, "4");
	const size_t n = strcspn(letters, "_zsx");

	for (const char *need = "mafdc"; machine.isa[0] != '\0' && *need != '\0'; need++) {
		if (memchr(letters, *need, n) == NULL && memchr(letters, 'g', n) == NULL)
			refuse("main: this hart (%.40s) has no extension %c; programs for riscv64 need M, A, F, D and C",
			       machine.isa, *need - 'a' + 'A');
	}
}

static bool main_overlap(paddr_t a, uint64_t a_size, paddr_t b, uint64_t b_size)
{
	return a < b + b_size && b < a + a_size;
}

/*
 * May the SIZE bytes at START be an initrd: do they lie in RAM that is neither the firmware's nor
 * that of the kernel, which is at BASE?
 */
static bool may_be_files(paddr_t start, uint64_t size, paddr_t base)
{
	bool good = false;

	for (unsigned r = 0; r < machine.ram_count; r++) {
		const struct extent *ram = &machine.ram[r];

		good |= start >= ram->start && start - ram->start <= ram->size &&
			size <= ram->size - (start - ram->start);
	}
	for (unsigned r = 0; good && r < machine.reserved_count; r++)
		good = !main_overlap(start, size, machine.reserved[r].start, machine.reserved[r].size);
	return good && !main_overlap(start, size, base, (uint64_t)(kernel_end - kernel_start));
}

/*
 * A packed image has its command line and archive behind the kernel at BASE: makes them the initrd.
 */
static void find_payload(paddr_t base)
{
	const paddr_t start = base + image_payload.offset;
	const uint64_t size = image_payload.size;

	if (!may_be_files(start, size, base) || image_payload.words > size)
		refuse("main: the packed image is damaged, or larger than the memory");
	machine.initrd = (struct extent){ start, size };
}

/* If the command line says where the initrd lies, that counts. [early_initrdmem] */
static void find_initrd(paddr_t base)
{
	struct extent *const e = &machine.initrd;

	if (options_initrdmem(machine.bootargs, &e->start, &e->size) && !may_be_files(e->start, e->size, base))
		refuse("main: command line: initrdmem: 0x%lx,0x%lx is not memory that is free", e->start, e->size);
}

/* Maps the device tree at FDT: its size, or 0 if there is none. */
static uint64_t map_fdt(paddr_t fdt)
{
	uint64_t size;

	kmap_direct(PAGE_DOWN(fdt), PAGE_UP(fdt + 8));
	size = fdt_size(page_virt(fdt), FDT_MAX);
	kmap_direct(PAGE_DOWN(fdt), PAGE_UP(fdt + size));
	return size;
}

/* Called before anything may fail: turning the machine off needs a device. */
static void map_devices(void)
{
	const struct extent devices[] = { machine.uart, machine.finisher, machine.plic, machine.rtc };

	for (unsigned i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (devices[i].size != 0)
			(void)kmap_device(devices[i].start, devices[i].size);
}

static void devices_init(void)
{
	uart_init();
	time_init(rows_current != NULL);
	time_on_tick(sched_tick);
	irq_init();
}

static void give_way(void)
{
	(void)sched_give_way();
}

void main(uint64_t hart_id, paddr_t fdt, paddr_t kernel, uint64_t row)
{
	uint64_t fdt_bytes;
	const char *missing;

	sbi_putchar(2); /* STX tells the host that what came before is the firmware's output */
	kmap_init(kernel);
	panic_tells(task_describe);
	vm_stack_limit(limits_stack);
	mm_on_long_work(give_way);
	fdt_bytes = map_fdt(fdt);
	missing = machine_read(page_virt(fdt), fdt_bytes, hart_id);
	map_devices();
	if (missing != NULL)
		refuse("main: the firmware gave no device tree with %s", missing);
	if (image_payload.offset != 0)
		find_payload(kernel);
	else
		find_initrd(kernel);
	memory_init(fdt, fdt_bytes, kernel);
	if (image_payload.offset == 0)
		rows_begin(hart_id, fdt, kernel, row);
	if (KASSERTS)
		page_fail_nth = options_fault_of_boot(machine.bootargs);
	devices_init();
	random_init(machine.seed, machine.seed != NULL ? machine.seed_size : 0);
	if (rows_current != NULL)
		random_part(rows_current->number);
	if (!random_ready())
		printk("random: no seed of 32 bytes from the boot loader: the timer's jitter will have to do\n");
	gate_init();
	read_options();
	if (KASSERTS && options.leakcheck) {
		page_poison();
		kmalloc_poison();
	}
	check_hart();
	device_init();
	modules_init();
	if (options.events != 0)
		need_module("report");
	if (options.explain)
		need_module("words");
	if (options.surroundings)
		need_module("ids");
	if (options.filters_at == AT_MAIN)
		need_module("trace");
	load_files();
	init_run();
}
