#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# report.t - a run as a page: all of it is there, the same run makes the same page, and what a
# program may call itself is text in it. The programs are those of the tour and of tests/guest.
#
# needs: run portcullis

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
top=$PWD
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/build.sh
. tests/build.sh
# shellcheck source=tests/browser.sh
. tests/browser.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/err")

command -v dot >/dev/null || {
	echo "1..0 # SKIP there is no dot (graphviz)"
	exit 0
}

# report [OPTION...] [PROGRAM]: its page in $tmp/page.html; the status is the run's.
report() { ./qemu.sh run --icount --report "$tmp/page.html" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
# has WORDS: a line of the page has them.
has() { grep -qF -- "$1" "$tmp/page.html"; }
# looks NAME PICTURES [WORDS [WIDTH]]: in a browser the page is without fault, has at least so
# many pictures, and those words.
looks() {
	command -v chromium >/dev/null || { skip "$1" "there is no chromium"; return; }
	browse "$tmp/page.html" ${4:+"$4"} && (($(grep -c '^picture' "$tmp/seen") >= $2)) && grep -qF -- "${3-}" "$tmp/seen"
	ok "$1"
}

cat >"$tmp/p.json" <<'END'
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["write"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13,
      "args": [{ "index": 0, "value": 2, "op": "SCMP_CMP_EQ" }] },
    { "names": ["close"], "action": "SCMP_ACT_ERRNO", "errnoRet": 9,
      "args": [{ "index": 0, "value": 5000, "op": "SCMP_CMP_GE" }] },
    { "names": ["openat"], "action": "SCMP_ACT_ERRNO" }
  ]
}
END

report -f "$tmp/p.json" deny
[[ $? == 2 ]] && has 'write(2, ' && has 'p.json:4' && has 'deny.c:' && has "<pre>./qemu.sh run --icount --report $tmp/page.html -f $tmp/p.json deny</pre>"
ok "a refusal has its rule and the line of the program; the page has the command that makes it"
(cd tests && ../qemu.sh run --icount --report "$tmp/page.html" hello >"$tmp/out" 2>"$tmp/err" </dev/null) && has "<pre>../qemu.sh run --icount --report $tmp/page.html hello</pre>"
ok "... as it was typed, in another folder, too"
report -f "$tmp/p.json" deny
has '<title>64 write: by its arguments&' || grep -A1 '<title>64 write: by its arguments$' "$tmp/page.html" | grep -q '^called [0-9]* times; at worst ERRNO(EACCES)</title>'
ok "the map tells what the run called, and its answers"
grep -q 'class="line used"><span class="count">1</span>   4  ' "$tmp/page.html" && grep -q 'class="line unused"><span class="count">–</span>   8  ' "$tmp/page.html" &&
	grep -q 'class="line "><span class="count"></span>   1  {' "$tmp/page.html"
ok "the policy's lines say how often they were used"
grep -q 'class="edge never">.*class="label"[^>]*>0</text>' "$tmp/page.html" && grep -q 'class="edge">.*class="label"[^>]*>yes 1</text>' "$tmp/page.html"
ok "the decision's lines say how many calls went that way; where none did they are dashed"
cp "$tmp/page.html" "$tmp/first.html" && report -f "$tmp/p.json" deny
[[ -s $tmp/page.html ]] && cmp -s "$tmp/first.html" "$tmp/page.html"
ok "the same run makes the same page"
looks "it is as it should be in a browser" 4 'ERRNO(EACCES)'
looks "... and in a narrow window" 4 'ERRNO(EACCES)' 500

report strict
has '>by mode strict<'
ok "what mode strict ends is said to be ended by it"
./qemu.sh run --icount --events "$tmp/e" -f "$tmp/p.json" deny >"$tmp/out" 2>"$tmp/err" </dev/null
echo '{"defaultAction": "SCMP_ACT_ERRNO"}' >"$tmp/other.json"
"${O:-build}/portcullis" report -q -f "$tmp/other.json" -o "$tmp/page.html" "$tmp/e" 2>"$tmp/err"
has "<p class=\"alarm\">filter 1 of the run is not $tmp/other.json: its rules are not told</p>"
ok "a policy that is not the run's is said not to be"

report
[[ $? == 0 ]] && grep -q '>inherits</text><text[^>]*>18 19 20</text>' "$tmp/page.html" && grep -q '>geteuid  ERRNO(ENOENT)</text><text class="right"[^>]*>by 19</text>' "$tmp/page.html" &&
	grep -q '>K thread 15 in 14</text>' "$tmp/page.html" && [[ $(grep -c '^<title>filter\|<title>filter [0-9]* installed' "$tmp/page.html") == 26 ]]
ok "the tour's page has the family of four generations, a thread, and 26 filters"
looks "... as it should be in a browser" 20 'geteuid ERRNO(ENOENT)'

# family: the words of its picture, in their order.
family() { sed -n '/id="processes0"/,/<h2/p' "$tmp/page.html" | grep -o '>[^<>]*</text>' | sed 's/^>//; s,</text>$,,' | tr '\n' '|'; }
build_guests names-may-be-of-any-bytes hundred-thousand-calls execve-of-a-thread-keeps-its-filters \
	tsync-binds-every-thread installs-that-are-refused-say-why || exit 1
report --count execve-of-a-thread-keeps-its-filters
[[ $(family) == *'execve-of-a-thr 2|exit 0|filter 1|getpgid: ERRNO(ENOEXEC)|filter 2|getsid: ERRNO(EBADF)|from 3|1 3|refused|'*'execve-of-a-thr 3 in 2|became 2|inherits|1|filter 3|'* ]] &&
	has '<b>1</b><span>process</span>' && has '<b>1</b><span>more thread</span>'
ok "a thread that executes a program goes on in its process, with its own filters"
report tsync-binds-every-thread
[[ $(family) == *'tsync-binds-eve 3 in 2|exit 0|tsync|1 2|'* && $(family) == *'tsync-binds-eve 4 in 2|exit 0|tsync|1 2|filter 3|'* ]]
ok "filters that another thread gave are in its picture"
report installs-that-are-refused-say-why
[[ $(family) == *'installs-that-a 2|exit 0|filter 4|allows everything|no filter|'*'|and 2 more|'* ]]
ok "filters that were not installed stand behind those that were"

report -f "$tmp/p.json" names-may-be-of-any-bytes
! grep -qi '<b>.\|<img\|<script' <(sed 's/<div class="tile[^>]*><b>//; s/<span class="badge[^>]*><b>//' "$tmp/page.html") &&
	has '&#60;b&#62;\xe9&#39;\&#34;&#38;&#60;/script' && has '&#60;img src=x onerror=alert(1)&#62;'
ok "what a program calls itself and opens is text, whatever it is"
looks "... in a browser, too" 4 '&lt;b&gt;\xe9'"'"'\"&amp;&lt;/script'

riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/long" <<END
.globl _start
_start:	li a7, 34
	li a0, -100
	la a1, path
	li a2, 0700
	ecall
	li a7, 94
	li a0, 0
	ecall
path:	.asciz "/$(printf '%090d' 0)"
END
printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["mkdirat"], "action": "SCMP_ACT_ERRNO" } ] }' >"$tmp/mkdir.json"
report -f "$tmp/mkdir.json" "$tmp/long"
looks "a long word in one column leaves the others their width" 2 00000 760

report --timeout 300 -f "$tmp/p.json" hundred-thousand-calls
(($(stat -c %s "$tmp/page.html") < 1000000)) && has '12000×' && has 'and with 5996 other arguments' && has '>instructions 0 1 ' && has '>yes 12000</text>'
ok "a run of over 100,000 calls is folded"
looks "... as it should be in a browser" 4 '12000×'

# The page of events that were kept, and of some that were not all kept.
./qemu.sh run --icount --events "$tmp/e" deny >/dev/null 2>&1 </dev/null
build=${O:-build}
"$build/portcullis" report --programs="$build/user" "$tmp/e" -o "$tmp/page.html" 2>"$tmp/err" && has '<h1>/bin/deny</h1>' && has 'deny.c:'
ok "events make a page, too"
head -n 8 "$tmp/e" >"$tmp/cut" && "$build/portcullis" report "$tmp/cut" -o "$tmp/page.html" 2>"$tmp/err" && has 'the run was stopped'
ok "a run that was stopped has one"
PATH=/nonexistent "$build/portcullis" report "$tmp/e" -o "$tmp/none.html" 2>"$tmp/err"
[[ $? == 2 && ! -e $tmp/none.html ]] && grep -q 'apt-get install graphviz' "$tmp/err"
ok "without dot there is none, but the name of its package"
tap_end
