# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# originals.sh - N (15) generated policies of each form whose original Debian has: what is read in
# them is what the original makes of them. Containers' profiles: crun; units: systemd's library;
# firejail's lists: fseccomp. Sourced by policy.t. SEED=N.

n=${N:-15}

# generate FORM: the policies, as $tmp/FORM/0 and so on, of the calls in $tmp/known.
generate() {
	/usr/bin/python3 "$top/tests/policy/readers/generate.py" "$1" "$n" "${SEED:-1}" "$tmp/$1" "$tmp/known" 2>"$tmp/err"
}

# What riscv64 and libseccomp know where libseccomp runs on another machine.
"$portcullis" names | sed 's/^ *[0-9]* \([a-z0-9_]*\)(.*/\1/' | grep -v '^riscv_' | sort >"$tmp/riscv64"
sed -n 's/^NEWER([0-9]*, \(\w*\),.*/\1/p' "$top/include/abi/syscall-newer.def" | sort | comm -13 - "$tmp/riscv64" >"$tmp/known"

# ---- crun ----

# crun_makes PROFILE: the filter that crun makes of it, as $tmp/theirs.bpf.
crun_makes() {
	local state=$tmp/state/$RANDOM$RANDOM
	rm -f "$tmp/theirs.bpf"
		printf '{ "ociVersion": "1.0.2", "process": { "user": { "uid": 0, "gid": 0 }, "args": ["/x"], "cwd": "/" }, "mounts": [],
			"root": { "path": "root" }, "linux": { "namespaces": [{ "type": "mount" }], "seccomp": %s } }' "$(<"$1")" >"$tmp/bundle/config.json" &&
		mkdir -p "$state" &&
		FILTER=$tmp/theirs.bpf LD_PRELOAD=$tmp/crun.so crun --cgroup-manager disabled --root "$state" run -b "$tmp/bundle" x \
			>"$tmp/out" 2>"$tmp/err" </dev/null &&
		[[ -s $tmp/theirs.bpf ]]
}

mkdir -p "$tmp"/bundle/root/{dev,proc,sys}
echo '{ "defaultAction": "SCMP_ACT_ALLOW" }' | file all.json
if ! command -v crun >/dev/null; then
	skip "generated profiles mean what crun makes of them" "there is no crun"
elif "${CC:-cc}" -shared -fPIC -Wall -o "$tmp/crun.so" "$top/tests/policy/readers/crun.c" -ldl && ! crun_makes "$tmp/all.json"; then
	skip "generated profiles mean what crun makes of them" "crun makes no container here: $(tail -n 1 "$tmp/err")"
else
	builds compare "$top/tests/policy/readers/compare.c" && generate oci
	ok "the comparison with crun is built"
	# libseccomp gets some wrong where a call has two comparisons of one argument: witness.c.
	apart=0 differ=''
	for ((i = 0; i < n; i++)); do
		if crun_makes "$tmp/oci/$i"; then
			"$portcullis" diff -q --runtime=crun "$tmp/oci/$i" "$tmp/theirs.bpf" >"$tmp/out" 2>"$tmp/err" && continue
			"$tmp/compare" "$tmp/oci/$i" "$tmp/theirs.bpf" from=oci runtime=crun >"$tmp/calls" 2>>"$tmp/err"
			/usr/bin/python3 "$top/tests/policy/readers/oci_words.py" "$tmp/oci/$i" <"$tmp/calls" >"$tmp/out" 2>>"$tmp/err" &&
				sed "s/^/# $i: /; q" "$tmp/out" && apart=$((apart + 1)) && continue
		fi
		differ+=" $i"
		sed "s/^/# $i: /" "$tmp/err"
	done
	[[ -z $differ ]] && ((apart <= n / 5))
	ok "$n generated profiles mean what crun makes of them, but $apart where its filter answers what no rule says${differ:+; differ:$differ}"
fi

# ---- systemd ----

# shellcheck source=tests/policy/readers/systemd-witness.sh
. "$top/tests/policy/readers/systemd-witness.sh"
if build_systemd; then
	generate systemd
	differ=''
	for ((i = 0; i < n; i++)); do
		mapfile -t lines < <(sed -n 's/^SystemCallFilter=//p' "$tmp/systemd/$i")
		theirs "$tmp/systemd-filter" "$library" EPERM "${lines[@]}" >"$tmp/theirs.bpf" 2>"$tmp/err"
		made=$?
		# When nothing is left that is denied, systemd installs no filter.
		[[ -s $tmp/theirs.bpf ]] || printf '\6\0\0\0\0\0\377\177' >"$tmp/theirs.bpf"
		((made == 0)) && "$tmp/compare" "$tmp/systemd/$i" "$tmp/theirs.bpf" "${systemd_how[@]}" >"$tmp/out" 2>"$tmp/err" && continue
		differ+=" $i"
		sed "s/^/# $i: /" "$tmp/systemd/$i" "$tmp/out" "$tmp/err"
	done
	[[ -z $differ ]]
	ok "$n generated units mean what systemd's filters answer"
else
	skip "generated units mean what systemd's filters answer" "there is no systemd 252 or 257"
fi

# ---- firejail ----
# Its filters are for x86-64: the calls that both architectures have are answered alike.

fseccomp=$(find /usr/lib/firejail /usr/lib/*/firejail -maxdepth 1 -name fseccomp 2>/dev/null | head -n 1)

# members @GROUP: what is in it, with commas between; what fseccomp knows of that.
members() {
	local member all=''
	for member in ${group_of[$1]}; do
		if [[ $member == @* ]]; then
			all+=,$(members "$member")
		elif [[ -n ${known[$member]:-} ]]; then
			all+=,$member
		fi
	done
	printf %s "${all#,}"
}

# fseccomp_agrees PROFILE: our reading of it and fseccomp's filters of its list answer alike. Groups
# are other ones in each version of firejail: fseccomp gets what is in them here.
fseccomp_agrees() {
	local action kind list entry theirs='' options=()
	read -r _ action <"$1"
	read -r kind list < <(tail -n 1 "$1")
	[[ $kind != seccomp ]] || theirs=,$(members @default-nodebuggers)
	for entry in ${list//,/ }; do
		[[ $entry != @* ]] || entry=$(members "$entry")
		theirs+=,$entry
	done
	theirs=${theirs#,}
	[[ -n $theirs ]] || return 0 # a group of what fseccomp does not know
	options=(drop "$tmp/theirs1" "$tmp/theirs2" "${theirs//,,/,}")
	[[ $kind != seccomp.keep ]] || options[0]=keep
	rm -f "$tmp/theirs1" "$tmp/theirs2"
	FIREJAIL_SECCOMP_ERROR_ACTION=$action "$fseccomp" "${options[@]}" >"$tmp/out" 2>&1 || return 1
	"$portcullis" convert -q --from=firejail "$1" -o "$tmp/ours.bpf" 2>"$tmp/err" || return 1
	if [[ -s $tmp/theirs2 ]]; then set -- "$tmp/theirs1" "$tmp/theirs2"; else set -- "$tmp/theirs1"; fi
	"$tmp/fseccomp" "$tmp/ours.bpf" "$@" <"$tmp/known" >"$tmp/out" 2>>"$tmp/err"
}

if [[ $(uname -m) != x86_64 || -z $fseccomp ]]; then
	skip "generated lists mean what fseccomp makes of them" "no fseccomp for x86-64"
else
	"$fseccomp" debug-syscalls | sed -n 's/^[0-9]*\t- //p' | sort | comm -12 "$tmp/riscv64" - >"$tmp/known"
	builds fseccomp "$top/tests/policy/readers/firejail.c" && generate firejail && (($(wc -l <"$tmp/known") > 250))
	ok "the comparison with fseccomp is built, and most calls are known to both"
	declare -A group_of known
	while read -r name; do known[$name]=1; done <"$tmp/known"
	while IFS='"' read -r _ name _ words; do
		group_of[$name]=${words//[\")]/}
	done < <(sed -n '/^GROUP/,/)$/p' "$top/policy/firejail_groups.def" | tr -d '\n\t' | sed 's/)GROUP/)\nGROUP/g; s/)$/\n/; s/,  *"/"/g; s/"  *"//g')
	differ=''
	for ((i = 0; i < n; i++)); do
		fseccomp_agrees "$tmp/firejail/$i" && continue
		differ+=" $i"
		sed "s/^/# $i: /" "$tmp/firejail/$i" "$tmp/out" "$tmp/err" | head -n 24
	done
	[[ -z $differ ]]
	ok "$n generated lists mean what fseccomp makes of them"
fi
