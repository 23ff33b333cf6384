/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/bpf_common.h - classic BPF's codes. */
#pragma once

#include <abi/bpf.h>
