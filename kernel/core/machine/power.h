/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * power.h - turns the machine off. In a boot of many programs (rows.h) it ends one program's run.
 */
#pragma once

/* If set, called once with the status, before the machine is turned off or the next row begins. */
extern void (*power_at_end)(unsigned status);

/*
 * Ends QEMU with exit status STATUS (0 to 255), through the test finisher. Where there is none, the
 * firmware turns the machine off, and QEMU's status is 0.
 */
_Noreturn void power_off(unsigned status);

/* Has the firmware restart the machine; QEMU with -no-reboot ends with status 0. */
_Noreturn void power_restart(void);
