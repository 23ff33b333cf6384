# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=dash
#
# compressor.sh - compresses and restores, through pipes and files, and checks that damage is
# noticed. compressor.out is what it must say.

cd /tmp || exit 1
seq 1 100000 >numbers
md5sum <numbers
bzip2 -9 <numbers >numbers.bz2
wc -c <numbers.bz2
bzip2 -d <numbers.bz2 | cmp - numbers && echo "bzip2 restores"
busybox bunzip2 -c numbers.bz2 | cmp - numbers && echo "another program restores"
# shellcheck disable=SC2094
gzip <numbers | gunzip | cmp - numbers && echo "gzip restores"
cp numbers copy
bzip2 copy
ls -1 copy*
bzip2 -t copy.bz2 && echo "the file is sound"
dd if=/dev/zero of=copy.bz2 bs=1 seek=1000 count=10 conv=notrunc 2>/dev/null
bzip2 -t copy.bz2 2>/dev/null || echo "damage is noticed: $?"
