#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - unmodified programs from elsewhere, each under no filter, under an allow-list made for
# it, and under the policies that Docker and Podman give their containers: `make programs`.
# Speaks TAP; not part of `make test`, since it builds the programs first (build.sh), in the
# cache folder. `run.sh --learn` adds to the allow-lists, allow/NAME, what a run of NAME under
# nothing but LOG is seen to call.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1

here=tests/programs
cache=.cache/programs

# name | program and arguments, in the root | what it must print
cases='
dash         | dash /test/shell.sh                    | shell.out
busybox      | busybox sh /test/shell.sh              | shell.out
lua          | lua /test/interpreter.lua              | interpreter.out
bzip2        | sh /test/compressor.sh                 | compressor.out
dynamic      | sh /test/dynamic.sh                    | dynamic.out
esbuild      | esbuild --minify /test/minify.js       | minify.out
'

"$here/build.sh" || exit 2
root=$("$here/root.sh") || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cc -O2 -Wall -o "$cache/oci2bpf" "$here/oci2bpf.c" -lseccomp -ljansson || exit 2

# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out")

# guest OPTION...: runs $words; what is printed goes into $tmp/out, but for the kernel's words about
# calls that it lacks: those become a comment.
guest() {
	# shellcheck disable=SC2086 # words is words
	./qemu.sh run --timeout 60 --root "$root" "$@" $words >"$tmp/all" 2>&1 </dev/null
	status=$?
	grep -a '^syscall: ' "$tmp/all" | sed 's/^/# /'
	grep -av '^syscall: ' "$tmp/all" >"$tmp/out"
}

# allow_list NAME: the calls of allow/NAME are allowed, anything else kills.
allow_list() {
	local names
	names=$(grep -v '^#' "$here/allow/$1" | sed 's/.*/"&"/' | paste -sd,)
	printf '{"defaultAction":"SCMP_ACT_KILL_PROCESS","syscalls":[{"action":"SCMP_ACT_ALLOW","names":[%s]}]}' "$names" |
		"$cache/oci2bpf" /dev/stdin
}

# Every call that a program makes is in a verdict line when every verdict is LOG.
learn() {
	printf '\6\0\0\0\0\0\374\177' >"$tmp/log.bpf"
	guest -f "$tmp/log.bpf" --explain
	mkdir -p "$here/allow"
	touch "$here/allow/$name"
	{
		echo "# SPDX-License-Identifier: BSD-2-Clause"
		{
			grep -v '^#' "$here/allow/$name"
			sed -n 's/.*seccomp: pid=.* comm="[^"]*" \([a-z0-9_]*\)(.*/\1/p' "$tmp/out"
		} | LC_ALL=C sort -u
	} >"$tmp/list"
	cp "$tmp/list" "$here/allow/$name"
}

# The output of the program under the options given is as it must be, and so is its status.
check() {
	local expected=$here/test/$output
	guest "${@:2}"
	((status == 0)) && cmp -s "$expected" "$tmp/out"
	ok "$name $1"
}

docker=$(tools/docker-profile.sh) || exit 2
"$cache/oci2bpf" "$docker" >"$tmp/docker.bpf" || exit 2
"$cache/oci2bpf" /usr/share/containers/seccomp.json >"$tmp/podman.bpf" || exit 2
while IFS='|' read -r name words output; do
	[[ -n $name ]] || continue
	read -r name <<<"$name"
	read -r words <<<"$words"
	read -r output <<<"$output"
	if [[ ${1:-} == --learn ]]; then
		learn
		continue
	fi
	allow_list "$name" >"$tmp/allow.bpf" || exit 2
	check "alone"
	check "under its allow-list" -f "$tmp/allow.bpf"
	check "under Docker's policy" -f "$tmp/docker.bpf"
	check "under Podman's policy" -f "$tmp/podman.bpf"
done <<<"$cases"
[[ ${1:-} != --learn ]] || exit 0

# What is not in the list is refused: these lists are no formality.
allow_list lua >"$tmp/allow.bpf"
words='mkdir /tmp/x'
guest -f "$tmp/allow.bpf"
((status == 159)) && grep -q 'type=1326.*syscall=34 ' "$tmp/out"
ok "mkdir under the interpreter's list dies of mkdirat"

# A program that installs two filters by libseccomp; alone, and below a container's.
words=stages
for policy in '' docker podman; do
	guest ${policy:+-f "$tmp/$policy.bpf"}
	((status == 0)) && grep -aE '^(may|read|stat)\>' "$tmp/out" | cmp -s - "$here/test/stages.out"
	ok "libseccomp in a program: two stages${policy:+ under $policy.bpf}"
done

# shellcheck disable=SC2016 # for the other shell
printf 'echo $((6 * 7)) | cat\nsleep 30 &\nkill %%1\nwait\ncd /tmp && pwd\nexit 5\n' |
	./qemu.sh run --timeout 60 --root "$root" sh -i >"$tmp/out" 2>&1
[[ $? == 5 && $(<"$tmp/out") == *42* && $(<"$tmp/out") == */tmp* ]]
ok "an interactive shell is driven from a pipe, with job control"

tap_end
