#!/usr/bin/env bash
# One would guess that a function which takes an amount out of a text leaves its currency out. In Perl's Number::Format,
# `unformat_number` takes a K, M or G at the end for a thousand and more, as in the size of a file. Of a currency that ends in
# K, the other letters are left out and the K counts: `525 DKK` is 537,600, as are 525 in crowns of Norway, Sweden, Iceland or
# Czechia, and a convertible mark, KM, is a million. With the currency in front, or with one that ends in another letter, it's
# 525. A minus behind an amount, as many exports write a refund, is dropped. What helps: taking the letters off before, or
# `new(kilo_suffix => 'KiB', ...)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libnumber-format-perl=1.75-3 2> /dev/null
dpkg -x libnumber-format-perl_*.deb .
export PERL5LIB=$folder/usr/share/perl5 LC_ALL=C

cat > try.pl << 'PL'
use strict;
use warnings;
use Number::Format;
my $plain = Number::Format->new;
my $other = Number::Format->new(kilo_suffix => 'KiB', mega_suffix => 'MiB', giga_suffix => 'GiB');
for my $text ('525 DKK', '525 SEK', '525 KM', '525 EUR', 'DKK 525', '5.25-') {
  print "$text: ", $plain->unformat_number($text), ', with other suffixes ', $other->unformat_number($text), "\n";
}
PL
perl -MNumber::Format -e 'print "Number::Format $Number::Format::VERSION\n"'
perl try.pl | tee seen
[ "$(cat seen)" = '525 DKK: 537600, with other suffixes 525
525 SEK: 537600, with other suffixes 525
525 KM: 550502400, with other suffixes 525
525 EUR: 525, with other suffixes 525
DKK 525: 525, with other suffixes 525
5.25-: 5.25, with other suffixes 5.25' ]
