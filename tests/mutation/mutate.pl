#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# mutate.pl SOURCE DIR [lines] - writes mutants of a C file, each with one change:
# DIR/NAME.LINE.N.c, whose first line is a comment that says what was changed. Comments, ACSL
# among them, are no code. With `lines`: only deleted lines, else changed operators and
# constants, too. Called by run.sh. Relies on the layout that `make format` gives: binary
# operators stand between blanks.

use strict;
use warnings;

my ($source, $dir, $only_lines) = @ARGV;
my ($name) = $source =~ m{([^/]+)\.c$} or die "usage: mutate.pl SOURCE.c DIR [lines]\n";

open(my $in, '<', $source) or die "mutate: $source: $!\n";
my $text = do { local $/; <$in> };

# Blanks, for comments; the line numbers stay.
$text =~ s{("(?:\\.|[^"\\])*")|/\*.*?\*/|//[^\n]*}{defined $1 ? $1 : $& =~ s/[^\n]//gr}gse;
my @lines = split(/\n/, $text, -1);
my $count = 0;

# The file with LINES[INDEX] as NEW.
sub mutant {
	my ($index, $new) = @_;
	my $old = $lines[$index];
	my $file = sprintf('%s/%s.%03d.%04d.c', $dir, $name, $index + 1, $count++);
	my ($was, $is) = map { s/^\s+|\s+$//gr =~ s/\s+/ /gr =~ s{\*/}{* /}gr } $old, $new;

	open(my $out, '>', $file) or die "mutate: $file: $!\n";
	print $out "/* $was => ", $is eq '' ? 'deleted' : $is, " */\n";
	print $out join("\n", @lines[0 .. $index - 1], $new, @lines[$index + 1 .. $#lines]);
	close($out) or die "mutate: $file: $!\n";
}

my %swap = (
	'<' => ['<=', '>='], '<=' => ['<', '>'], '>' => ['>=', '<='], '>=' => ['>', '<'],
	'==' => ['!='], '!=' => ['=='], '&&' => ['||'], '||' => ['&&'],
	'+' => ['-'], '-' => ['+'], '*' => ['/'], '/' => ['*'], '%' => ['/'],
	'<<' => ['>>'], '>>' => ['<<'], '&' => ['|'], '|' => ['&'], '^' => ['|'],
	'+=' => ['-=', '='], '-=' => ['+='], '|=' => ['=', '&='], '&=' => ['=', '|='],
);

for my $index (0 .. $#lines) {
	my $line = $lines[$index];
	my $code = $line =~ s{"(?:\\.|[^"\\])*"}{'"' x length $&}ger;

	next if $line =~ /^\s*$/;
	mutant($index, '');
	next if $only_lines || $line =~ /^#include/;

	# What is put in the place of the piece at POS of length LEN.
	my $put = sub {
		my ($pos, $len, $new) = @_;
		my $copy = $line;
		substr($copy, $pos, $len) = $new;
		mutant($index, $copy);
	};

	while ($code =~ /(?<= )([-+*\/%<>=!&|^]{1,2})(?= )/g) {
		my ($op, $pos) = ($1, $-[1]);
		$put->($pos, length $op, $_) for @{ $swap{$op} // [] };
	}
	$put->($-[0], 2, '--') while $code =~ /\+\+/g;
	$put->($-[0], 2, '++') while $code =~ /--/g;
	$put->($-[0], 1, '') while $code =~ /(?<=[( ])[!~](?=[\w(])/g;
	$put->($-[0], length $&, '(uint32_t)') while $code =~ /\(int32_t\)/g;
	$put->($-[0], length $&, $& eq '.jt' ? '.jf' : '.jt') while $code =~ /\.j[tf]\b/g;
	$put->($-[0], length $&, $& eq 'true' ? 'false' : 'true') while $code =~ /\b(?:true|false)\b/g;
	while ($code =~ /(?<![\w.])(?:0x[0-9a-f]+|[0-9]+)U?(?:LL)?\b/gi) {
		my ($pos, $len, $number) = ($-[0], length $&, $&);
		$put->($pos, $len, "($number $_ 1)") for '+', '-';
	}
	next if $code =~ /^\s*case\b|^#/;
	while ($code =~ /\b[A-Z][A-Z0-9_]{2,}\b(?!\()/g) {
		my ($pos, $len, $number) = ($-[0], length $&, $&);
		next if $number eq 'NULL';
		$put->($pos, $len, "($number $_ 1)") for '+', '-';
	}
}
