#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What needs a terminal of its own: expect, script, tmux.
export TERM=xterm LANG=C.UTF-8
expect -c 'log_user 0; spawn bash --norc --noprofile; send "echo \$((6*7))=answer\r"; expect "42=answer" { puts found }
send "cat\r"; sleep 2; send "typed\r"; expect "typed\r\ntyped" { puts echoed }; send "\003"; sleep 2; send "exit\r"; expect eof { puts ended }'
script -qc 'test -t 1 && tty | grep -o pts; stty -a | grep -o "isig icanon"' /dev/null | tr -d '\r'
tmux -f /dev/null new-session -d -x 40 -y 10 'stty size; echo in tmux; sleep 60'
until tmux capture-pane -p | grep -q 'in tmux'; do sleep 0.1; done
tmux capture-pane -p | head -n 2
tmux split-window 'sleep 60' && tmux list-panes | wc -l
tmux kill-server
