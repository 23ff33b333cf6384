/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jit.h - what the files of this folder share.
 */
#pragma once

#include "gate.h"

/* gate_code.c: makes machine code for the calls that a gate's stack answers by their arguments. */
extern const struct gate_coder jit_coder;
