#!/usr/bin/env bash
# One would guess that twig.js shows what Twig shows, since it is made for the same templates. Twig compares as PHP does: two texts that
# are numbers are compared as numbers. twig.js compares as JavaScript does, and two texts letter by letter. Amounts come from a database
# as text, so with a total of 100.00, `{% if total >= '50.00' %}` promises free shipping on the server, and doesn't in the browser: 1 comes
# before 5. Nor does `total == '100'` hold. The filter `sort` puts the numbers 10, 9 and 100 in another order too, and what is true is
# `1` in one and `true` in the other. What helps: amounts that are numbers on both sides (`total * 1`), or conditions that are worked
# out before the template.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq php-twig=3.5.1-1+deb12u3 php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 \
  libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund twig@2.0.0 > /dev/null

cat > templates << 'TEXT'
{% if total >= '50.00' %}free{% else %}5.00{% endif %}
{% if total * 1 >= 50 %}free{% else %}5.00{% endif %}
{% if total == '100' %}equal{% else %}not equal{% endif %}
{{ [10, 9, 100] | sort | join(' ') }}
{{ 5 > 4 }}
TEXT
cat > try.php << 'PHP'
<?php
spl_autoload_register(function ($class) {
    require 'usr/share/php/' . str_replace('\\', '/', $class) . '.php';
});
foreach (file('templates', FILE_IGNORE_NEW_LINES) as $template) {
    $twig = new \Twig\Environment(new \Twig\Loader\ArrayLoader(['page' => $template]));
    echo 'Twig: ', $twig->render('page', ['total' => '100.00']), "\n";
}
PHP
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import Twig from 'twig'
for (const data of readFileSync('templates', 'utf8').trimEnd().split('\n')) {
  console.log(`twig.js: ${Twig.twig({ data }).render({ total: '100.00' })}`)
}
JS
echo 'Twig 3.5.1, twig.js 2.0.0'
usr/bin/php8.2 -n -d extension_dir="$(echo "$folder"/usr/lib/php/2*)" -d extension=ctype try.php > php
node try.mjs > node
paste -d '\n' templates php node | tee seen
[ "$(cat seen)" = '{% if total >= '\''50.00'\'' %}free{% else %}5.00{% endif %}
Twig: free
twig.js: 5.00
{% if total * 1 >= 50 %}free{% else %}5.00{% endif %}
Twig: free
twig.js: free
{% if total == '\''100'\'' %}equal{% else %}not equal{% endif %}
Twig: equal
twig.js: not equal
{{ [10, 9, 100] | sort | join('\'' '\'') }}
Twig: 9 10 100
twig.js: 10 100 9
{{ 5 > 4 }}
Twig: 1
twig.js: true' ]
