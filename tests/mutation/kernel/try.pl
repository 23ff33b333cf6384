#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# try.pl DIR IMAGE [NUMBER...] - which mutants of the kernel does a program of tests/guest
# notice? IMAGE holds them all (rewrite.pl); DIR/list names them. Without NUMBERs: all. Prints
# a line `NUMBER noticed PROGRAM`, `NUMBER unnoticed`, `NUMBER unmet` or `NUMBER untried` for each,
# as it becomes known. Called by kernel.sh.
#
#   JOBS=N     QEMUs at a time (2)
#   UNTIL=T    starts nothing new T seconds after it was called
#   TRY=N      programs tried on each mutant, the likely ones first (all that meet it)
#   WITHIN=S   only programs that take at most S seconds
#   PATIENCE=S how much longer than six times that a program may take with a mutant (15)
#   PROGRAMS=P only programs whose names match the regular expression P
#   SCRIPTS=S  only these tests, without .t, beside the programs
#   SAMPLE=F   only the mutants that the file F names: lines of file, what is changed, program
#
# First every program runs once without a mutant, and the kernel says which mutants would have made
# a difference to what it did: only those programs can notice them. Programs are tried in the order
# in which they have noticed neighbours, after those that the file `first` names. Many mutants, each
# with a program, share a boot (qemu.sh run --each): the kernel begins anew for each, and finds the
# mutant's number on the command line. A program notices when its exit status or its log is not as
# NAME.expect says, when something leaks, or when it takes far longer than it should. What the first
# $alone programs do not notice is tried in groups: a program that passes with all mutants of a
# group notices none of them; otherwise the group is halved. What no program notices is tried in a
# boot of its own, where the mutant is there from the first instruction on; then by the tests of
# @scripts: they look at what a program cannot see, what is told of a run, and what comes before it.

use strict;
use warnings;
use File::Spec;
use List::Util qw(max min);
use Time::HiRes qw(clock_gettime stat CLOCK_MONOTONIC);
use POSIX qw(ceil);

# The clock of the day may be set while this runs.
sub now { return clock_gettime(CLOCK_MONOTONIC) }

my ($dir, $image, @numbers) = @ARGV;
my $jobs = $ENV{JOBS} // 2;
my $until = now() + ($ENV{UNTIL} // 1e9);
my $try = $ENV{TRY} // 1e9;
my $longest = $ENV{WITHIN} // 1e9;
my $programs = $ENV{PROGRAMS} // '.';
my $grace = $ENV{PATIENCE} // 15;
my $alone = min($try, 8);
my $group_size = 16;
my $folder = 'tests/guest';
my $tell = 0xffffffff; # no mutant: which ones were met is told (mutants.h)
my @scripts = split(' ', $ENV{SCRIPTS} // 'events start boot-faults archive');
my (%line, %file, %what, %met, %met_script, %seconds, %expect, %noticed, %files);

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

sub write_file {
	my ($to, @parts) = @_;
	open(my $out, '>', $to) or die "$to: $!\n";
	print $out @parts;
	close($out) or die "$to: $!\n";
}

# An image in which mutant N is there from the first instruction on.
sub write_image {
	my ($to, $n) = @_;
	my $copy = $bytes;
	substr($copy, $mark + 16, 4) = pack('V', $n);
	write_file($to, $copy);
}

# A folder like the build, but for its kernel.
sub build_with {
	my ($kernel, $id) = @_;
	my $build = "$dir/build.$id";
	system('rm', '-rf', $build) == 0 or die;
	mkdir $build or die "$build: $!\n";
	for my $made (glob "$ENV{O}/*") {
		my ($what) = $made =~ m{([^/]+)$};
		next if $what =~ /^dry-run/; # qemu.sh makes them anew
		symlink($what eq 'portcullis.Image' ? $kernel : File::Spec->rel2abs($made), "$build/$what");
	}
	return $build;
}

# Calls WORK for each item that NEXT gives, JOBS at a time, and DONE with the item and what came of
# it. DONE may make NEXT give more.
sub each_of {
	my ($next, $work, $done) = @_;
	my %busy;
	for (;;) {
		while (keys %busy < $jobs && defined(my $item = $next->())) {
			pipe(my $from, my $to) or die;
			my $pid = fork() // die "fork: $!\n";
			if ($pid == 0) {
				close($from);
				print $to $work->($item);
				close($to);
				POSIX::_exit(0);
			}
			close($to);
			$busy{$pid} = [$item, $from];
		}
		return unless %busy;
		# What is more than a pipe holds must be read before the end.
		for my $pid (keys %busy) {
			vec(my $set = '', fileno($busy{$pid}[1]), 1) = 1;
			next if keys %busy > 1 && !select($set, undef, undef, 0.05);
			my ($item, $from) = @{ delete $busy{$pid} };
			my $answer = do { local $/; <$from> } // '';
			waitpid($pid, 0);
			$done->($item, $answer);
			last;
		}
	}
}

# --- programs ---

# Makes known how NAME is run, and what is expected of it.
sub read_expectations {
	my ($name) = @_;
	my ($status, @lines) = lines_of("$folder/$name.expect");
	my @options = map { /^options: (.*)/ ? $1 : () } @lines;
	my @absent = grep { my $m = $_; !grep { $m eq $_ } split ' ', (lines_of("$ENV{O}/modules"))[0] }
		map { /^needs: (.*)/ ? split(' ', $1) : () } @lines;
	return if @absent;
	$expect{$name} = { status => $status, options => "@options", lines => [grep { $_ ne '' && !/^(?:options|linux|needs): / } @lines] };
}

# As log_fits() of expect.sh.
sub fits {
	my ($name, $log) = @_;
	return 0 if $log =~ /^leakcheck: LEAK|^init: 600 seconds are over/m;
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
		$at++;
	}
	return 1;
}

# Runs ROWS, each mutants' numbers and a program's name, in few boots of the kernel of BUILD. A
# line for each: `fits`, `fails`, `late`, or `none` when the run ended before it; the seconds that
# it took; which mutants were met, where that is told. Where all wait for ever the kernel's clock,
# which counts instructions, soon gets to the deadline.
sub run_rows {
	my ($build, $id, @rows) = @_;
	my $where = "$dir/rows.$id";
	my (%got, @said, $last);
	system('rm', '-rf', $where);
	mkdir $where or die "$where: $!\n";
	write_file("$where/list", map {
		my ($n, $name) = @$_;
		my $patience = $seconds{$name} ? ceil($grace + 6 * $seconds{$name}) : 300;
		"--append kernel.mutant=$n --timeout $patience $expect{$name}{options} $ENV{O}/tests/guest/$name => status $expect{$name}{status}\n";
	} @rows);
	my $start = Time::HiRes::time();
	open(my $from, '-|', "O=$build PORTCULLIS_BUILT=1 ./qemu.sh run --icount --tty --append leakcheck --append deadline=600 --log $where --each $where/list 2>$where/said </dev/null") or die;
	while (<$from>) {
		if (/^(not )?ok (\d+)/) { $got{ $last = $2 } = $1 ? 'fails' : 'fits' }
		elsif (/^# its time was up/) { $got{$last} = 'late' }
	}
	close($from);
	for my $i (1 .. @rows) {
		my $log = join("\n", lines_of("$where/$i.log"));
		my $end = (stat("$where/$i.log"))[9] // $start;
		my ($met) = $log =~ /^mutants met: ([0-9a-f]+)/m;
		my $how = $got{$i} // 'none';
		$how = 'fails' if $how eq 'fits' && !fits($rows[$i - 1][1], $log =~ s/^mutants met: .*//mr);
		push @said, sprintf("%s %.3f %s\n", $how, max(0.001, $end - $start), $met // '');
		$start = $end;
	}
	print STDERR map { "# $_\n" } lines_of("$where/said") if keys %got < @rows;
	system('rm', '-rf', $where) if keys %got == @rows;
	return @said;
}

for my $path (glob "$folder/*.expect") {
	my ($name) = $path =~ m{([^/]+)\.expect$};
	read_expectations($name) if $name =~ /$programs/;
}
my $rows_build = build_with($image, 'rows');

# --- a sample ---

if (defined $ENV{SAMPLE}) {
	my %sample;
	for (lines_of($ENV{SAMPLE})) {
		my ($f, $w, $name) = split /\t/;
		$sample{"$f\t$w"} = $name if defined $name;
	}
	my @rows;
	for my $n (sort { $a <=> $b } keys %file) {
		my $name = delete $sample{"$file{$n}\t$what{$n}"};
		push @rows, [$n, $name], [0, $name] if defined $name;
	}
	print "# no such mutant: $_\n" for sort keys %sample;
	for my $answer (run_rows($rows_build, 'sample', @rows)) {
		my ($n, $name) = @{ shift @rows };
		my $right = $n == 0 ? $answer =~ /^fits/ : $answer =~ /^(?:fails|late)/;
		printf("%s %s: %s\n", $right ? 'ok' : 'not ok', $name, $n ? "$file{$n}:$line{$n}: $what{$n}" : 'passes without a mutant');
	}
	exit(%sample ? 1 : 0);
}

# --- what each test meets ---

# The numbers of the mutants in BITS, as mutants.c prints them.
sub numbers_in {
	my ($bits) = @_;
	my ($n, @in) = (0);
	for my $digit (split //, $bits) {
		push @in, map { $n + $_ } grep { hex($digit) >> $_ & 1 } 0 .. 3 if $digit ne '0';
		$n += 4;
	}
	return @in;
}

my %known = map { (split ' ')[0] => 1 } lines_of("$dir/met");
my @names = grep { !$known{$_} } sort keys %expect;
my $boots_needed = max($jobs, ceil(@names / 100)); # the programs of one boot lie in its memory
my @parts = map { [] } 1 .. $boots_needed;
push @{ $parts[$_ % $boots_needed] }, $names[$_] for 0 .. $#names;
my @lines = lines_of("$dir/met");
each_of(sub { my $part = shift @parts; return $part && @$part ? $part : undef }, sub {
	return run_rows($rows_build, "met.$_[0][0]", map { [$tell, $_] } @{ $_[0] });
}, sub {
	my ($part, $answer) = @_;
	my @answers = split /\n/, $answer;
	push @lines, map { "$_ " . shift(@answers) } @$part;
});
write_file("$dir/met", map { "$_\n" } sort @lines);
for (lines_of("$dir/met")) {
	my ($name, $how, $took, $bits) = split ' ';
	next unless $expect{$name};
	if ($how ne 'fits' || !defined $bits) {
		print "# $name does not pass on the kernel with mutants: left out\n";
		next;
	}
	next if $took > $longest;
	$seconds{$name} = $took;
	$met{$_}{$name} = 1 for numbers_in($bits);
	$files{$name} = () = $bits =~ /[1-9a-f]/g;
}

# Runs tests/NAME.t on image KERNEL, to its first check that fails: which that is; '' if all is
# well.
sub run_script {
	my ($name, $kernel, $id, $patience, $path) = @_;
	my $build = build_with($kernel, $id);
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

# What the scripts' machines have met is copied from their consoles; some of the checks fail by it.
mkdir "$dir/bin";
mkdir "$dir/scripts";
write_file("$dir/bin/qemu-system-riscv64", qq{#!/usr/bin/env bash\nexec "\$REAL_QEMU" "\$@" > >(tee -a "\$MUTANTS_MET")\n});
chmod 0755, "$dir/bin/qemu-system-riscv64";
chomp($ENV{REAL_QEMU} = qx(sh -c 'command -v qemu-system-riscv64'));
write_image("$dir/tell.Image", $tell);
my @missing_scripts = grep { !-s "$dir/scripts/$_" } @scripts;
each_of(sub { shift @missing_scripts }, sub {
	my ($name) = @_;
	my $start = now();
	my $good = run_script($name, $image, $name, 600) eq '';
	my $took = now() - $start;
	$ENV{MUTANTS_MET} = "$dir/console.$name";
	run_script($name, "$dir/tell.Image", $name, 1200, "$dir/bin");
	write_file("$dir/scripts/$name", $good ? 'fits' : 'fails', " $took\n", map { /^mutants met: ([0-9a-f]+)/ ? "$1\n" : () } lines_of($ENV{MUTANTS_MET}));
	unlink $ENV{MUTANTS_MET};
	return '';
}, sub { });

for my $name (@scripts) {
	my ($head, @bits) = lines_of("$dir/scripts/$name");
	my ($how, $took) = split ' ', $head;
	if ($how ne 'fits') {
		print "# tests/$name.t does not pass on the kernel with mutants: left out\n";
		next;
	}
	$seconds{"$name.t"} = $took;
	for my $bits (@bits) { $met_script{$_}{$name} = 1 for numbers_in($bits) }
}

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
		$score{$name} = $near + 100 / $files{$name} - $seconds{$name};
	}
	for my $name (likeliest($n)) { $score{$name} += 1000 if defined $score{$name} }
	return sort { $score{$b} <=> $score{$a} || $a cmp $b } keys %score;
}

# What is known already teaches, too.
for (lines_of("$dir/results")) {
	$noticed{$file{$1}}{$2}{$line{$1}} = 1 if /^(\d+) noticed (\S+)/ && defined $file{$1};
}

$| = 1;
my (%tried, @queue, @left);

# What a boot's rows may take, as far as is known; and how many there may be: all lie in its memory.
my ($share, $most) = (10, 300);

# Neighbours are not in one boot, so that they learn from each other.
my %place;
$place{$_} = $place{ $file{$_} }++ % 8 for @numbers;
for my $n (sort { $file{$a} cmp $file{$b} || $place{$a} <=> $place{$b} || $a <=> $b } @numbers) {
	if ($met{$n}) { push @queue, $n }
	elsif ($met_script{$n}) { push @left, $n }
	else { print "$n unmet\n" }
}

# The next rows: of each mutant as many programs as were tried on it before, and one at first.
sub next_rows {
	my ($spent, @rows) = (0);
	while (@queue && $spent < $share && @rows < $most && now() < $until) {
		my $n = shift @queue;
		my @programs = grep { !$tried{$n}{$_} } order($n);
		my $room = min(max(1, scalar keys %{ $tried{$n} // {} }), $alone - keys %{ $tried{$n} // {} });
		splice(@programs, $room) if $room < @programs;
		if (!@programs) {
			push @left, $n;
			next;
		}
		for my $name (@programs) {
			push @rows, [$n, $name];
			$spent += $seconds{$name};
			$tried{$n}{$name} = 1;
		}
	}
	return @rows ? \@rows : undef;
}

my %found; # the mutants that were noticed

sub tell_noticed {
	my ($n, $name, $how) = @_;
	return if $found{$n}++;
	print "$n noticed $name", $how eq 'late' ? ' late' : '', "\n";
	$noticed{$file{$n}}{$name}{$line{$n}} = 1;
}

# Runs the rows that NEXT gives, a boot's at a time. DONE gets those that were answered, with the
# answer, and those that were not.
my $boots = 0;
sub run_boots {
	my ($next, $done) = @_;
	my $lost = 0;
	each_of(sub { my $rows = $next->(); $boots++; return $rows }, sub { run_rows($rows_build, "boot.$boots", @{ $_[0] }) }, sub {
		my ($rows, $answer) = @_;
		my @answers = map { (split)[0] } split /\n/, $answer;
		my @at = grep { ($answers[$_] // 'none') ne 'none' } 0 .. $#$rows;
		my %at = map { $_ => 1 } @at;
		die "no row of a boot was answered\n" if !@at && $lost++ > 2;
		$done->([map { [@{ $rows->[$_] }, $answers[$_]] } @at], [map { $at{$_} ? () : $rows->[$_] } 0 .. $#$rows]);
	});
}

run_boots(\&next_rows, sub {
	my ($answered, $lost) = @_;
	my %seen;
	tell_noticed(@$_) for grep { $_->[2] ne 'fits' } @$answered;
	delete $tried{ $_->[0] }{ $_->[1] } for @$lost;
	unshift @queue, grep { !$found{$_} && !$seen{$_}++ } map { $_->[0] } @$answered, @$lost;
});

# --- in groups ---

# For each program the mutants that it meets and has not been tried on. Neighbours are not in one
# group, because one may hide the other: as a condition that is true hides that it is false.
my %rest;
if ($alone < $try) {
	for my $n (@left) { push @{ $rest{$_} }, $n for grep { !$tried{$n}{$_} } keys %{ $met{$n} // {} } }
}
my @order = sort { @{ $rest{$b} } / $seconds{$b} <=> @{ $rest{$a} } / $seconds{$a} || $a cmp $b } keys %rest;

sub make_groups {
	my ($name) = @_;
	my @of = sort { $a <=> $b } grep { !$found{$_} } @{ $rest{$name} };
	my $n = max(2, ceil(@of / $group_size));
	my @groups;
	push @{ $groups[$_ % $n] }, $of[$_] for 0 .. $#of;
	return map { [$_, $name] } @groups;
}

my @waiting; # [mutants, program]
sub next_groups {
	my ($spent, @rows) = (0);
	while ($spent < $share && @rows < $most && now() < $until) {
		push @waiting, make_groups(shift @order) if !@waiting && @order;
		my $group = shift @waiting // last;
		my @of = grep { !$found{$_} } @{ $group->[0] };
		next if !@of;
		push @rows, [join(',', @of), $group->[1]];
		$spent += $seconds{ $group->[1] };
	}
	return @rows ? \@rows : undef;
}

run_boots(\&next_groups, sub {
	my ($answered, $lost) = @_;
	for (@$answered) {
		my ($of, $name, $how) = @$_;
		my @of = split /,/, $of;
		next if $how eq 'fits';
		if (@of == 1) { tell_noticed($of, $name, $how) }
		else { unshift @waiting, [[splice(@of, 0, @of / 2)], $name], [\@of, $name] }
	}
	unshift @waiting, map { [[split /,/, $_->[0]], $_->[1]] } @$lost;
});
@left = grep { !$found{$_} } @left;

# Mutant N in an image of its own: does one of the three likeliest programs notice what comes before
# the command line is read, or a script the rest?
sub notices_from_start {
	my ($n) = @_;
	my $kernel = "$dir/mutant.$n.Image";
	my $answer = 'unnoticed';
	my %likely = map { s/\.t$// ? ($_ => 1) : () } likeliest($n);
	my @programs = order($n);
	return 'untried' if $try < @programs;
	splice(@programs, 3) if @programs > 3;
	write_image($kernel, $n);
	if (@programs) {
		my $build = build_with($kernel, $n);
		my @answers = run_rows($build, "start.$n", map { [$n, $_] } @programs);
		system('rm', '-r', $build);
		for my $i (0 .. $#programs) {
			$answer = "noticed $programs[$i] from the start" if $answers[$i] =~ /^(?:fails|late)/;
		}
	}
	for my $name (sort { ($likely{$b} // 0) <=> ($likely{$a} // 0) } grep { $met_script{$n}{$_} } @scripts) {
		last if $answer =~ /^noticed/ || now() > $until;
		my $failed = run_script($name, $kernel, $n, 30 + 4 * $seconds{"$name.t"});
		$answer = "noticed $name.t by $failed" if $failed ne '';
	}
	unlink $kernel;
	return now() > $until && $answer eq 'unnoticed' ? 'untried' : $answer;
}

each_of(sub { now() < $until ? shift @left : undef }, sub { notices_from_start($_[0]) }, sub { print "$_[0] $_[1]\n" });
