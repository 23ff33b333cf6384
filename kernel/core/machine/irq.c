/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * irq.c - serves interrupts. The kernel runs with interrupts off (SIE is 0): they trap only in user
 * mode. The idle loop, and loops that take long, ask for them by irq_serve().
 */
#include "irq.h"

#include "console.h"
#include "machine.h"
#include "riscv.h"
#include "time.h"
#include "uart.h"

/* PLIC registers [RISC-V PLIC specification, chapter 3]. */
static volatile uint32_t *plic_register(uint64_t offset)
{
	return page_virt(machine.plic.start + offset);
}

#define PLIC_PRIORITY(irq) (4UL * (irq))
#define PLIC_ENABLE(context, irq) (0x2000 + 0x80UL * (context) + (irq) / 32 * 4)
#define PLIC_THRESHOLD(context) (0x200000 + 0x1000UL * (context))
#define PLIC_CLAIM(context) (PLIC_THRESHOLD(context) + 4)

void irq_init(void)
{
	uint64_t sie = SIE_TIMER;

	if (machine.plic.size != 0 && machine.uart_irq != 0) {
		*plic_register(PLIC_PRIORITY(machine.uart_irq)) = 1;
		*plic_register(PLIC_ENABLE(machine.plic_context, machine.uart_irq)) |= 1U << machine.uart_irq % 32;
		*plic_register(PLIC_THRESHOLD(machine.plic_context)) = 0;
		sie |= SIE_EXTERNAL;
	}
	csr_write(sie, sie);
}

void irq_serve(void)
{
	const uint64_t pending = csr_read(sip);

	if (pending & SIE_TIMER)
		time_interrupt();
	if (pending & SIE_EXTERNAL && machine.plic.size != 0) {
		const uint32_t irq = *plic_register(PLIC_CLAIM(machine.plic_context));

		if (irq == machine.uart_irq)
			uart_interrupt();
		if (irq != 0)
			*plic_register(PLIC_CLAIM(machine.plic_context)) = irq;
	}
}
