# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=dash
#
# shell.sh - what a shell asks of a kernel: pipelines, redirections, background jobs, signals,
# scripts. Run by dash and by busybox's shell; shell.out is what both must say.

cd /tmp || exit 1

echo "== pipelines"
seq 1 1000 | grep 7 | sort -rn | head -n 3
yes | head -n 100000 | wc -l
(exit 3) | (exit 4)
echo "status $?"

echo "== redirections"
{
	echo out
	echo err >&2
} >both 2>&1
cat both
exec 5>five
echo through five >&5
exec 5>&-
cat <five
cat no-such-file 2>/dev/null || echo "no such file"
cat <<HERE
here are $((6 * 7))
HERE
for i in 1 2 3; do echo "line $i"; done >>five
wc -l <five

echo "== background jobs"
sleep 0.2 && echo slow >first &
slow=$!
(exit 9) &
wait $! 2>/dev/null
echo "the quick one: $?"
wait $slow
echo "the slow one: $? $(cat first)"
sleep 60 &
kill $!
wait $! 2>/dev/null
echo "the killed one: $?"

echo "== signals"
trap 'echo caught USR1' USR1
kill -USR1 $$
(
	trap 'echo the subshell ends' EXIT
	exit 0
)
sh -c 'kill -SEGV $$'
echo "status $?"

echo "== scripts"
cat >script <<'HERE'
#!/bin/sh
echo "$0 has $# arguments: $*"
HERE
chmod 755 script
./script a 'b c'
fib() {
	if [ "$1" -lt 2 ]; then echo "$1"; else echo $(($(fib $(($1 - 1))) + $(fib $(($1 - 2))))); fi
}
fib 7
set -- /proc/self/st?t
echo "$1"
mkdir -p a/b/c
: >a/b/file
find a | sort
mv a/b d
rm -r a
ls -1 d
test -d a || echo "a is gone"
umask 077
: >private
# shellcheck disable=SC2012
ls -l private | cut -c 1-10
echo "== done"
