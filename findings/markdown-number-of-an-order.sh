#!/usr/bin/env bash
# One would guess that `#1042 was sent` is a line of text to each program for Markdown: a heading has a blank behind its number sign, as
# CommonMark says since 2014. cmark, markdown-it and mistune agree. python-markdown, kramdown, discount, showdown and the first one of
# all, in Perl, need no blank: the line is the largest heading of the page, without its `#`, and it is in the table of contents. So a
# message that begins with the number of an order, or with `#1 in Berlin`, looks right on one side and is a heading on the other.
# Their documentation shows headings with a blank. What helps: a word in front, `\#`, or showdown's `requireSpaceBeforeHeadingText`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-markdown=3.4.1-2+deb12u1 python3-mistune=2.0.4-1 ruby-kramdown=2.4.0-2 libtext-markdown-perl=1.000031-4 \
  discount=2.2.7-2 libmarkdown2=2.2.7-2 ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 \
  cmark=0.30.2-6 libcmark0.30.2=0.30.2-6 2> /dev/null
for package in *.deb; do
  [ "${package%%_*}" != libtext-markdown-perl ] || continue # it has a program of discount's name
  dpkg -x "$package" .
done
dpkg -x libtext-markdown-perl_*.deb perl
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund markdown-it@15.0.3 showdown@2.1.0 > /dev/null

cat > try.mjs << 'JS'
import MarkdownIt from 'markdown-it'
import showdown from 'showdown'
const text = process.argv[2]
console.log(`markdown-it: ${new MarkdownIt().render(text).trim()}`)
console.log(`showdown: ${new showdown.Converter().makeHtml(text)}`)
const strict = new showdown.Converter({ requireSpaceBeforeHeadingText: true })
console.log(`showdown with requireSpaceBeforeHeadingText: ${strict.makeHtml(text)}`)
JS
ruby() {
  usr/bin/ruby3.1 --disable-gems -I usr/lib/ruby/3.1.0 -I usr/lib/x86_64-linux-gnu/ruby/3.1.0 \
    -I usr/share/rubygems-integration/all/gems/kramdown-2.4.0/lib -I "$(echo usr/lib/ruby/gems/3.1.0/gems/rexml-*/lib)" "$@"
}
echo 'cmark 0.30.2, mistune 2.0.4, python-markdown 3.4.1, kramdown 2.4.0, discount 2.2.7, Text::Markdown 1.000031'
echo 'markdown-it 15.0.3, showdown 2.1.0'
text='#1042 was sent today'
{
  echo "cmark: $(usr/bin/cmark <<< "$text")"
  echo "mistune: $(/usr/bin/python3 -c "import mistune; print(mistune.html('$text').strip())")"
  echo "python-markdown: $(/usr/bin/python3 -c "import markdown; print(markdown.markdown('$text'))")"
  echo "kramdown: $(ruby -e "require 'kramdown'; puts Kramdown::Document.new('$text').to_html")"
  echo "discount: $(usr/bin/markdown <<< "$text")"
  echo "Text::Markdown: $(perl -Iperl/usr/share/perl5 -MText::Markdown=markdown -e "print markdown('$text')")"
  node try.mjs "$text"
} | tee seen
[ "$(cat seen)" = 'cmark: <p>#1042 was sent today</p>
mistune: <p>#1042 was sent today</p>
python-markdown: <h1>1042 was sent today</h1>
kramdown: <h1 id="was-sent-today">1042 was sent today</h1>
discount: <h1>1042 was sent today</h1>
Text::Markdown: <h1>1042 was sent today</h1>
markdown-it: <p>#1042 was sent today</p>
showdown: <h1 id="1042wassenttoday">1042 was sent today</h1>
showdown with requireSpaceBeforeHeadingText: <p>#1042 was sent today</p>' ]
