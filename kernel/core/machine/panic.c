/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * panic.c - ends the machine with a message: see panic.h. After a bug it relies on as little as
 * possible of the kernel.
 */
#include "panic.h"

#include <stdarg.h>
#include <stdio.h>

#include "console.h"
#include "kassert.h"
#include "hart.h"
#include "power.h"
#include "riscv.h"
#include "words.h"

extern char kernel_start[], kernel_text_end[];

static bool panicking;
static void (*tell_task)(void);

void panic_tells(void (*describe)(void))
{
	tell_task = describe;
}

static void begin_panic(void)
{
	if (panicking) {
		printk("panic: again, while telling of the first one\n");
		power_off(PANIC_STATUS);
	}
	panicking = true;
}

static void print_task(void)
{
	if (tell_task != NULL)
		tell_task();
}

static void print_address(uint64_t pc)
{
	uint64_t offset;
	const char *name = words_function(pc, &offset);

	printk("panic:   0x%lx %s+0x%lx\n", (unsigned long)pc, name, (unsigned long)offset);
}

/*
 * Can WORD be a return address: does it lie in the kernel's code, right behind a call instruction?
 * [unpriv 2.5.1, 19.8]
 */
static bool is_return_address(uint64_t word)
{
	const uint16_t *next = (const uint16_t *)word;

	if (word <= (uint64_t)kernel_start + 4 || word >= (uint64_t)kernel_text_end || word % 2 != 0)
		return false;
	return (next[-1] & 0xf07f) == 0x9002 || /* c.jalr */
	       (next[-2] & 0x0fff) == 0x00ef || /* jal ra */
	       (next[-2] & 0x7fff) == 0x00e7;	/* jalr ra */
}

/*
 * Prints every word of the stack that can be a return address, from SP up to the trapframe at its
 * top. There are no frame pointers, because code without them is smaller and faster. So return
 * addresses that earlier calls have left on the stack may be among those printed.
 */
static void print_backtrace(uint64_t sp)
{
	const uint64_t bottom = hart.frame + sizeof(struct trapframe) - TASK_STACK_SIZE;
	int shown = 0;

	if (sp < bottom || sp > hart.frame)
		sp = bottom;
	for (; sp < hart.frame && shown < 32; sp += sizeof(uint64_t)) {
		const uint64_t word = *(const uint64_t *)sp;

		if (is_return_address(word)) {
			print_address(word - 4);
			shown++;
		}
	}
}

_Noreturn void panic(const char *format, ...)
{
	char line[256];
	va_list args;

	begin_panic();
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	printk("\npanic: %s\n", line);
	print_task();
	printk("panic: called from\n");
	print_backtrace((uint64_t)__builtin_frame_address(0));
	power_off(PANIC_STATUS);
}

_Noreturn void kassert_failed(const char *file, unsigned line, const char *what)
{
	panic("%s:%u: this does not hold: %s", file, line, what);
}

_Noreturn void refuse(const char *format, ...)
{
	char line[256];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	printk("%s: nothing runs\n", line);
	power_off(STATUS_REFUSED);
}

_Noreturn void panic_trap(const struct trapframe *frame)
{
	static const char *const names[] = { "pc", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
					     "a1", "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
					     "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6" };
	const uint64_t *registers = &frame->pc;
	const uint64_t below = hart.frame - frame->sp;

	begin_panic();
	printk("\npanic: %s in the kernel, address 0x%lx (scause 0x%lx)\n", cause_text(frame->cause),
	       (unsigned long)frame->tval, (unsigned long)frame->cause);
	if (below > TASK_STACK_SIZE)
		printk("panic: sp is outside the kernel stack: it has overflowed\n");
	print_task();
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i += 4)
		printk("panic: %3s=%016lx %3s=%016lx %3s=%016lx %3s=%016lx\n", names[i], (unsigned long)registers[i],
		       names[i + 1], (unsigned long)registers[i + 1], names[i + 2], (unsigned long)registers[i + 2],
		       names[i + 3], (unsigned long)registers[i + 3]);
	printk("panic: at\n");
	print_address(frame->pc);
	print_address(frame->ra - 4); /* the caller, unless this function has made calls itself */
	print_backtrace(frame->sp);
	power_off(PANIC_STATUS);
}
