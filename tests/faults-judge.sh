# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# faults-judge.sh - what faults.sh and faults-every.sh ask of a run in which allocations failed.

# is_fine STATUS WANTED: without faults it would be WANTED.
is_fine() {
	(($1 == $2)) && return
	case $1 in
	251 | 252 | 253 | 159) return 1 ;; # was refused, leaked, panicked, or met a filter
	0) (($2 < 128)) ;;
	esac
}
