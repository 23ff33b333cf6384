/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sample.h - who uses the processor: a program itself, or the kernel for it.
 */
#pragma once

/*
 * Called by the tick while a program runs: charges the time since the last tick that found its task
 * running to the user or to the kernel, and asks for another tick. [account_process_tick]
 */
void sample_tick(void);
