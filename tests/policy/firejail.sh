# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# firejail.sh - generated lists of firejail's beside fseccomp, which makes firejail's filters, for
# x86-64: the calls that both architectures have are answered alike. Sourced by policy.t. LISTS=N.

fseccomp=$(find /usr/lib/firejail /usr/lib/*/firejail -maxdepth 1 -name fseccomp 2>/dev/null | head -n 1)
errnos=(EPERM EACCES ENOSYS ENOENT kill)

# What riscv64 and fseccomp know.
names_of_both() {
	"$portcullis" names | sed 's/^ *[0-9]* \([a-z0-9_]*\)(.*/\1/' | sort >"$tmp/ours"
	"$fseccomp" debug-syscalls | sed -n 's/^[0-9]*\t- //p' | sort >"$tmp/theirs"
	comm -12 "$tmp/ours" "$tmp/theirs"
}

# a_list: sets `list`, by $RANDOM.
a_list() {
	local entry n=$((1 + RANDOM % 12))
	list=''
	while ((n-- > 0)); do
		entry=${calls[RANDOM % ${#calls[@]}]}
		case $((RANDOM % 8)) in
		0 | 1) entry=${groups[RANDOM % ${#groups[@]}]} ;;
		2) [[ $entry == @(read|io_setup) ]] || entry=!$entry ;; # to fseccomp, !0 is 0: x86-64's read, riscv64's io_setup
		3) entry+=:${errnos[RANDOM % ${#errnos[@]}]} ;;
		esac
		list+=,$entry
	done
	list=${list#,}
}

# members @GROUP: what is in it, with commas between; what fseccomp knows of that.
members() {
	local member all=''
	for member in ${group_of[$1]}; do
		if [[ $member == @* ]]; then
			all+=,$(members "$member")
		elif [[ " ${calls[*]} " == *" $member "* ]]; then
			all+=,$member
		fi
	done
	printf %s "${all#,}"
}

# beside KIND ACTION: our reading of the list and fseccomp's filters of it answer alike. Groups are
# other ones in each version of firejail: fseccomp gets what is in them here.
beside() {
	local entry theirs='' options=()
	[[ $1 != seccomp ]] || theirs=,$(members @default-nodebuggers)
	for entry in ${list//,/ }; do
		[[ $entry != @* ]] || entry=$(members "$entry")
		theirs+=,$entry
	done
	theirs=${theirs#,}
	[[ -n $theirs ]] || return 0 # a group of what fseccomp does not know
	options=(drop "$tmp/theirs1" "$tmp/theirs2" "${theirs//,,/,}")
	[[ $1 != seccomp.keep ]] || options[0]=keep
	rm -f "$tmp/theirs1" "$tmp/theirs2"
	FIREJAIL_SECCOMP_ERROR_ACTION=$2 "$fseccomp" "${options[@]}" >"$tmp/out" 2>&1 || return 1
	printf 'seccomp-error-action %s\n%s %s\n' "$2" "$1" "$list" | file fj.profile
	"$portcullis" convert -q --from=firejail "$tmp/fj.profile" -o "$tmp/ours.bpf" 2>"$tmp/err" || return 1
	if [[ -s $tmp/theirs2 ]]; then set -- "$tmp/theirs1" "$tmp/theirs2"; else set -- "$tmp/theirs1"; fi
	printf '%s\n' "${calls[@]}" | "$tmp/firejail" "$tmp/ours.bpf" "$@" >"$tmp/out" 2>>"$tmp/err"
}

if [[ $(uname -m) != x86_64 || -z $fseccomp ]]; then
	skip "generated lists mean what fseccomp makes of them" "no fseccomp for x86-64"
else
	builds firejail "$top/tests/policy/readers/firejail.c"
	ok "the comparison builds"
	mapfile -t calls < <(names_of_both)
	declare -A group_of
	while IFS='"' read -r _ name _ words; do
		group_of[$name]=${words//[\")]/}
	done < <(sed -n '/^GROUP/,/)$/p' "$top/policy/firejail_groups.def" | tr -d '\n\t' | sed 's/)GROUP/)\nGROUP/g; s/)$/\n/; s/,  *"/"/g; s/"  *"//g')
	groups=("${!group_of[@]}")
	((${#calls[@]} > 250))
	ok "most calls are known to both"
	RANDOM=1 differ='' actions=("${errnos[@]}" log)
	for ((i = 1; i <= ${LISTS:-40}; i++)); do
		kinds=(seccomp seccomp.drop seccomp.keep)
		a_list
		kind=${kinds[i % 3]} action=${actions[RANDOM % ${#actions[@]}]}
		beside "$kind" "$action" && continue
		differ+=" $i"
		printf '# %s %s %s\n' "$action" "$kind" "$list"
		head -n 24 "$tmp/out" "$tmp/err"
	done
	[[ -z $differ ]]
	ok "${LISTS:-40} generated lists mean what fseccomp makes of them"
fi
