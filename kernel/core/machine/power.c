/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * power.c - see power.h; and reboot(2). The finisher is QEMU's "sifive,test0".
 */
#include "power.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/reboot.h>

#include "kmap.h"
#include "machine.h"
#include "sbi.h"
#include "sys.h"
#include "task.h"
#include "vm.h"

#define FINISHER_PASS 0x5555U
#define FINISHER_FAIL 0x3333U

void (*power_at_end)(unsigned status);

void power_init(void)
{
	if (machine.finisher.size != 0)
		(void)kmap_device(machine.finisher.start, machine.finisher.size);
}

_Noreturn void power_off(unsigned status)
{
	void (*at_end)(unsigned) = power_at_end;

	power_at_end = NULL; /* it may panic itself */
	if (at_end != NULL)
		at_end(status);
	if (machine.finisher.size != 0) {
		volatile uint32_t *finisher = page_virt(machine.finisher.start);

		*finisher = status == 0 ? FINISHER_PASS : status << 16 | FINISHER_FAIL;
	}
	sbi_shutdown(false);
}

/* [kernel/reboot.c] There is no key to reboot by, so whether it is on matters to nobody. */
long sys_reboot(uint64_t magic1, uint64_t magic2, uint64_t command)
{
	static const uint32_t magic[] = { LINUX_REBOOT_MAGIC2, LINUX_REBOOT_MAGIC2A, LINUX_REBOOT_MAGIC2B,
					  LINUX_REBOOT_MAGIC2C };
	bool right = false;

	if (!task_capable(CAP_SYS_BOOT))
		return -EPERM;
	for (unsigned n = 0; n < sizeof(magic) / sizeof(magic[0]); n++)
		right |= (uint32_t)magic2 == magic[n];
	if ((uint32_t)magic1 != LINUX_REBOOT_MAGIC1 || !right || current->pidns != NULL)
		return -EINVAL;
	switch ((uint32_t)command) {
	case LINUX_REBOOT_CMD_CAD_ON:
	case LINUX_REBOOT_CMD_CAD_OFF:
		return 0;
	case LINUX_REBOOT_CMD_RESTART:
		sbi_shutdown(true);
	case LINUX_REBOOT_CMD_HALT:
	case LINUX_REBOOT_CMD_POWER_OFF:
		power_off(0);
	default:
		return -EINVAL;
	}
}
