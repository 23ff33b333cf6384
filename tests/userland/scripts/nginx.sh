#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A web server with a master and two workers, over IPv4 and IPv6; reloaded, and stopped.
cd "$(mktemp -d)" || exit 1
cat >conf <<END
worker_processes 2; error_log $PWD/err.log; pid $PWD/pid; events {}
http { access_log $PWD/access.log; server { listen 127.0.0.1:8081; listen [::1]:8081; root $PWD/www;
location /moved { return 302 /index.html; } } }
END
chmod 755 . && mkdir www && echo page >www/index.html && head -c 300000 /dev/zero >www/big
nginx -e err.log -c "$PWD/conf"
until [[ -s pid ]]; do sleep 0.1; done
curl -sS http://127.0.0.1:8081/
curl -sS -g 'http://[::1]:8081/'
curl -sS http://127.0.0.1:8081/big | wc -c
curl -sS -o /dev/null -w '%{http_code}\n' http://127.0.0.1:8081/none
curl -sSL -w '%{num_redirects}\n' http://127.0.0.1:8081/moved
nginx -e err.log -c "$PWD/conf" -s reload && sleep 1
for _ in $(seq 8); do curl -sS -o /dev/null http://127.0.0.1:8081/ & done
wait
nginx -e err.log -c "$PWD/conf" -s stop
while [[ -e pid ]]; do sleep 0.1; done
wc -l <access.log
grep -c . err.log | sed 's/[1-9][0-9]*/lines/; s/^0$/clean/'
