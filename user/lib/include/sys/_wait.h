/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys/_wait.h - in place of its own, which picolibc asks for from 1.8 on.
 */
#pragma once

#include <sys/wait.h>
