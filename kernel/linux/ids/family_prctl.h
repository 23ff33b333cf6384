/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * family_prctl.h - options of prctl(2) about a process and its relatives.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* As prctl_options.control. */
bool family_prctl(int option, const uint64_t args[4], long *result);
