/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at_main.h - a breakpoint at main, where filters are installed with --at main.
 */
#pragma once

/* Puts the breakpoint into the current program. Registered as bootfilter_at_main. */
void at_main_wait(void);
