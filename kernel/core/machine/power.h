/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * power.h - the end of the machine; in a boot of many programs (rows.h), of one of them.
 */
#pragma once

/* Called with the status, unless it is NULL: the last act before the machine ends. */
extern void (*power_at_end)(unsigned status);

/*
 * Ends QEMU with exit status STATUS (0 to 255) through the test finisher; without one, by the
 * firmware and with 0.
 */
_Noreturn void power_off(unsigned status);

/* The firmware starts the machine anew; QEMU with -no-reboot ends with 0. */
_Noreturn void power_restart(void);
