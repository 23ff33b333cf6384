# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# raw.sh - programs as bytes, and files that are none. Sourced by policy.t.

ld_nr=2000000000000000
allow=060000000000ff7f
bytes two.bpf $ld_nr $allow
answers "a raw filter is read" 0 disasm two.bpf
out '^ *0: ld \[0\]$' && out '^ *1: ret ALLOW$'
ok "... into its instructions"

answers "what it answers" 0 show two.bpf
out '^  never looks at the architecture: numbers are told as riscv64.s \(--arch=NAME'
ok "... is told as of riscv64, for it does not look"
answers "... or as of another" 0 show --arch=x86_64 two.bpf
out "numbers are told as x86_64's"
ok "... that is named"
printf %s 0020000000000000 000600007fff0000 | xxd -r -p >"$tmp/big.bpf"
answers "a big-endian one is read, too" 0 disasm big.bpf
out 'ret ALLOW$' && err '^big\.bpf: warning: .*big-endian'
ok "... with a warning"
base64 "$tmp/big.bpf" >"$tmp/big.b64"
answers "... in base64, too" 0 disasm big.b64
out 'ret ALLOW$' && err '^big\.b64: warning: .*big-endian'
ok "... with the same warning"

base64 "$tmp/two.bpf" >"$tmp/two.b64"
answers "and one in base64" 0 disasm two.b64
out 'ret ALLOW$'
ok "... into the same instructions"

# "SC", version 1, restricted; 16 bytes that allow, 8 that deny; 112 bytes of nothing
{
	printf 'SC\1\0\0\0\0\0\20\0\0\0\10\0\0\0'
	head -c 112 /dev/zero
	cat "$tmp/two.bpf"
	printf '\6\0\0\0\0\0\5\0'
} >"$tmp/snap.bin2"
answers "snap's file is two filters" 0 disasm snap.bin2
[[ $(grep -c . "$tmp/out") == 3 ]] && head -n 1 "$tmp/out" | grep -q 'ret ERRNO(0)'
ok "... of which the one that denies is the older"
head -c 140 "$tmp/snap.bin2" >"$tmp/cut.bin2"
answers "snap's file cut short is refused" 2 disasm cut.bin2
err 'promises 24 bytes of filters, 12 are there'
ok "... with what is missing"

# says NAME PATTERN: the file of that name is refused with words that match.
says() {
	answers "$1 is refused" 2 disasm "$1"
	err "^$1: error: .*$2"
	ok "... and said to be: $2"
}
: >"$tmp/empty"
says empty 'is empty'
cp "$portcullis" "$tmp/elf"
says elf 'ELF program'
file script <<<'#!/bin/sh'
says script 'is a script'
file pfc <<'END'
# pseudo filter code start
if ($arch == 3221225715)
  if ($syscall == 40)
END
says pfc 'pseudo filter code'
bytes short.bpf $ld_nr 1500010000000000
says short.bpf 'does not end'
printf '\1\2\3\0' >"$tmp/junk"
says junk 'binary, and no filter'
bytes loop.bpf 0500000009000000 $allow
says loop.bpf 'instruction 0: .*errno 22'
answers "a file that is not there is refused" 2 disasm none
err 'none: error: No such file'
ok "... with the system's words"
answers "an unknown form is refused" 2 disasm --from=xml two.bpf
err '^portcullis: error: --from xml: no such form'
ok "... with the list of forms"
