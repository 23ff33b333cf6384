#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Arrays, arithmetic, here-documents, pipes, process substitution, traps, jobs, coprocesses.
set -u
declare -A colour=([sky]=blue [grass]=green)
for key in grass sky; do echo "$key ${colour[$key]}"; done
echo $((2 ** 40 % 1000)) "${BASH_SOURCE[0]##*/}"
diff <(printf '%s\n' a b c) <(printf '%s\n' a x c)
mapfile -t lines < <(seq 5 | sort -rn)
echo "${lines[*]}"
trap 'echo trapped' USR1
kill -USR1 $$
sleep 0.1 & job=$!
wait $job
echo "waited $?"
(exit 7)
echo "subshell $?"
false | true
echo "pipe ${PIPESTATUS[*]}"
coproc cat
echo through >&"${COPROC[1]}"
read -r line <&"${COPROC[0]}"
echo "coprocess $line"
timeout 0.2 sleep 5
echo "timeout $?"
ulimit -n 64
ulimit -n
printf '%q\n' "a b'c"
