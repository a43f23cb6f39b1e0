#!/usr/bin/env bash
# One would guess that a page which is translated has the paragraphs of its original. po4a joins the lines of a paragraph and breaks them
# anew at 76 letters. A translation has other words, so a break may come before a number with a full stop: `is open since May` and, on
# the next line, `1. We are`. In Markdown, a line that begins with `1.` begins a list, also within a paragraph. So the page says `is open
# since May`, and has a list of one entry below it. No translator and no editor sees it, since the break is only in the file that po4a
# writes; with one word more, all is right again. What helps: a no-break space before such a number in the translation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq po4a=0.69-1 libyaml-tiny-perl=1.73-1 libunicode-linebreak-perl=0.0.20190101-1+b5 libsombok3=2.4.0-2+b1 \
  libsyntax-keyword-try-perl=0.28-1 libxs-parse-keyword-perl=0.33-1 libpod-parser-perl=1.65-1 libsgmls-perl=1.03ii-38 \
  libthai0=0.1.29-1 libdatrie1=0.2.13-2+b1 gettext=0.21-12 libgomp1=12.2.0-14+deb12u1 libunistring2=1.0-2 \
  cmark=0.30.2-6 libcmark0.30.2=0.30.2-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/bin:$PATH
export LC_ALL=C.UTF-8 PERL5LIB=$folder/usr/share/perl5:$folder/usr/lib/x86_64-linux-gnu/perl5/5.36

cat > original.md << 'MD'
Unser Laden ist seit dem 1. Mai offen.
MD
translate() {
  cat > en.po << PO
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "Unser Laden ist seit dem 1. Mai offen."
msgstr "$1"
PO
  po4a-translate --format text --option markdown --master original.md --master-charset UTF-8 --po en.po --localized en.md 2> messages
  { cat en.md; cmark en.md; } | sed 's/\xc2\xa0/(no-break space)/'
}
echo 'po4a 0.69, cmark 0.30.2'
{
  translate 'Our small shop for tea and cups in the old town of Berlin is open since May 1. We are looking forward to you.'
  translate 'Our small shop for green tea and cups in the old town of Berlin is open since May 1. We are looking forward to you.'
  translate $'Our small shop for tea and cups in the old town of Berlin is open since May\u00a01. We are looking forward to you.'
} | tee seen
[ "$(cat seen)" = 'po4a-translate is deprecated. The unified po4a(1) program is more convenient and less error prone.
Our small shop for tea and cups in the old town of Berlin is open since May
1. We are looking forward to you.
<p>Our small shop for tea and cups in the old town of Berlin is open since May</p>
<ol>
<li>We are looking forward to you.</li>
</ol>
po4a-translate is deprecated. The unified po4a(1) program is more convenient and less error prone.
Our small shop for green tea and cups in the old town of Berlin is open
since May 1. We are looking forward to you.
<p>Our small shop for green tea and cups in the old town of Berlin is open
since May 1. We are looking forward to you.</p>
po4a-translate is deprecated. The unified po4a(1) program is more convenient and less error prone.
Our small shop for tea and cups in the old town of Berlin is open since
May(no-break space)1. We are looking forward to you.
<p>Our small shop for tea and cups in the old town of Berlin is open since
May(no-break space)1. We are looking forward to you.</p>' ]
