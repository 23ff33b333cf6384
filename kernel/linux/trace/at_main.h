/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at_main.h - a breakpoint at main, where filters are installed with --at main.
 */
#pragma once

/*
 * Checks the filters, and puts the breakpoint into the current program. Ends the boot, by refuse(),
 * if the filters are not as they should be, or main is not in the program. Called through
 * bootfilter_at_main.
 */
void at_main_wait(void);
