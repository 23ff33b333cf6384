#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# rewrite.pl LIST SKIP FILE... - rewrites C files in place, so that they hold all of their mutants
# at once, each behind its number: the word `mutation.n` chooses one (mutants.h). Appends to LIST a
# line for each: number, file, line, what is changed. SKIP: lines FILE:LINE whose constants stay as
# they are, because their mutants do not compile. Called by kernel.sh.
#
# A statement is left out; a condition, and each part of it between && and ||, is true, and is
# false; a constant is one more, or where bits are put together, none. Relies on the layout of `make
# format`, and on the tree's style: no macro hides a statement but loops named *for_each*.

use strict;
use warnings;

my ($list, $skip, @files) = @ARGV;
my (%skip, @made, @tok, $file, $returns);
my $count = 1;

if (open(my $in, '<', $skip)) { while (<$in>) { chomp; $skip{$_} = 1 } }
if (open(my $in, '<', $list)) { while (<$in>) { $count = $1 + 2 if /^(\d+)/ } }

my $keyword = qr/^(?:const|static|typedef|struct|enum|union|unsigned|signed|int|bool|long|char|void|short|size_t|ssize_t|gate_code|u?int\d+_t|u?intptr_t|paddr_t|va_list|volatile|extern|typeof)$/;
my $opaque = qr/^(?:sizeof|offsetof|container_of|_Static_assert|_Alignof|typeof|va_arg|va_start|csr_\w+|KASSERT|__builtin_\w+)$/;

# Numbers come in pairs: those of a condition are N, true, and N + 1, false.
sub number {
	my ($at, $what) = @_;
	my $n = $count;
	$count += 2;
	$what =~ s/\s+/ /g;
	push @made, sprintf("%d\t%s\t%d\t%s\n", $n, $file, $tok[$at]{line}, $what);
	return $n;
}

sub tokens {
	my ($text) = @_;
	my ($line, $ws, @t) = (1, '');
	while ($text =~ m{\G(?:
		(?<ws>\s+|//[^\n]*|/\*.*?\*/) | (?<pp>^\#(?:[^\n]*\\\n)*[^\n]*) | (?<str>L?"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+') |
		(?<id>[A-Za-z_]\w*) | (?<num>\.?\d[\w.]*) | (?<op><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|&&|\|\||[-+*/%&|^<>=!]=|[][(){};,:?.=+\-*/%&|^~!<>\#])
	)}gxsm) {
		my ($kind) = grep { defined $+{$_} } qw(ws pp str id num op);
		my $s = $+{$kind};
		if ($kind eq 'ws') {
			my $n = () = $s =~ /\n/g;
			$ws .= $s =~ m{^/} ? ($n ? "\n" x $n : ' ') : $s;
			$line += $n;
			next;
		}
		push @t, { s => $s, ws => $ws, kind => $kind, line => $line };
		$line += () = $s =~ /\n/g;
		$ws = '';
	}
	push @t, { s => '', ws => $ws, kind => 'end', line => $line };
	return @t;
}

sub text { my ($a, $b) = @_; return join('', map { $tok[$_]{ws} . $tok[$_]{s} } $a .. $b - 1) }
sub words { my ($a, $b) = @_; return text($a, $b) =~ s/^\s+//r }

# The index behind the bracket that belongs to the one at AT.
sub behind {
	my ($at) = @_;
	my $depth = 0;
	for (my $i = $at;; $i++) {
		die "$file: no end of a bracket\n" if $tok[$i]{kind} eq 'end';
		next if $tok[$i]{kind} eq 'str' || $tok[$i]{kind} eq 'pp';
		$depth++ if $tok[$i]{s} =~ /^[\[({]$/;
		$depth-- if $tok[$i]{s} =~ /^[\])}]$/;
		return $i + 1 if $depth == 0;
	}
}

# Indices between A and B, outside of brackets, of tokens that match RE.
sub outside {
	my ($a, $b, $re) = @_;
	my @at;
	for (my $i = $a; $i < $b;) {
		if ($tok[$i]{s} =~ /^[\[({]$/ && $tok[$i]{kind} eq 'op') { $i = behind($i); next }
		push @at, $i if $tok[$i]{kind} eq 'op' && $tok[$i]{s} =~ $re;
		$i++;
	}
	return @at;
}

# A .. B cut at the tokens that match RE, each part through SUB.
sub parts {
	my ($a, $b, $re, $sub) = @_;
	my $out = '';
	for my $i (outside($a, $b, $re), $b) {
		$out .= $sub->($a, $i);
		$out .= $tok[$i]{ws} . $tok[$i]{s} if $i < $b;
		$a = $i + 1;
	}
	return $out;
}

sub is_type {
	my ($a, $b) = @_;
	return 0 if $a == $b;
	for (my $i = $a; $i < $b; $i++) {
		return 0 unless $tok[$i]{s} eq '*' || $tok[$i]{kind} eq 'id' && $tok[$i]{s} !~ /^[A-Z0-9_]+$/;
	}
	return $tok[$a]{s} =~ $keyword;
}

sub constant {
	my ($i) = @_;
	my $s = $tok[$i]{s};
	my ($before, $after) = map { $tok[$_]{s} } $i - 1, $i + 1;
	return $s if $skip{"$file:$tok[$i]{line}"} || $tok[$i - 1]{kind} eq 'str' || $tok[$i + 1]{kind} eq 'str';
	return $s if $s eq 'NULL' || $before =~ /^(?:\.|->|struct|enum)$/ || $after eq '(';
	my $bits = ($before =~ /^[&|]=?$/ && $before ne '&' || $before eq '&' && $tok[$i - 2]{s} =~ /[\w)\]]$/ || $after =~ /^[&|]$/);
	my $n = number($i, "constant $s => " . ($bits ? '0' : "$s + 1"));
	return $bits ? "(mut($n) ? 0 : ($s))" : "(mut($n) ? ($s) + 1 : ($s))";
}

# What is neither condition nor assignment: its constants, and what is in its brackets.
sub plain {
	my ($a, $b) = @_;
	my $out = '';
	for (my $i = $a; $i < $b;) {
		my $t = $tok[$i];
		if ($t->{kind} eq 'id' && $t->{s} =~ $opaque) {
			my $end = $tok[$i + 1]{s} eq '(' ? behind($i + 1) : $i + 1;
			$out .= text($i, $end);
			$i = $end;
		} elsif ($t->{kind} eq 'op' && $t->{s} =~ /^[\[({]$/) {
			my $end = behind($i);
			my $inner;
			if ($t->{s} eq '(' && is_type($i + 1, $end - 1)) {
				$inner = text($i + 1, $end - 1);
			} elsif ($t->{s} eq '(' && ($tok[$i + 1]{s} eq '{' || $tok[$end]{s} eq '{')) { # with a type in front of {
				$inner = text($i + 1, $end - 1);
			} else {
				$inner = parts($i + 1, $end - 1, qr/^,$/, $t->{s} eq '{' ? \&element : \&expression);
			}
			$out .= $t->{ws} . $t->{s} . $inner . $tok[$end - 1]{ws} . $tok[$end - 1]{s};
			$i = $end;
		} elsif ($t->{kind} eq 'id' && $t->{s} =~ /^(?:true|false)$/) {
			my $n = number($i, "$t->{s} => " . ($t->{s} eq 'true' ? 'false' : 'true'));
			$out .= "$t->{ws}(mut($n) ? !$t->{s} : $t->{s})";
			$i++;
		} elsif ($t->{kind} eq 'num' || $t->{kind} eq 'id' && $t->{s} =~ /^[A-Z][A-Z0-9_]+$/) {
			$out .= $t->{ws} . constant($i++);
		} else {
			$out .= $t->{ws} . $t->{s};
			$i++;
		}
	}
	return $out;
}

sub element {
	my ($a, $b) = @_;
	if ($tok[$a]{s} eq '.' || $tok[$a]{s} eq '[') {
		my ($is) = outside($a, $b, qr/^=$/);
		return text($a, $is + 1) . expression($is + 1, $b) if defined $is;
	}
	return expression($a, $b);
}

sub condition {
	my ($a, $b) = @_;
	return text($a, $b) if $a >= $b;
	return $tok[$a]{ws} . '(' . condition($a + 1, $b - 1) . ')' if $tok[$a]{s} eq '(' && behind($a) == $b && $tok[$a + 1]{s} ne '{';
	return parts($a, $b, qr/^\|\|$/, \&condition) if outside($a, $b, qr/^\|\|$/);
	return parts($a, $b, qr/^&&$/, \&condition) if outside($a, $b, qr/^&&$/);
	if (my ($q) = outside($a, $b, qr/^\?$/)) {
		return choice($a, $b, $q);
	}
	return $tok[$a]{ws} . '!' . condition($a + 1, $b) if $tok[$a]{s} eq '!' && !outside($a, $b, qr/^(?:[=!<>]=|[<>])$/);
	my $n = number($a, 'condition ' . words($a, $b) . ' => true');
	push @made, $made[-1] =~ s/^\d+/$n + 1/er =~ s/true$/false/r;
	return ' mut_if(' . $n . ', ' . comparison($a, $b) . ')';
}

sub comparison {
	my ($a, $b) = @_;
	return parts($a, $b, qr/^(?:[=!<>]=|[<>])$/, \&plain) if outside($a, $b, qr/^(?:[=!<>]=|[<>])$/);
	return outside($a, $b, qr/^(?:[-+*\/%&|^]|<<|>>)?=$/) ? expression($a, $b) : plain($a, $b);
}

sub choice {
	my ($a, $b, $q) = @_;
	my $depth = 0;
	for my $i (outside($q, $b, qr/^[?:]$/)) {
		$depth += $tok[$i]{s} eq '?' ? 1 : -1;
		next if $depth;
		return condition($a, $q) . ' ?' . expression($q + 1, $i) . ' :' . expression($i + 1, $b);
	}
	die "$file: half a choice\n";
}

sub expression {
	my ($a, $b) = @_;
	return text($a, $b) if $a >= $b;
	if (my ($is) = outside($a, $b, qr/^(?:[-+*\/%&|^]|<<|>>)?=$/)) {
		return plain($a, $is) . $tok[$is]{ws} . $tok[$is]{s} . expression($is + 1, $b);
	}
	if (my ($q) = outside($a, $b, qr/^\?$/)) { return choice($a, $b, $q) }
	return condition($a, $b) if outside($a, $b, qr/^(?:&&|\|\||[=!<>]=|[<>])$/) || $tok[$a]{s} eq '!';
	return plain($a, $b);
}

sub end_of_statement { my ($i) = @_; my ($end) = outside($i, $#tok, qr/^;$/); return $end }

sub is_declaration {
	my ($i) = @_;
	return 1 if $tok[$i]{kind} eq 'id' && $tok[$i]{s} =~ $keyword;
	return 0 if $tok[$i]{kind} ne 'id';
	$i++;
	$i++ while $tok[$i]{s} eq '*';
	return $tok[$i]{kind} eq 'id' && $tok[$i + 1]{s} =~ /^[=;,\[]$/;
}

sub declaration {
	my ($a, $b) = @_;
	return text($a, $b) if $tok[$a]{s} eq 'static';
	return parts($a, $b, qr/^,$/, sub {
		my ($from, $to) = @_;
		my ($is) = outside($from, $to, qr/^=$/);
		return text($from, $to) unless defined $is;
		return text($from, $is + 1) . expression($is + 1, $to);
	});
}

# The statement at I, with its mutants, and where the next one begins.
sub statement {
	my ($i) = @_;
	my $t = $tok[$i];
	my $s = $t->{s};

	return ($t->{ws} . $s, $i + 1) if $t->{kind} eq 'pp' || $s eq ';';
	if ($s eq '{') {
		my $out = $t->{ws} . $s;
		my $end = behind($i) - 1;
		for ($i++; $i < $end;) { my $at = $tok[$i]{line}; (my $more, $i) = statement($i); $out .= "\n#line $at\n" . $more =~ s{^\n+}{}r }
		return ($out . $tok[$end]{ws} . '}', $end + 1);
	}
	if ($s =~ /^(?:if|while|switch)$/) {
		my $end = behind($i + 1);
		my $head = $s eq 'switch' ? expression($i + 2, $end - 1) : condition($i + 2, $end - 1);
		my ($body, $next) = statement($end);
		my $out = "$t->{ws}$s ($head)$body";
		if ($s eq 'if' && $tok[$next]{s} eq 'else') {
			my $ws = $tok[$next]{ws};
			($body, $next) = statement($next + 1);
			$out .= "${ws}else $body";
		}
		return ($out, $next);
	}
	if ($s eq 'for') {
		my $end = behind($i + 1);
		my ($first, $second) = outside($i + 2, $end - 1, qr/^;$/);
		my $head = (is_declaration($i + 2) ? declaration($i + 2, $first) : expression($i + 2, $first)) . ';' .
			condition($first + 1, $second) . ';' . expression($second + 1, $end - 1);
		my ($body, $next) = statement($end);
		return ("$t->{ws}for ($head)$body", $next);
	}
	if ($s eq 'do') {
		my ($body, $next) = statement($i + 1);
		my $end = behind($next + 1);
		return ("$t->{ws}do$body while (" . condition($next + 2, $end - 1) . ");", $end + 1);
	}
	if ($s eq 'case' || $s eq 'default' || ($t->{kind} eq 'id' && $tok[$i + 1]{s} eq ':')) {
		my ($end) = outside($i, $#tok, qr/^:$/);
		return (text($i, $end + 1), $end + 1);
	}
	if ($t->{kind} eq 'id' && $s =~ /for_each/) {
		my $end = behind($i + 1);
		my ($body, $next) = statement($end);
		return (text($i, $end) . $body, $next);
	}
	my $end = end_of_statement($i);
	return (declaration($i, $end) . ';', $end + 1) if is_declaration($i);
	return (text($i, $end + 1), $end + 1) if $s =~ $opaque;
	if ($s eq 'return') {
		my $value = $i + 1 == $end ? '' : expression($i + 1, $end);
		if ($tok[$end + 1]{s} eq '}' && $i + 1 < $end && $tok[$end + 2]{line} > $tok[$end + 1]{line} && $returns eq 'last') {
			return ("$t->{ws}return$value;", $end + 1);
		}
		my $n = number($i, words($i, $end + 1) . ' => deleted');
		return ("$t->{ws}\{ if (!mut($n)) return$value; }", $end + 1);
	}
	return (text($i, $end + 1), $end + 1) if words($i, $end) =~ /^\(void\)\w+$/; # says that it is not used
	my $n = number($i, words($i, $end + 1) . ' => deleted');
	my $body = $s =~ /^(?:break|continue|goto|__asm__)$/ ? text($i, $end) : expression($i, $end);
	return ("$t->{ws}\{ if (!mut($n)) $body; }", $end + 1);
}

for (@files) {
	$file = $_;
	open(my $in, '<', $file) or die "$file: $!\n";
	@tok = tokens(do { local $/; <$in> });
	close($in);
	my ($out, $start) = ('', 0);
	for (my $i = 0; $tok[$i]{kind} ne 'end';) {
		my $t = $tok[$i];
		if ($t->{s} eq '{' && $t->{kind} eq 'op') {
			if ($tok[$i - 1]{s} eq ')' && !outside($start, $i, qr/^=$/)) {
				my $end = behind($i);
				$out .= "$t->{ws}\{";
				for ($i++; $i < $end - 1;) {
					# The value of the last statement changes;
					# without it there would be none.
					my $last = $tok[$i]{s} eq 'return' && end_of_statement($i) == $end - 2;
					$returns = $last ? 'last' : '';
					my ($more, $next) = statement($i);
					$out .= "\n#line $tok[$i]{line}\n" . $more =~ s{^\n+}{}r;
					$i = $next;
				}
				$out .= $tok[$i]{ws} . '}';
				$i = $start = $end;
			} else {
				my $end = behind($i);
				$out .= text($i, $end);
				$i = $end;
			}
			next;
		}
		$out .= $t->{ws} . $t->{s};
		$i++;
		$start = $i if $t->{s} eq ';' || $t->{kind} eq 'pp';
	}
	open(my $to, '>', $file) or die "$file: $!\n";
	print $to "#include \"mutants.h\"\n#line 1\n", $out, $tok[-1]{ws};
	close($to) or die "$file: $!\n";
}
open(my $to, '>>', $list) or die "$list: $!\n";
print $to @made;
