#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A whole login: keys, a server, a command, a terminal, a file copied.
cd "$(mktemp -d)" || exit 1
rm -rf /root/.ssh && mkdir -p /root/.ssh && chmod 700 /root /root/.ssh
ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
printf 'HostKey %s/host\nPort 2222\nPermitRootLogin yes\nUsePAM no\nStrictModes no\nPidFile none\nSubsystem sftp internal-sftp\n' "$PWD" >conf
/usr/sbin/sshd -f conf -E log
options=(-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o Port=2222)
ssh "${options[@]}" localhost 'echo over ssh; exit 3'
echo "status $?"
ssh -tt "${options[@]}" localhost 'test -t 0 && tty | grep -o pts' | tr -d '\r'
echo data >file && scp -q "${options[@]}" file localhost:/tmp/copied && cat /tmp/copied
ssh "${options[@]}" -o ProxyCommand='ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p 2222 -W localhost:2222 localhost' localhost echo by proxy
seq 100000 | ssh "${options[@]}" localhost wc -l
