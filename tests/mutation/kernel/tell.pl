#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# tell.pl LIST RESULTS EQUIVALENT [equal] <NUMBERS - says as TAP, file by file, how many of the
# kernel's mutants were noticed, and which were not. Called by kernel.sh. Status 1 when one was not.
# EQUIVALENT: lines of file, what is changed, reason, with tabs between. What is changed may end in
# #N: of several that read alike in the file, the N-th. With `equal` it prints the numbers that
# EQUIVALENT has, and no more.

use strict;
use warnings;

my ($list, $results, $equivalent, $equal) = @ARGV;
my (%mutant, %result, %equal, %files, %alike);

sub lines_of { my ($name) = @_; open(my $in, '<', $name) or die "$name: $!\n"; chomp(my @lines = <$in>); return @lines }

for (lines_of($list)) { my ($n, $file, $line, $what) = split /\t/; $mutant{$n} = [$file, $line, $what, ++$alike{"$file\t$what"}] }
for (lines_of($results)) { $result{$1} = $2 if /^(\d+) (.*)/ }
for (lines_of($equivalent)) { $equal{"$1\t$2"} = 1 if /^([^#\t][^\t]*)\t([^\t]*)\t./ }

# Does EQUIVALENT have mutant N?
sub is_equal {
	my ($file, $line, $what, $nth) = @{ $mutant{ $_[0] } };
	return $equal{"$file\t$what"} || $equal{"$file\t$what #$nth"};
}

while (<STDIN>) {
	chomp;
	push @{ $files{ $mutant{$_}[0] } }, $_;
	print "$_\n" if $equal && is_equal($_);
}
exit(0) if $equal;

my ($number, $failed, $all_noticed, $all) = (0, 0, 0, 0);
print '1..', scalar(keys %files), "\n";
for my $file (sort keys %files) {
	my %count = (noticed => 0, equal => 0, untried => 0);
	my @passed;
	for my $n (@{ $files{$file} }) {
		my $how = $result{$n} // 'untried';
		if ($how =~ /^noticed/) { $count{noticed}++ }
		elsif (is_equal($n)) { $count{equal}++ }
		elsif ($how eq 'untried') { $count{untried}++ }
		else { push @passed, "$file:$mutant{$n}[1]: $mutant{$n}[2]" . ($how eq 'unmet' ? ' (no program gets there)' : '') }
	}
	my $of = @{ $files{$file} } - $count{equal} - $count{untried};
	$all_noticed += $count{noticed};
	$all += $of;
	$number++;
	print @passed ? 'not ' : '', "ok $number - $file: $count{noticed} of $of mutants noticed ($count{equal} equivalent",
		$count{untried} ? ", $count{untried} not tried" : '', ")\n";
	print map { "# $_\n" } @passed;
	$failed ||= @passed;
}
print "# $all_noticed of $all mutants of the kernel are noticed\n";
exit($failed ? 1 : 0);
