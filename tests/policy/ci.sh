# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# ci.sh - docs/ci.md: its policy.pt, in a bare folder, tested by the commands of its workflow and by
# the others that it names. Only the clone is not one: it is this tool. Sourced by policy.t.

ci=$tmp/ci/repository
mkdir -p "$ci" "$tmp/ci/portcullis"
printf '#!/bin/sh\nshift\nexec "%s" "$@"\n' "$portcullis" >"$tmp/ci/portcullis/qemu.sh"
chmod +x "$tmp/ci/portcullis/qemu.sh"
sed -n '/^    policy policy.json/,/^$/s/^    //p' docs/ci.md >"$ci/policy.pt"
sed -n '/^```yaml/,/^```$/s/^      - run: //p' docs/ci.md | grep -v '^git clone' >"$tmp/ci/steps"
sed -n 's|^    \(\.\./portcullis/.*[^ ]\)  *#.*|\1|p; s|^    \(\.\./portcullis/[^#]*\)$|\1|p' docs/ci.md >"$tmp/ci/others"
workflow=$(sed -n '/^```yaml/,/^```$/p' docs/ci.md | grep -vc '^```')
[[ $workflow -le 12 && $(wc -l <"$tmp/ci/steps") == 1 && $(wc -l <"$tmp/ci/others") == 3 && $(wc -l <"$ci/policy.pt") == 4 ]]
ok "docs/ci.md has a workflow of at most 12 lines, and three other commands"

# ci_runs NAME STATUS FILE: the commands of FILE, the worst of whose statuses is STATUS.
ci_runs() {
	local line worst=0
	: >"$tmp/out"
	while IFS= read -r line <&7; do
		(cd "$ci" && eval "$line") >>"$tmp/out" 2>&1 </dev/null
		status=$?
		((status <= worst)) || worst=$status
	done 7<"$3"
	status=$worst
	[[ $status == "$2" ]]
	ok "$1"
}
sed '/"chroot"/s/ALLOW/ERRNO/' docs/policies/app.json >"$ci/policy.json"
cp "$ci/policy.json" "$ci/deployed.json"
ci_runs "a policy that keeps what policy.pt says: the build is green" 0 "$tmp/ci/steps"
ci_runs "... by the other commands, too" 0 "$tmp/ci/others"
[[ -s $ci/policy.xml ]]
ok "... and JUnit has a file"
cp docs/policies/app.json "$ci/policy.json"
ci_runs "one that does not: it is red" 1 "$tmp/ci/steps"
grep -qxF "$(sed -n 's/^    \(::error.*\)/\1/p' docs/ci.md)" "$tmp/out"
ok "... with the file and the line, as the page shows"
ci_runs "... by the other commands, too, as diff says that it is weaker" 1 "$tmp/ci/others"
printf '{ "defaultAction": "SCMP_ACT_ERRNO",\n "syscalls": [ { "names": ["read" "write"] } ] }' >"$ci/policy.json"
ci_runs "one that is no JSON any more: it is red" 2 "$tmp/ci/steps"
out '^policy.json:2:35: error: ' && out '^::error file=policy\.json,line=2,col=35::'
ok "... with file, line and column"

# docs/policies.md's program that writes a filter with libseccomp.
sed -n '/^```c$/,/^```$/p' docs/policies.md | grep -v '^```' >"$tmp/filter.c"
if [[ -e /usr/include/seccomp.h ]]; then
	sed -n 's/^    \(cc filter.c .*\)/\1/p' docs/policies.md >"$tmp/ci/build"
	(cd "$tmp" && eval "$(<"$tmp/ci/build")") >"$tmp/out" 2>"$tmp/err" && [[ -s $tmp/filter.bpf ]]
	ok "docs/policies.md: the program that writes a filter for riscv64"
	answers "... whose filter lets write to 2 pass" 0 show filter.bpf 'write(2, *)'
	answers "... not to 3" 1 show filter.bpf 'write(3, *)'
	out 'ERRNO\(EPERM\)'
	ok "... which is EPERM"
else
	skip "docs/policies.md: the program that writes a filter for riscv64" "needs libseccomp-dev"
fi
