/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at_main.h - see at_main.c.
 */
#pragma once

/* As bootfilter_at_main. */
void at_main_wait(void);
