/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_reboot.c - reboot(2): a task with CAP_SYS_BOOT turns the machine off or starts it again.
 * [kernel/reboot.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/reboot.h>

#include "power.h"
#include "sys.h"
#include "task.h"

/* No keys reboot the machine (Ctrl-Alt-Delete on Linux), so turning them on or off does nothing. */
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
		power_restart();
	case LINUX_REBOOT_CMD_HALT:
	case LINUX_REBOOT_CMD_POWER_OFF:
		power_off(0);
	default:
		return -EINVAL;
	}
}
