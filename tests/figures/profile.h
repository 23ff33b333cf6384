/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile.h - the two filters that bench/run.sh makes of a container's profile, for figures.t,
 * which measures nothing under them.
 */
#pragma once

static const struct sock_filter profile_linear[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
static const struct sock_filter profile_tree[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
