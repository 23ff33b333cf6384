/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/errno.h - as errno.h. */
#pragma once

#include <errno.h>
