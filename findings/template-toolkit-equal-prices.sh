#!/usr/bin/env bash
# One would guess that a number which is neither less nor more than another one equals it. In Perl's Template Toolkit, `<` and `>=` compare
# numbers, and `==` compares texts: 5.00 is at least 5 and at most 5, and isn't 5. So `[% IF paid == price %]` says that an order isn't
# paid in full where one of the two comes from a database as 5.00, and `[% IF stock == 0 %]` doesn't hold for a stock of 0.0. The manual
# says it in one sentence. In Jinja and in Twig, which have the same operators, they equal each other. What helps: `paid + 0 == price + 0`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libtemplate-perl=2.27-1+b5 libappconfig-perl=1.71-2.2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PERL5LIB=$folder/usr/share/perl5:$folder/usr/lib/x86_64-linux-gnu/perl5/5.36

cat > try.pl << 'PL'
use strict;
use warnings;
use Template;
my $values = { paid => '5.00', price => 5, stock => '0.0' };
for my $condition ('paid >= price', 'paid <= price', 'paid == price', 'paid != price', 'paid + 0 == price + 0', 'stock == 0', 'stock < 1') {
  my $text = "[% IF $condition %]yes[% ELSE %]no[% END %]";
  Template->new->process(\$text, $values, \my $answer) or die;
  print "$condition: $answer\n";
}
PL
perl -MTemplate -e 'print "Template Toolkit $Template::VERSION\n"'
perl try.pl | tee seen
[ "$(cat seen)" = 'paid >= price: yes
paid <= price: yes
paid == price: no
paid != price: yes
paid + 0 == price + 0: yes
stock == 0: no
stock < 1: yes' ]
