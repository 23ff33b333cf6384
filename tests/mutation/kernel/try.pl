#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# try.pl DIR IMAGE [NUMBER...] - which mutants of the kernel does a program of tests/guest
# notice? IMAGE holds them all (rewrite.pl); DIR/list names them. Without NUMBERs: all. Prints
# a line `NUMBER noticed PROGRAM`, `NUMBER unnoticed`, `NUMBER unmet` or `NUMBER untried` for each,
# as it becomes known. Called by kernel.sh.
#
#   JOBS=N     QEMUs at a time (2)
#   UNTIL=T    starts no further mutant T seconds after it was called
#   TRY=N      programs tried on each mutant, the likely ones first (all that meet it)
#   PROGRAMS=P only programs whose names match the regular expression P
#   SCRIPTS=S  only these tests, without .t, beside the programs
#   SAMPLE=F   only the mutants that the file F names: lines of file, what is changed, program
#
# First every program runs once without a mutant, and the kernel says which mutants would have made
# a difference to what it did: only those programs can notice them. Programs are tried in the order
# in which they have noticed neighbours, after those that the file `first` names. A program notices
# when its exit status or its log is not as NAME.expect says, when something leaks, or when it takes
# far longer than it should. What no program notices is tried by the tests of @scripts, which look
# at what a program cannot see: what is told of a run, and what comes before it. They run beside the
# build as it is, but for the kernel's image.

use strict;
use warnings;
use File::Spec;
use IO::Select;
use List::Util qw(max);
use Time::HiRes qw(time);
use POSIX qw(:sys_wait_h);

my ($dir, $image, @numbers) = @ARGV;
my $jobs = $ENV{JOBS} // 2;
my $until = time + ($ENV{UNTIL} // 1e9);
my $try = $ENV{TRY} // 1e9;
my $programs = $ENV{PROGRAMS} // '.';
my $folder = 'tests/guest';
my @scripts = split(' ', $ENV{SCRIPTS} // 'events start boot-faults archive');
my (%line, %file, %what, %met, %met_script, %seconds, %expect, %command, %noticed, %files);

open(my $in, '<', $image) or die "$image: $!\n";
binmode $in;
my $bytes = do { local $/; <$in> };
my $mark = index($bytes, "MUTANT-CHOSEN-:\0");
die "$image holds no mutants\n" if $mark < 0;

open($in, '<', "$dir/list") or die "$dir/list: $!\n";
while (<$in>) {
	chomp;
	my ($n, $f, $l, $w) = split /\t/;
	($file{$n}, $line{$n}, $what{$n}) = ($f, $l, $w);
}
@numbers = sort { $a <=> $b } keys %file unless @numbers;
my @first = map { [split /\t/] } grep { !/^#/ } lines_of($0 =~ s{[^/]*$}{first}r);

# The tests that are the likeliest to notice mutant N.
sub likeliest {
	my ($n) = @_;
	return map { split ' ', $_->[2] } grep { $_->[0] eq $file{$n} && $what{$n} =~ /$_->[1]/ } @first;
}

sub lines_of { my ($name) = @_; open(my $in, '<', $name) or return (); chomp(my @lines = <$in>); return @lines }

sub write_image {
	my ($to, $n) = @_;
	my $copy = $bytes;
	substr($copy, $mark + 16, 4) = pack('V', $n);
	open(my $out, '>', $to) or die "$to: $!\n";
	print $out $copy;
	close($out) or die "$to: $!\n";
}

sub read_expectations {
	my ($name) = @_;
	open(my $in, '<', "$folder/$name.expect") or die "$folder/$name.expect: $!\n";
	chomp(my ($status, @lines) = <$in>);
	my @options = map { /^options: (.*)/ ? split(' ', $1) : () } @lines;
	$expect{$name} = { status => $status, lines => [grep { $_ ne '' && !/^(?:options|linux|needs): / } @lines] };
	return @options;
}

# As log_fits() of expect.sh.
sub fits {
	my ($name, $status, $log) = @_;
	return 0 if $status != $expect{$name}{status} || $log =~ /^leakcheck: LEAK/m;
	my @lines = split /\n/, $log =~ tr/\r//dr;
	my $at = 0;
	for my $wanted (@{ $expect{$name}{lines} }) {
		if ($wanted =~ /^!(.*)/) {
			my $re = $1;
			return 0 if grep { /$re/ } @lines;
			next;
		}
		$at++ while $at < @lines && $lines[$at] !~ /$wanted/;
		return 0 if $at == @lines;
	}
	return 1;
}

# Runs NAME on image KERNEL: its status, and its log from the kernel's first byte on. -1: it was
# given up. ENOUGH: is asked about the log when more has come, which must be within STALL seconds.
sub run {
	my ($name, $kernel, $patience, $enough, $stall) = @_;
	my @command = map { $_ eq '@KERNEL@' ? $kernel : $_ } @{ $command{$name} };
	my $start = time;
	my $pid = open(my $out, '-|') // die "fork: $!\n";
	if ($pid == 0) {
		open(STDIN, '<', '/dev/null');
		open(STDERR, '>', '/dev/null');
		exec('timeout', '-s', 'KILL', $patience, @command) or POSIX::_exit(127);
	}
	my $log = '';
	my $part;
	my $quiet = IO::Select->new($out);
	for (;;) {
		if (length($log) > 4e6 || $enough && $enough->($log) || !$quiet->can_read($stall)) {
			kill 'TERM', $pid; # timeout hands it on
			last;
		}
		last if !sysread($out, $part, 65536);
		$log .= $part;
	}
	close($out);
	my $status = $? & 127 ? -1 : $? >> 8;
	$log =~ s/^.*?\x02//s;
	return (time - $start >= $patience ? -1 : $status, $log);
}

# Runs tests/NAME.t on image KERNEL, to its first check that fails: which that is; '' if all is
# well.
sub run_script {
	my ($name, $kernel, $id, $patience, $path) = @_;
	my $build = "$dir/build.$id";
	mkdir $build;
	for my $made (glob "$ENV{O}/*") {
		my ($what) = $made =~ m{([^/]+)$};
		symlink($what eq 'portcullis.Image' ? $kernel : File::Spec->rel2abs($made), "$build/$what");
	}
	my $pid = open(my $out, '-|') // die "fork: $!\n";
	if ($pid == 0) {
		open(STDIN, '<', '/dev/null');
		open(STDERR, '>', '/dev/null');
		$ENV{O} = $build;
		$ENV{PATH} = "$path:$ENV{PATH}" if defined $path;
		delete $ENV{SAMPLE};
		exec('timeout', '-k', '10', $patience, "tests/$name.t") or POSIX::_exit(127);
	}
	my $failed = '';
	while (defined(my $line = <$out>)) {
		next unless $line =~ /^not ok (\d+)/;
		$failed = "check $1";
		last if !defined $path;
	}
	kill 'TERM', $pid if $failed ne ''; # timeout hands it on
	close($out);
	$failed = 'its end' if $? && $failed eq '';
	system('rm', '-r', $build);
	return $failed;
}

# --- what each program meets ---

my %sample;
if (defined $ENV{SAMPLE}) {
	open(my $rows, '<', $ENV{SAMPLE}) or die "$ENV{SAMPLE}: $!\n";
	while (<$rows>) {
		chomp;
		my ($f, $w, $name) = split /\t/;
		$sample{"$f\t$w"} = $name if defined $name;
	}
}

mkdir "$dir/programs";
mkdir "$dir/met";
for my $path (glob "$folder/*.expect") {
	my ($name) = $path =~ m{([^/]+)\.expect$};
	next if %sample && !grep { $_ eq $name } values %sample;
	next if $name !~ /$programs/;
	my @options = read_expectations($name);
	my $saved = "$dir/programs/$name.command";
	if (!-e $saved) {
		my $line = qx(./qemu.sh run --icount --append leakcheck --tty --dry-run @options \$O/tests/guest/$name);
		chomp $line;
		my ($cpio) = $line =~ /-initrd (\S+)/ or next;
		system('cp', $cpio, "$dir/programs/$name.cpio") == 0 or die;
		$line =~ s/-initrd \S+/-initrd $dir\/programs\/$name.cpio/;
		$line =~ s/-kernel \S+/-kernel \@KERNEL\@/;
		open(my $out, '>', $saved) or die "$saved: $!\n";
		print $out $line;
	}
	my $words = qx(cat $saved);
	my @words;
	push @words, ($1 // '') . ($2 // '') while $words =~ /\G\s*(?:'([^']*)'|(\S+))/g;
	$command{$name} = \@words;
}

sub each_of {
	my ($next, $work, $done) = @_;
	my %busy;
	for (;;) {
		while (keys %busy < $jobs && defined(my $item = $next->())) {
			pipe(my $from, my $to) or die;
			my $pid = fork() // die "fork: $!\n";
			if ($pid == 0) {
				syswrite $to, $work->($item);
				POSIX::_exit(0);
			}
			close($to);
			$busy{$pid} = [$item, $from];
		}
		return unless %busy;
		my $pid = waitpid(-1, 0);
		my $of = delete $busy{$pid} or next;
		my $from = $of->[1];
		$done->($of->[0], do { local $/; <$from> } // '');
	}
}

if (%sample) {
	write_image("$dir/none.Image", 0);
	my @rows;
	for my $n (sort { $a <=> $b } keys %file) {
		my $name = delete $sample{"$file{$n}\t$what{$n}"};
		push @rows, [$n, $name], [0, $name] if defined $name;
	}
	print "# no such mutant: $_\n" for sort keys %sample;
	each_of(sub { shift @rows }, sub {
		my ($n, $name) = @{ $_[0] };
		my $kernel = $n == 0 ? "$dir/none.Image" : "$dir/mutant.$n.Image";
		write_image($kernel, $n) if $n;
		my $fits = fits($name, run($name, $kernel, 60));
		unlink $kernel if $n;
		return $fits ? 'unnoticed' : 'noticed';
	}, sub {
		my ($item, $answer) = @_;
		my ($n, $name) = @$item;
		my $right = $n == 0 ? $answer eq 'unnoticed' : $answer eq 'noticed';
		printf("%s %s: %s\n", $right ? 'ok' : 'not ok', $name, $n ? "$file{$n}:$line{$n}: $what{$n}" : 'passes without a mutant');
	});
	exit(%sample ? 1 : 0);
}

write_image("$dir/tell.Image", 0xffffffff);
my @missing = grep { !-s "$dir/met/$_" } sort keys %command;
each_of(sub { shift @missing }, sub {
	my ($name) = @_;
	my $start = time;
	my ($status, $log) = run($name, "$dir/tell.Image", 100);
	my $took = time - $start;
	my ($bits) = $log =~ /^mutants met: ([0-9a-f]+)/m;
	my $fits = fits($name, $status, $log =~ s/\n+mutants met: .*//sr);
	open(my $out, '>', "$dir/met/$name") or die;
	print $out defined $bits && $fits ? 'fits' : 'fails', " $took ", $bits // '', "\n";
	close($out);
	return '';
}, sub { });

# The numbers of the mutants in BITS, as mutants.c prints them.
sub numbers_in {
	my ($bits) = @_;
	my ($n, @in) = (0);
	for my $digit (split //, $bits) {
		push @in, map { $n + $_ } grep { hex($digit) >> $_ & 1 } 0 .. 3;
		$n += 4;
	}
	return @in;
}

for my $name (sort keys %command) {
	my ($how, $took, $bits) = split ' ', qx(cat $dir/met/$name);
	if ($how ne 'fits') {
		print "# $name does not pass on the kernel with mutants: left out\n";
		next;
	}
	$seconds{$name} = $took;
	$met{$_}{$name} = 1 for numbers_in($bits);
	$files{$name} = () = $bits =~ /[1-9a-f]/g;
}

# What the scripts' machines have met is copied from their consoles; some of the checks fail by it.
mkdir "$dir/bin";
open(my $wrapper, '>', "$dir/bin/qemu-system-riscv64") or die;
print $wrapper qq{#!/usr/bin/env bash\n"\$REAL_QEMU" "\$@" | tee -a "\$MUTANTS_MET"\nexit "\${PIPESTATUS[0]}"\n};
close($wrapper);
chmod 0755, "$dir/bin/qemu-system-riscv64";
chomp($ENV{REAL_QEMU} = qx(sh -c 'command -v qemu-system-riscv64'));
write_image("$dir/none.Image", 0);
my @missing_scripts = grep { !-s "$dir/met/$_.t" } @scripts;
each_of(sub { shift @missing_scripts }, sub {
	my ($name) = @_;
	my $start = time;
	my $good = run_script($name, "$dir/none.Image", $name, 600) eq '';
	my $took = time - $start;
	$ENV{MUTANTS_MET} = "$dir/console.$name";
	run_script($name, "$dir/tell.Image", $name, 1200, "$dir/bin");
	open(my $out, '>', "$dir/met/$name.t") or die;
	print $out $good ? 'fits' : 'fails', " $took\n";
	print $out map { /^mutants met: ([0-9a-f]+)/ ? "$1\n" : () } lines_of($ENV{MUTANTS_MET});
	unlink $ENV{MUTANTS_MET};
	return '';
}, sub { });

for my $name (@scripts) {
	my ($head, @bits) = lines_of("$dir/met/$name.t");
	my ($how, $took) = split ' ', $head;
	if ($how ne 'fits') {
		print "# tests/$name.t does not pass on the kernel with mutants: left out\n";
		next;
	}
	$seconds{"$name.t"} = $took;
	for my $bits (@bits) { $met_script{$_}{$name} = 1 for numbers_in($bits) }
}

# --- many in one boot ---

# The programs of tests/guest beside batch.c, in one archive; those that pass in each
# other's company are tried together.
my (%together, $base);

# Runs PROGRAMS in one boot, to the end of the first that is not as it should be.
sub boot_batch {
	my ($kernel, $id, $patience, @programs) = @_;
	my ($at, %got) = 0;
	my $where = "$dir/batch.$id";
	mkdir $where;
	open(my $out, '>', "$where/batch") or die "$where/batch: $!\n";
	print $out map { "$_\n" } @programs;
	close($out);
	system("{ cat $dir/batch.cpio && cd $where && echo batch | cpio -o -H newc -R 0:0 --quiet; } > $dir/batch.$id.cpio") == 0 or die;
	$command{batch} = [map { m{^$dir/programs/.*cpio$} ? "$dir/batch.$id.cpio" : s{init=\S+}{init=/bin/batch}r } @{ $command{$base} }];
	my ($status, $log) = run('batch', $kernel, $patience, sub {
		pos($_[0]) = $at;
		while ($_[0] =~ /\x01start (\S+)\r?\n(.*?)\n\x01end \1 (\d+)\r?\n/gs) {
			$got{$1} = fits($1, $3, $2);
			return 1 if !$got{$1};
			$at = pos($_[0]);
		}
		return 0;
	}, 15 + 6 * max(map { $seconds{$_} } @programs));
	unlink "$dir/batch.$id.cpio", "$where/batch";
	rmdir $where;
	$got{leakcheck} = $log =~ /^leakcheck: LEAK/m;
	return \%got;
}

# Which of PROGRAMS, run together, is the first that is not as it should be; -1: they leak.
sub suspect {
	my ($kernel, $id, @programs) = @_;
	my $patience = 15;
	$patience += 4 * $seconds{$_} for @programs;
	my $got = boot_batch($kernel, $id, $patience, @programs);
	for my $at (0 .. $#programs) {
		return $at unless $got->{$programs[$at]};
	}
	return $got->{leakcheck} ? -1 : undef;
}

my @alike = sort grep { $seconds{$_} < 3 && "@{ $command{$_} }" =~ /append '?init=\S+ newline=bare'?(?: |$)/ && "@{ $command{$_} }" !~ /explain|private/ } keys %seconds;
$base = $alike[0];
if (!-e "$dir/together") {
	system("rm -rf $dir/root && mkdir -p $dir/root/bin && cp $dir/build/tests/guest/batch $dir/root/bin/") == 0 or die;
	system("riscv64-unknown-elf-objcopy --strip-all $ENV{O}/tests/guest/$_ $dir/root/bin/$_") for @alike;
	system("{ cat $ENV{O}/initrd.cpio && cd $dir/root && find bin -type f | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet; } > $dir/batch.cpio") == 0 or die;
	my @left = @alike;
	my %bad;
	while (@left && defined(my $at = suspect("$dir/tell.Image", 0, @left))) {
		die "$dir/tell.Image: what has run leaks\n" if $at < 0;
		print "# $left[$at] does not pass after others: alone\n";
		$bad{$left[$at]} = 1;
		splice(@left, 0, $at + 1);
	}
	open(my $out, '>', "$dir/together") or die;
	print $out join(' ', grep { !$bad{$_} } @alike), "\n";
}
$together{$_} = 1 for split ' ', qx(cat $dir/together);

# --- the mutants ---

# Programs that have noticed neighbours first, then those that meet little
# else, then the quick ones.
sub order {
	my ($n) = @_;
	my %score;
	for my $name (keys %{ $met{$n} // {} }) {
		my $near = 0;
		for my $l (keys %{ $noticed{$file{$n}}{$name} // {} }) {
			my $distance = abs($l - $line{$n});
			$near += 1 / (1 + $distance);
		}
		$score{$name} = $near + 100 / $files{$name} - $seconds{$name} / 20;
	}
	for my $name (likeliest($n)) { $score{$name} += 1000 if defined $score{$name} }
	return sort { $score{$b} <=> $score{$a} || $a cmp $b } keys %score;
}

# Runs NAME alone: does it notice?
sub notices {
	my ($kernel, $name) = @_;
	my ($status, $log) = run($name, $kernel, 10 + 6 * $seconds{$name});
	return fits($name, $status, $log) ? undef : "noticed $name" . ($status < 0 ? ' late' : '');
}

# Runs tests/NAME.t: does it notice?
sub script_notices {
	my ($name, $kernel, $n) = @_;
	my $failed = run_script($name, $kernel, $n, 30 + 4 * $seconds{"$name.t"});
	return $failed eq '' ? undef : "noticed $name.t by $failed";
}

# The three likeliest programs alone, whose boot is short, and the likeliest scripts; the likely
# programs together, then those that must be alone, then all others together, then all other
# scripts. What one of many notices it must notice alone.
sub try_all {
	my ($kernel, $n, @programs) = @_;
	my @left = $try < @programs ? splice(@programs, $try) : ();
	my @likely = splice(@programs, 0, 3);
	my @many = grep { $together{$_} } @programs;
	my @alone = grep { !$together{$_} } @programs;

	my %likely = map { s/\.t$// ? ($_ => 1) : () } likeliest($n);
	my @last = sort { ($likely{$b} // 0) <=> ($likely{$a} // 0) } grep { $met_script{$n}{$_} } @scripts;
	write_image($kernel, $n);
	for my $name (@likely) {
		my $answer = notices($kernel, $name);
		return $answer if defined $answer;
	}
	while (@last && $likely{$last[0]}) {
		my $answer = script_notices(shift @last, $kernel, $n);
		return $answer if defined $answer;
	}
	for my $part ([splice(@many, 0, 25)], undef, \@many) {
		for my $name (defined $part ? () : @alone) {
			my $answer = notices($kernel, $name);
			return $answer if defined $answer;
		}
		while (defined $part && @$part && defined(my $at = suspect($kernel, $n, @$part))) {
			my $answer = $at < 0 ? 'noticed leakcheck' : notices($kernel, $part->[$at]);
			return $answer if defined $answer;
			splice(@$part, 0, $at + 1);
		}
	}
	for my $name (@last) {
		my $answer = script_notices($name, $kernel, $n);
		return $answer if defined $answer;
	}
	return @left ? 'untried' : 'unnoticed';
}

# What is known already teaches, too.
if (open(my $known, '<', "$dir/results")) {
	while (<$known>) { $noticed{$file{$1}}{$2}{$line{$1}} = 1 if /^(\d+) noticed (\S+)/ && defined $file{$1} }
}

$| = 1;
my @left = @numbers;
# Neighbours are not tried at the same time, so that they learn from each other.
each_of(sub {
	for (;;) {
		return undef if time > $until || !@left;
		my $n = shift @left;
		my @programs = order($n);
		return [$n, @programs] if @programs || $met_script{$n};
		print "$n unmet\n";
	}
}, sub {
	my ($n, @programs) = @{ $_[0] };
	my $kernel = "$dir/mutant.$n.Image";
	my $answer = try_all($kernel, $n, @programs);
	unlink $kernel;
	return $answer;
}, sub {
	my ($item, $answer) = @_;
	my $n = $item->[0];
	print "$n $answer\n";
	$noticed{$file{$n}}{$1}{$line{$n}} = 1 if $answer =~ /^noticed (\S+)/;
});
