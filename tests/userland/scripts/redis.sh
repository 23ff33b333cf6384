#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A server and its client over the loopback: keys, lists, a transaction, a subscriber, a snapshot.
cd "$(mktemp -d)" || exit 1
redis-server --port 7001 --save '' --appendonly no --daemonize no --dir "$PWD" >log 2>&1 &
cli() { redis-cli -p 7001 "$@"; }
until cli ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
cli set a 1; cli incr a; cli rpush l x y z; cli lrange l 0 -1
printf 'multi\nincr a\nincr a\nexec\n' | cli
cli eval 'return redis.call("get", KEYS[1])' 1 a
(timeout 30 redis-cli -p 7001 --csv subscribe news | head -n 2 | tail -n 1 >heard) & listener=$!
until [[ $(cli pubsub numsub news | tail -n 1) == 1 ]]; do sleep 0.1; done
cli publish news hello; wait $listener; cat heard
cli save && ls dump.rdb
cli shutdown nosave; wait
