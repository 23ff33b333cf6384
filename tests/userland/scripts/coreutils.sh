#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Files: made, copied, linked, moved, listed, summed, cut and joined.
set -eu
cd "$(mktemp -d)"
seq 1000 >numbers
sha256sum numbers | cut -c1-16
sort -R numbers | sort -n | cmp - numbers && echo sorted
split -l 300 numbers part.
wc -l part.* | tail -n 1
cat part.* | cmp - numbers && echo joined
mkdir -p a/b/c && echo text >a/b/c/file && ln -s b/c/file a/link && ln a/b/c/file a/hard
cp -a a copy
stat -c '%n %F %h %s' copy/link copy/hard
chmod 640 a/hard && stat -c %a a/b/c/file
touch -d '2001-02-03 04:05:06 UTC' stamp && date -u -r stamp +%s
TZ=UTC date -d @86400 +%F
mv a b && find b | LC_ALL=C sort
du -s --apparent-size -B1 numbers | cut -f1
dd if=/dev/zero of=hole bs=1 count=1 seek=1M status=none && stat -c %s hole
truncate -s 10 numbers && tail -c 4 numbers | od -An -tx1
tar cf - b | tar tf - | LC_ALL=C sort | head -n 3
gzip -c part.aa | gzip -dc | cmp - part.aa && echo compressed
printf '%s\n' c a b | tee copy.txt | sort | paste -sd,
comm -12 <(seq 1 5) <(seq 3 8) | tr '\n' ' ' && echo
expr 6 \* 7
basename /usr/lib/file.so .so
rm -r b && ls -A | wc -l
test -w / && nproc >/dev/null && echo "$(id -u) $(whoami)"
