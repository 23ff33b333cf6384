/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.h - programs under policies: qemu.sh run, which knows how to start the machine.
 */
#pragma once

#include <stdbool.h>

/*
 * Runs `qemu.sh run` with the N ARGUMENTS and, if SILENT, without its output. Returns its exit
 * status, or -1 after a line on stderr: the script is not found. PORTCULLIS_RUN names it; qemu.sh
 * and the installed portcullis set that.
 */
int run_program(const char *const *arguments, unsigned int n, bool silent);
