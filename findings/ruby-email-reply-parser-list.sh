#!/usr/bin/env bash
# One would guess that a library which finds the answer in a mail takes away what was quoted, and a signature. To Ruby's
# email_reply_parser, a paragraph that begins with a hyphen and a letter or a digit is a signature, as in `-Ann`. So are the lists that
# people write in a hurry: of `I need:`, `-2 bags of tea` and `-1 cup`, the reply is `I need:`, and so are all paragraphs after it
# dropped that look alike. With a blank behind the hyphens, all is there. The library of the same name for Node keeps both lists, and
# instead ends a reply at a sentence such as `On Monday I ordered tea, and you wrote:`, with all that follows. What helps: keeping the
# whole mail beside the reply, and showing it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby-email-reply-parser=0.5.8-2 ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund email-reply-parser@2.3.7 > /dev/null

cat > mails.json << 'JSON'
[
  "I need:\n\n-2 bags of tea\n-1 cup\n\nThanks",
  "I need:\n\n- 2 bags of tea\n- 1 cup\n\nThanks",
  "Hello\n\nOn Monday I ordered tea, and you wrote:\nit is on its way.\n\nWhere is it?"
]
JSON
cat > try.rb << 'RB'
require 'email_reply_parser'
require 'json'
JSON.parse(File.read('mails.json')).each { |mail| puts "Ruby: #{EmailReplyParser.parse_reply(mail).to_json}" }
RB
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import EmailReplyParser from 'email-reply-parser'
for (const mail of JSON.parse(readFileSync('mails.json', 'utf8'))) {
  console.log(`Node: ${JSON.stringify(new EmailReplyParser().parseReply(mail))}`)
}
JS
echo 'email_reply_parser 0.5.8 (Ruby), email-reply-parser 2.3.7 (Node)'
usr/bin/ruby3.1 --disable-gems -I usr/lib/ruby/3.1.0 -I usr/lib/x86_64-linux-gnu/ruby/3.1.0 -I usr/lib/ruby/vendor_ruby try.rb > ruby
node try.mjs > node
paste -d '\n' ruby node | tee seen
[ "$(cat seen)" = 'Ruby: "I need:"
Node: "I need:\n\n-2 bags of tea\n-1 cup\n\nThanks"
Ruby: "I need:\n\n- 2 bags of tea\n- 1 cup\n\nThanks"
Node: "I need:\n\n- 2 bags of tea\n- 1 cup\n\nThanks"
Ruby: "Hello\n\nOn Monday I ordered tea, and you wrote:\nit is on its way.\n\nWhere is it?"
Node: "Hello\n"' ]
