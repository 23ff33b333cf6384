#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# run.pl TEST... - runs tests as `prove -e ''` does, in the order given, and at the end counts and
# names what was skipped: a machine that lacks something must not look like one that has passed
# everything. Called by `make test`. Status 1 when a test failed.
#
#   JOBS=N    so many at a time (2): most have one process, which leaves a processor idle

use strict;
use warnings;
use TAP::Harness;

my @skipped;
my $harness = TAP::Harness->new({ exec => [], jobs => $ENV{JOBS} // 2, timer => 1, verbosity => 0, color => -t STDOUT ? 1 : 0 });

$harness->callback(made_parser => sub {
	my ($parser, $job) = @_;
	my $test = $job->[0];
	$parser->callback(test => sub {
		my ($result) = @_;
		return unless $result->has_skip;
		push @skipped, "$test: " . $result->description =~ s/^- //r . ': ' . $result->explanation;
	});
	$parser->callback(plan => sub {
		my ($plan) = @_;
		push @skipped, "$test: all of it: " . $plan->explanation if $plan->tests_planned == 0;
	});
});

my $all = $harness->runtests(@ARGV);
print scalar(@skipped), " skipped", @skipped ? ":\n" : "\n", map { "  $_\n" } @skipped;
exit($all->all_passed ? 0 : 1);
