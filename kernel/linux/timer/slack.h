/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slack.h - options of prctl(2) about timing, as a struct prctl_options has them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

bool slack_prctl(int option, const uint64_t args[4], long *result);
