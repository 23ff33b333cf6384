/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * init.h - pid 1: starts the program, adopts orphans, turns the machine off. Called by main.c.
 */
#pragma once

/* Creates pid 1 and leaves the boot stack for it. */
_Noreturn void init_run(void);
