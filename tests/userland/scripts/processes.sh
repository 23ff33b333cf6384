#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What /proc tells: ps, pgrep, uptime, limits, a scheduling class.
sleep 100 & p=$!
ps -o comm=,ppid= -p $p | awk -v me=$$ '{ print $1, $2 == me ? "mine" : "not mine" }'
pgrep -x sleep | grep -c "^$p\$"
nice -n 5 ps -o ni= -p $$ | tr -d ' '
renice -n 3 -p $p >/dev/null && ps -o ni= -p $p | tr -d ' '
prlimit --nofile=100:200 --pid $p && prlimit --pid $p --nofile --noheadings -o SOFT,HARD | tr -s ' '
kill $p; wait $p; echo "status $?"
setsid -w sh -c 'ps -o sid= -p $$ | tr -d " " | grep -qx $$ && echo own session'
flock /tmp/lock sh -c 'flock -n /tmp/lock true || echo locked'
taskset -p $$ >/dev/null && echo affinity
cat /proc/self/cmdline | tr '\0' ' '; echo
free -b | awk 'NR == 2 { print $2 > 0 ? "memory" : "none" }'
