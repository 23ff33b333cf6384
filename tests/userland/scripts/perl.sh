#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Processes, sockets, sorting, pattern matching, files.
perl <<'END'
use strict; use warnings; use Socket; use POSIX qw(:sys_wait_h); use File::Temp qw(tempdir); use Time::HiRes qw(sleep);
print join(',', sort { $b <=> $a } map { $_ ** 2 } 1 .. 5), "\n";
my $text = "key=value; other=thing"; my %h = $text =~ /(\w+)=(\w+)/g; print "$_ $h{$_}\n" for sort keys %h;
pipe(my $r, my $w) or die; my $pid = fork() // die; if (!$pid) { close $r; print $w "from the child\n"; exit 3 }
close $w; print scalar <$r>; waitpid($pid, 0); print $? >> 8, "\n";
socket(my $s, PF_INET, SOCK_STREAM, 0) or die; bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die; listen($s, 5);
my ($port) = sockaddr_in(getsockname($s));
if (!($pid = fork())) { socket(my $c, PF_INET, SOCK_STREAM, 0); connect($c, sockaddr_in($port, INADDR_LOOPBACK)) or die; syswrite $c, "hello"; exit }
accept(my $a, $s); sysread $a, my $got, 10; print "$got\n"; waitpid($pid, 0);
my $dir = tempdir(CLEANUP => 1); open(my $f, '>', "$dir/x"); print $f "data"; close $f; print -s "$dir/x", "\n";
local $SIG{ALRM} = sub { print "alarm\n" }; alarm 1; sleep 2;
print sprintf('%.3f', 22 / 7), "\n"; print pack('N', 258) eq "\0\0\1\2" ? "packed\n" : "not packed\n";
END
