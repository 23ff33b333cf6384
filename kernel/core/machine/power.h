/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * power.h - the end of the machine.
 */
#pragma once

/*
 * Ends QEMU with exit status STATUS (0 to 255) through the test finisher; without
 * one, by the firmware and with 0.
 */
/*
 * Called by power_off() with its status, unless it is NULL: the last act before the machine ends.
 */
extern void (*power_at_end)(unsigned status);

_Noreturn void power_off(unsigned status);
