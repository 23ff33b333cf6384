/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slack.h - options of prctl(2) about timing, as a struct prctl_options has them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Serves PR_GET_TIMING, PR_SET_TIMING, PR_GET_TIMERSLACK and PR_SET_TIMERSLACK. *RESULT is the
 * value asked for, in ns for the slack; 0; or -EINVAL: there is only one way of timing.
 */
bool slack_prctl(int option, const uint64_t args[4], long *result);
