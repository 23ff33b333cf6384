#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Streams, processes, a server of its own.
cd "$(mktemp -d)" || exit 1
php -r '
echo array_sum(array_map(fn($n) => $n ** 2, range(1, 10))), "\n", json_encode(["a" => [1, 2.5, null]]), "\n";
file_put_contents("f", str_repeat("x", 5000)); echo filesize("f"), " ", md5_file("f"), "\n";
echo trim(shell_exec("echo from a shell")), "\n"; preg_match("/(\d+)-(\d+)/", "tel 12-345", $m); echo $m[2], "\n";
$p = proc_open(["cat"], [["pipe", "r"], ["pipe", "w"]], $io); fwrite($io[0], "to and fro"); fclose($io[0]); echo stream_get_contents($io[1]), " ", proc_close($p), "\n";
$s = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0); fwrite($s[0], "pair\n"); echo fgets($s[1]);'
echo '<?php echo "served ", $_GET["n"] ?? "", "\n";' >index.php
php -q -S 127.0.0.1:8090 >/dev/null 2>&1 & server=$!
until curl -sS 'http://127.0.0.1:8090/?n=7' 2>/dev/null; do sleep 0.1; done
kill $server
