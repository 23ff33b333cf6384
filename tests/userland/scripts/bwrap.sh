#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A launcher of sandboxes: a root of bound mounts, namespaces, and a filter from a descriptor; and
# what util-linux does with namespaces.
export LC_ALL=C
cd "$(mktemp -d)" || exit 1
# mkdir (and, where there is one, the old call of that name) fails with EPERM.
perl -e '
	my ($arch, @refused) = qx(uname -m) =~ /x86_64/ ? (0xc000003e, 258, 83) : (0xc00000f3, 34, 34);
	my @program = ([0x20, 0, 0, 4], [0x15, 1, 0, $arch], [6, 0, 0, 0x80000000], [0x20, 0, 0, 0],
		[0x15, 1, 0, $refused[0]], [0x15, 0, 1, $refused[1]], [6, 0, 0, 0x50001], [6, 0, 0, 0x7fff0000]);
	print pack("SCCL", @$_) for @program' >filter
sandbox() {
	bwrap --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp --unshare-pid --unshare-ipc --unshare-uts --hostname inside "$@"
}
sandbox --seccomp 9 bash -c '
	mkdir /tmp/x; hostname; touch /etc/x; touch /tmp/y && echo written
	ps -e --no-headers | wc -l; grep -E "^(Seccomp|NoNewPrivs):" /proc/self/status; echo "pid $$"; ls /dev /tmp
	grep -c " / /usr" /proc/self/mountinfo; cat /dev/null && : >/dev/null && echo "null"' 9<filter
echo "status $?"
mkdir -p given/below && echo text >given/below/file
sandbox --bind given /tmp/given --ro-bind given/below /tmp/read --symlink given/below /tmp/link --chdir /tmp bash -c '
	cat link/file; echo more >given/below/new; echo no >read/file; pwd; cat read/new'
echo "status $?"; cat given/below/new
bwrap --unshare-user --uid 1234 --gid 4321 --ro-bind / / --proc /proc sh -c 'id -u; id -g; cat /proc/self/uid_map | tr -s " "'
bwrap --ro-bind / / --unshare-all --share-net --die-with-parent sh -c 'exit 7'; echo "status $?"
bwrap --ro-bind / / --unshare-net --dev /dev perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die "listen: $!";
	my $c = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $l->sockport) or die "connect: $!";
	print "the loopback is up\n"'
mkdir place && unshare --mount sh -c 'mount -t tmpfs none place && touch place/here && ls place && umount place && ls place'
unshare --uts sh -c 'hostname other; hostname'
unshare --pid --fork --mount-proc sh -c 'echo "pid $$"; ps -e --no-headers | wc -l'
unshare --map-root-user --mount id -u
unshare --net perl -MIO::Socket::INET -e 'IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => 9) or print "$!\n"'
unshare --uts sleep 60 &
sleep 0.5
nsenter --target $! --uts sh -c 'hostname there; hostname'; [[ $(hostname) != there ]] && echo "not here"
[[ $(readlink /proc/$!/ns/uts) != "$(readlink /proc/self/ns/uts)" ]] && echo "another one"
kill $!
