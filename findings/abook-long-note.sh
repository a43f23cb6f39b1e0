#!/usr/bin/env bash
# One would guess that a program for addresses which reads vCards reads long lines of them. A vCard is folded after 75 bytes: the text goes
# on behind a blank on the next line, and vobject, ical.js and phones write it so. abook takes such a line for a field that it doesn't
# know: of a note, a long street or a link, it has what fits on the first line, and the rest is gone, without a message. With the lines
# joined before, it has 80 letters, in the middle of a word, since no field may be longer. The backslash before a comma stays in the
# note. The count of contacts is right, so an import looks like a success. What helps: a look at the longest notes before the old
# address book is deleted, or khard.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq abook=0.6.1-2+b1 libreadline8=8.2-1.3 python3-vobject=0.9.6.1-2 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 \
  2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu HOME=$folder

cat > write.py << 'PY'
import vobject

card = vobject.vCard()
card.add("fn").value = "Ann"
card.add("n").value = vobject.vcard.Name(family="Ann")
card.add("email").value = "ann@shop.example"
card.add("note").value = "Pays by bank transfer, within two weeks. Never send her anything before it has arrived."
open("card.vcf", "w", newline="").write(card.serialize())
PY
/usr/bin/python3 write.py
perl -0pe 's/\r?\n[ \t]//g' card.vcf > unfolded.vcf
echo 'abook 0.6.1, vobject 0.9.6.1'
{
  for file in card unfolded; do
    usr/bin/abook --convert --informat vcard --infile $file.vcf --outformat abook --outfile - | grep '^notes='
  done
} | tee seen
[ "$(cat seen)" = 'notes=Pays by bank transfer\, within two weeks. Never send her anything befo
notes=Pays by bank transfer\, within two weeks. Never send her anything before it has ' ]
