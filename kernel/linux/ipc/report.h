/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.h - what /proc is given of System V's objects, and the limits that a namespace has at
 * first.
 */
#pragma once

#include "ipc.h"

extern const struct sysv_report ipc_report;
extern const uint64_t ipc_default_limits[SYSV_LIMITS];
