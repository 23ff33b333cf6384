/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_reboot.c - reboot(2): a task with CAP_SYS_BOOT turns the machine off or starts it again; in a
 * pid namespace, it ends that. [kernel/reboot.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/reboot.h>

#include "pidns.h"
#include "power.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "userns.h"

/*
 * In a pid namespace: its first process is killed, and seems to have been ended by a signal that
 * tells its parent what was asked for. -EINVAL: COMMAND asks for neither. [reboot_pid_ns]
 */
static long end_pidns(uint32_t command)
{
	switch (command) {
	case LINUX_REBOOT_CMD_RESTART:
	case LINUX_REBOOT_CMD_RESTART2:
		pidns_end_by(SIGHUP);
		break;
	case LINUX_REBOOT_CMD_HALT:
	case LINUX_REBOOT_CMD_POWER_OFF:
		pidns_end_by(SIGINT);
		break;
	default:
		return -EINVAL;
	}
	signal_send_kernel_group(pidns_reaper(current->group), SIGKILL);
	task_exit(0);
}

/* No keys reboot the machine (Ctrl-Alt-Delete on Linux), so turning them on or off does nothing. */
long sys_reboot(uint64_t magic1, uint64_t magic2, uint64_t command)
{
	static const uint32_t magic[] = { LINUX_REBOOT_MAGIC2, LINUX_REBOOT_MAGIC2A, LINUX_REBOOT_MAGIC2B,
					  LINUX_REBOOT_MAGIC2C };
	bool right = false;

	if (!userns_capable_in(pidns_owner(current->pidns), CAP_SYS_BOOT))
		return -EPERM;
	for (unsigned n = 0; n < sizeof(magic) / sizeof(magic[0]); n++)
		right |= (uint32_t)magic2 == magic[n];
	if ((uint32_t)magic1 != LINUX_REBOOT_MAGIC1 || !right)
		return -EINVAL;
	if (current->pidns != NULL)
		return end_pidns((uint32_t)command);
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
