# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# systemd.sh - unit files: the filters are those that systemd's own
# library makes. Sourced by policy.t.

# shellcheck source=tests/policy/readers/systemd-witness.sh
. "$top/tests/policy/readers/systemd-witness.sh"

# The groups' table, beside systemd-analyze's.
if [[ -n $version && -x $usr/bin/systemd-analyze ]]; then
	theirs "$usr/bin/systemd-analyze" syscall-filter --no-pager 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' |
		awk '/^@/ { group = $1 } /^$/ { group = "" } /^ +[^ #]/ && group != "" { print group, $1 }' | LC_ALL=C sort >"$tmp/theirs"
	tr -d '\n' <"$top/policy/systemd_groups.def" | sed 's/" *"//g' | grep -o 'GROUP([0-9][^)]*)' |
		sed 's/GROUP(\([0-9]*\), "\([^"]*\)", *"\([^"]*\)")/\1 \2 \3/' |
		awk -v version="$version" '$1 <= version { for (i = 3; i <= NF; i++) print $2, $i }' | LC_ALL=C sort >"$tmp/ours"
	[[ $(wc -l <"$tmp/theirs") -gt 1000 ]] && diff "$tmp/theirs" "$tmp/ours" >"$tmp/out"
	ok "the groups are those of systemd-analyze $version"
else
	skip "the groups are those of systemd-analyze" "there is no systemd 252 or 257"
fi

# rejects TEXT PLACE MESSAGE HINT: as rejects in asm.sh, of a unit.
rejects_unit() {
	printf '%b' "$1" >"$tmp/bad.service"
	answers "refused: ${1//$'\n'/ }" 2 disasm --from systemd bad.service
	err "^bad\.service:$2: error: .*$3" && err "= .*$4"
	ok "... at $2: $3"
}
rejects_unit '[Service]\nSystemCallFilter=@clocks read\n' 2:18 'no group @clocks' '@clock '
rejects_unit 'SystemCallFilter=read:EPERM\n' 1:23 'an allowed call has no errno' 'SystemCallFilter=~'
rejects_unit 'SystemCallFilter=~read:EPREM\n' 1:24 'no such constant' 'did you mean EPERM'
printf 'SystemCallErrorNumber=2147483646\nSystemCallFilter=~@clock\n' >"$tmp/shown.service"
answers "systemctl show's number for kill is read as kill" 1 show shown.service settimeofday
out '^settimeofday.* KILL_PROCESS'
ok "and says so"
rejects_unit 'SystemCallErrorNumber=5000\n' 1:23 'no errno' '0 to 4095'
rejects_unit 'SystemCallFilters=read\n' 1:1 'no such setting' 'SystemCallFilter'
rejects_unit 'RestrictAddressFamilies=AF_UNIX INET\n' 1:33 'no address family' 'AF_INET'
rejects_unit 'RestrictNamespaces=users\n' 1:20 'no kind of namespace' 'user'
rejects_unit 'MemoryDenyWriteExecute=maybe\n' 1:24 'neither on nor off' 'yes or no'
printf 'SystemCallFilter=read write\nSystemCallErrorNumber=EPERM\nLockPersonality=yes\nRestrictRealtime=yes\n' >"$tmp/three.service"
answers "of several filters" 1 show three.service 'mount(*)'
out '^  ERRNO\(EPERM\)   no rule names it; default at three\.service:2$' && out '^  the others allow it: three\.service \(LockPersonality\), three\.service$' && ! out 'default at three\.service:3'
ok "... the one that refuses is told, and those that do not, in a line"
answers "... that all allow" 0 show three.service 'read(*)'
[[ $(grep -c '^  ALLOW   ' "$tmp/out") == 3 ]]
ok "... each"
printf 'SystemCallFilter=@system-service\nSystemCallFilter=~@process\nRestrictNamespaces=yes\n' >"$tmp/taken-off.service"
answers "a call that a later line takes off the list" 1 show taken-off.service 'clone(SIGCHLD)'
out '^    taken-off\.service:1 names clone for ALLOW, but taken-off\.service:2 takes it off the list again$'
ok "... is told with that line"
answers "... and may be on it again" 0 show -q <(printf 'SystemCallFilter=~clone\nSystemCallFilter=clone\n') 'clone(SIGCHLD)'
answers "of several rules of one setting" 1 show taken-off.service 'unshare(CLONE_NEWUSER)'
out '^  ERRNO\(EPERM\)   taken-off\.service:3$' && ! out 'names unshare for ERRNO'
ok "... those that would have answered the same are not told"
printf 'SystemCallFilter=@default\n' >"$tmp/sandbox.service"
answers "systemd 252 does not let everybody have landlock" 1 show -q sandbox.service 'landlock_restrict_self()'
answers "... but 257 does" 0 show -q --systemd=257 sandbox.service 'landlock_restrict_self()'
answers "... and of another version nothing is known" 2 show --systemd=255 sandbox.service
err '255 are not known here; 252 or 257'
ok "... which is said"
rejects_unit 'SystemCallFilter\n' 1:1 'not a line of a unit' 'value'
printf 'SystemCallFilter=read write mount\nSystemCallFilter=~mount:EACCES\n' >"$tmp/taken.service"
answers "an errno for what is taken off a list of what is allowed" 1 show taken.service 'mount()'
out '^mount.* -> KILL_PROCESS$' && err '^taken\.service:2:25: warning: .*answered as all else'
ok "... is left out, as systemd does, and told"
printf 'SystemCallFilter=read \\\n  # why\n\t; and more\n  write\nSystemCallFilter=~read\n' >"$tmp/lines.service"
answers "comments stand between the lines of a setting" 1 show -q lines.service 'read()'
"$portcullis" show -q "$tmp/lines.service" 'write()' >"$tmp/out" 2>"$tmp/err"
[[ $? == 0 ]]
ok "... which goes on behind them"
printf '[Service]\nExecStart=/bin/true\n' >"$tmp/none.service"
answers "a unit without filters is refused" 2 disasm none.service
err 'no setting of it becomes a filter'
ok "... and said to be one"
printf '[Service]\nSystemCallFilter=read write\nLockPersonality=yes\n' >"$tmp/two.service"
answers "a unit with two filters is not one" 2 convert two.service -o two.bpf
answers "... but --select picks one" 0 convert --select=LockPersonality two.service -o two.bpf
"$portcullis" show "$tmp/two.bpf" >"$tmp/out" 2>"$tmp/err" && out '^  personality:$' && ! out '^KILL'
ok "... by its setting"
answers "... of those that there are" 2 show --select=PrivateDevices two.service
err 'makes no filter of PrivateDevices, but of: LockPersonality, SystemCallFilter'
ok "... which are told"

if build_systemd; then
	# same UNIT ARG...: the filter of the unit's text is the one that systemd makes of the
	# arguments.
	same() {
		printf '%b\n' "$1" >"$tmp/unit.service"
		theirs "$tmp/systemd-filter" "$library" "${@:2}" >"$tmp/theirs.bpf" 2>"$tmp/err" &&
			"$tmp/compare" "$tmp/unit.service" "$tmp/theirs.bpf" "${systemd_how[@]}" >"$tmp/out" 2>"$tmp/err"
		ok "as systemd: ${1//$'\n'/; }"
	}
	for setting in MemoryDenyWriteExecute RestrictRealtime RestrictSUIDSGID ProtectHostname ProtectKernelLogs \
		LockPersonality; do
		same "$setting=yes" $setting
	done
	same 'RestrictNamespaces=yes' RestrictNamespaces 0
	same 'RestrictNamespaces=user' RestrictNamespaces 0x10000000
	same 'RestrictNamespaces=~net user' RestrictNamespaces $((0x80 | 0x02000000 | 0x08000000 | 0x00020000 | 0x20000000 | 0x04000000))
	same 'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6' RestrictAddressFamilies allow 1 2 10
	same 'RestrictAddressFamilies=~AF_NETLINK AF_VSOCK' RestrictAddressFamilies deny 16 40
	same 'RestrictAddressFamilies=none' RestrictAddressFamilies allow
	same 'SystemCallFilter=@clock' kill @clock
	same 'SystemCallFilter=~@clock' kill '~@clock'
	same 'SystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\nSystemCallErrorNumber=EPERM' \
		EPERM @system-service '~@privileged @resources'
	same '[Service]\n# a comment\nSystemCallErrorNumber=EPERM\nSystemCallFilter=~@privileged \\\\\n  reboot:ENOSYS\nSystemCallFilter=chroot setuid' \
		EPERM '~@privileged reboot:ENOSYS' 'chroot setuid'
else
	skip "filters as systemd makes them" "there is no systemd 252 or 257"
fi
