#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# calls.pl <LOG - what `strace -f -o` or `portcullis calls` has written, as calls that can be
# compared: process after process, each named by its place in the family ("1.2" is the second child
# of the first), with the calls of all its threads. Of an argument stays what a kernel does not
# choose: numbers, names, paths. Addresses, and what they point to, become "*"; ids of the run's own
# processes their names. The calls are sorted: when a signal comes between two is chance. So is how
# many threads have work: of a process with threads each call is there once. Called by strace.sh.

use strict;
use warnings;

# Arguments that point to what the caller or the kernel leaves in memory, which strace shows.
my %pointed = (
	read => '1', write => '1', pread64 => '1', pwrite64 => '1', readlinkat => '2', getcwd => '0', getrandom => '0',
	sendto => '1', recvfrom => '1', execve => '1 2', wait4 => '1', getdents64 => '1',
);

# Ids of processes and threads, as arguments and as results.
my %id_argument = (kill => '0', tgkill => '0 1', tkill => '0', wait4 => '0', setpgid => '0 1', getpgid => '0', sched_getaffinity => '0');
my %id_result = map { $_ => 1 } qw(getpid gettid getppid set_tid_address setsid getpgid getsid wait4 clone clone3);

# The parts of TEXT between commas that are not within brackets or quotes.
sub arguments {
	my ($text) = @_;
	my (@parts, $part, $depth);
	($part, $depth) = ('', 0);
	while ($text =~ /\G("(?:[^"\\]|\\.)*"(?:\.\.\.)?|, |.)/gs) {
		my $token = $1;
		$depth++ if $token =~ /^[\[{(]$/;
		$depth-- if $token =~ /^[\]})]$/;
		if ($token eq ', ' && $depth == 0) {
			push @parts, $part;
			$part = '';
		} else {
			$part .= $token;
		}
	}
	push @parts, $part if $part ne '';
	return @parts;
}

# One argument or result; POINTED: it leads to data.
sub value {
	my ($text, $pointed) = @_;
	$text =~ s{ ?/\*.*?\*/}{}g;
	return '*' if $pointed && $text ne 'NULL' || $text =~ /^(\[|\{|~\[|0x)/;
	return 32 + $1 if $text =~ /^SIGRT_(\d+)$/;
	return 32 if $text eq 'SIGRTMIN';
	return join '|', sort split /\|/, $text if $text =~ /^[A-Z0-9_|]+$/;
	return $text;
}

my (@lines, %open, %children, %threaded);
while (<STDIN>) {
	chomp;
	my ($tid, $text) = /^(\d+) +(.*)$/ or next;
	next if $text =~ /^(---|\+\+\+)/;
	$text =~ s/, *<unfinished \.\.\.>\) = \?$/) = ?/;
	if ($text =~ s/ *<unfinished \.\.\.>$//) {
		$open{$tid} = $text =~ s{,$}{, }r;
		next;
	}
	$text = delete($open{$tid}) . $1 if $text =~ /^<\.\.\. \w+ resumed>(.*)$/ && defined $open{$tid};
	push @lines, [$tid, $text];
}
# Of a call that a thread did not come back from.
push @lines, map { [$_, $open{$_} =~ s/\)? = \?$//r . ') = ?'] } sort keys %open;

my @calls;
for (@lines) {
	my ($tid, $text) = @$_;
	my ($call, $arguments, $result) = $text =~ /^(\w+)\((.*)\) += (.*?)(?:  <- .*)?$/ or next;
	my @of = arguments($arguments);
	if ($call eq 'clone') {
		my ($flags) = grep { s/^flags=// || /CLONE|SIG|^0$/ } @of;
		@of = ($flags);
	} elsif ($call eq 'clone3') {
		@of = $arguments =~ /flags=([A-Z_|0-9]+)/;
	}
	$result =~ s/^(0x[0-9a-f]+).*/hex $1/e if $call eq 'fcntl';
	$result =~ s/^(-1 [A-Z]+|\?|0x[0-9a-f]+|-?\d+)\b?.*/$1/;
	if ($call =~ /^clone3?$/ && $result =~ /^\d+$/ && $result > 0) {
		push @{$children{$tid}}, [$result, $arguments =~ /CLONE_THREAD/];
	}
	push @calls, { tid => $tid, call => $call, of => \@of, result => $result };
}

# Each process's name, from the first one's on; its threads have the same.
my %name;
sub name_family {
	my ($tid, $name) = @_;
	$name{$tid} = $name;
	my $n = 0;
	for my $child (@{$children{$tid} // []}) {
		$threaded{$name} ||= $child->[1];
		name_family($child->[0], $child->[1] ? $name : $name . '.' . ++$n);
	}
}
name_family($calls[0]{tid}, '1') if @calls;

my %said;
for my $c (@calls) {
	my ($call, @of) = ($c->{call}, @{$c->{of}});
	for my $i (0 .. $#of) {
		$of[$i] = value($of[$i], ($pointed{$call} // '') =~ /\b$i\b/);
		$of[$i] = "T$name{$of[$i]}" if ($id_argument{$call} // '') =~ /\b$i\b/ && exists $name{$of[$i]};
	}
	my $result = $c->{result} =~ /^0x/ ? '*' : $c->{result};
	$result = "T$name{$result}" if $id_result{$call} && exists $name{$result};
	$result = 'T0' if $call eq 'getppid' && $result =~ /^\d+$/; # who is outside of the family
	# Of what was interrupted, which chance decides; strace shows the mask, too.
	@of = (), $result = '*' if $call eq 'rt_sigreturn';
	# strace leaves out what the others make meaningless.
	$#of = 0 if $call eq 'prctl';
	$of[1] =~ s/^(\w+)_PRIVATE$/FUTEX_PRIVATE_FLAG|$1/, $#of = 2 if $call eq 'futex' && $#of > 1;
	$#of = 3 if $call eq 'mremap' && $#of > 3 && $of[3] !~ /FIXED/;
	push @{$said{$name{$c->{tid}} // "?$c->{tid}"}}, $call . '(' . join(', ', @of) . ') = ' . $result;
}
for my $name (sort { $a cmp $b } keys %said) {
	my %seen;
	print "$name $_\n" for grep { !$threaded{$name} || !$seen{$_}++ } sort @{$said{$name}};
}
