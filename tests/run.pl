#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# run.pl TEST... - runs tests as `prove -e ''` does, in the order given. At the end it names what
# was skipped, because a machine that lacks something must not look like one that has passed
# everything; then what failed, with the comments that followed it; and counts all three in the last
# line. Called by `make test`. Status 1 when a test failed.
#
#   JOBS=N    so many at a time (2): most have one process, which leaves a processor idle

use strict;
use warnings;
use TAP::Harness;

my ($passed, @failed, @skipped) = (0);
my $harness = TAP::Harness->new({ exec => [], jobs => $ENV{JOBS} // 2, timer => 1, verbosity => 0, color => -t STDOUT ? 1 : 0 });

$harness->callback(made_parser => sub {
	my ($parser, $job) = @_;
	my $test = $job->[0];
	my $about;    # the place in @failed of the check that the next comments speak of
	$parser->callback(test => sub {
		my ($result) = @_;
		my $check = $result->description =~ s/^- //r;
		undef $about;
		if ($result->has_skip) {
			push @skipped, "$test: $check: " . $result->explanation;
		} elsif ($result->is_ok) {
			$passed++;
		} else {
			$about = push(@failed, "$test: $check") - 1;
		}
	});
	$parser->callback(comment => sub {
		my ($comment) = @_;
		$failed[$about] .= "\n    " . $comment->raw if defined $about && length $failed[$about] < 8192;
	});
	$parser->callback(plan => sub {
		my ($plan) = @_;
		push @skipped, "$test: all of it: " . $plan->explanation if $plan->tests_planned == 0;
	});
	# A test can also fail as a whole: it ended early, or its status was not 0 with every check
	# passed.
	$parser->callback(EOF => sub {
		my ($end) = @_;
		push @failed, "$test: planned " . ($end->tests_planned // 'nothing') . ', ran ' . $end->tests_run . ', ended with ' . ($end->exit // 0)
			if $end->has_problems && !$end->failed;
	});
});

my $all = $harness->runtests(@ARGV);
print "skipped:\n", map { "  $_\n" } @skipped if @skipped;
print "failed:\n",  map { "  $_\n" } @failed  if @failed;
printf "%d passed, %d failed, %d skipped\n", $passed, scalar @failed, scalar @skipped;
exit($all->all_passed && !@failed ? 0 : 1);
