#!/usr/bin/env bash
# One would guess that a quarter of 10.50 is 2.625, wherever it is written. In Perl's Math::BigFloat, which is for exact
# amounts, `bdiv` looks at where its answer goes. For one value, that is 2.625. In a list it is two: the whole number 2, and
# the 2.5 that remain. A call in parentheses, after `push`, in `print` or inside of a hash is a list: `my ($share) =
# $total->bdiv(4)` is 2, a list of shares has twice as many, and in `{share => $total->bdiv(4), currency => 'EUR'}` the share
# is 2 and there is no currency, as its name has become a value. Perl warns of the hash alone. `$total / 4` doesn't do that.
# The manual says so, in its paragraph on bdiv. What helps: `/`, or `scalar`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libmath-bigint-perl=1.999838-1 2> /dev/null
dpkg -x libmath-bigint-perl_*.deb .
export PERL5LIB=$folder/usr/share/perl5

cat > try.pl << 'PL'
use strict;
use warnings;
no warnings 'misc'; # of a hash with an odd number of elements
use Math::BigFloat;
my $total = Math::BigFloat->new('10.50');
my $share = $total->copy->bdiv(4);
print "as one value: $share\n";
my ($first) = $total->copy->bdiv(4);
print "as the first of a list: $first\n";
my @shares;
push @shares, $total->copy->bdiv(4) for 1 .. 4;
print "four shares: @shares\n";
my %part = (share => $total->copy->bdiv(4), currency => 'EUR');
print 'in a hash: ', join(', ', map { "$_ is " . ($part{$_} // 'undefined') } sort keys %part), "\n";
my %right = (share => $total / 4, currency => 'EUR');
print 'with /: ', join(', ', map { "$_ is $right{$_}" } sort keys %right), "\n";
PL
perl -MMath::BigFloat -e 'print "Math::BigFloat $Math::BigFloat::VERSION\n"'
perl try.pl | tee seen
[ "$(cat seen)" = 'as one value: 2.625
as the first of a list: 2
four shares: 2 2.5 2 2.5 2 2.5 2 2.5
in a hash: 2.5 is currency, EUR is undefined, share is 2
with /: currency is EUR, share is 2.625' ]
