#!/usr/bin/env bash
# One would guess that a browser which sends two cookies of one name, such as `buyer` of the shop's path and `buyer` of the whole
# site, is the same buyer to all servers. The one of the longer path comes first (RFC 6265), and the libraries of Node, Werkzeug
# (Flask) and Rack take the first. Python's http.cookies, which aiohttp and many scripts read with, takes the last one, hapi has a
# list of both, which no session fits, and Ruby's CGI one cookie with both values. So a service in Python beside the shop takes the
# buyer for somebody else, but only in browsers that have both. What helps: another name for each path, or names with `__Host-`,
# which has no path of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-werkzeug=2.2.2-3+deb12u1 python3-markupsafe=2.1.2-1+b1 ruby3.1=3.1.7+really3.1.2-0+deb12u1 \
  libruby3.1=3.1.7+really3.1.2-0+deb12u1 ruby-rack=2.2.22-0+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund cookie@1.1.1 hono@4.13.19 universal-cookie@8.1.2 @hapi/statehood@8.2.1 > /dev/null

cat > try.mjs << 'JS'
import Statehood from '@hapi/statehood'
import { parseCookie } from 'cookie'
import { parse } from 'hono/utils/cookie'
import UniversalCookie from 'universal-cookie'
const header = process.env.HTTP_COOKIE
console.log(`cookie (Express): ${parseCookie(header).buyer}`)
console.log(`Hono: ${parse(header).buyer}`)
console.log(`universal-cookie: ${new UniversalCookie(header).get('buyer')}`)
console.log(`hapi: ${JSON.stringify((await new Statehood.Definitions().parse(header)).states.buyer)}`)
JS
cat > try.py << 'PY'
import os
from http.cookies import SimpleCookie
from werkzeug.http import parse_cookie
header = os.environ["HTTP_COOKIE"]
print("http.cookies:", SimpleCookie(header)["buyer"].value)
print("Werkzeug:", parse_cookie(header)["buyer"])
PY
cat > try.rb << 'RB'
require 'cgi'
require 'rack'
header = ENV['HTTP_COOKIE']
puts "Rack: #{Rack::Utils.parse_cookies_header(header)['buyer']}"
puts "CGI: #{CGI::Cookie.parse(header)['buyer'].join(' and ')}"
RB
export HTTP_COOKIE='buyer=ada; buyer=bob' LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
export RUBYLIB=usr/lib/ruby/3.1.0:usr/lib/x86_64-linux-gnu/ruby/3.1.0:usr/share/rubygems-integration/all/gems/rack-2.2.22/lib
echo "$(/usr/bin/python3 --version), Werkzeug 2.2.2, Rack 2.2.22, cookie 1.1.1, Hono 4.13.19, universal-cookie 8.1.2, hapi statehood 8.2.1"
{
  node try.mjs
  /usr/bin/python3 try.py
  usr/bin/ruby3.1 --disable-gems try.rb
} | tee seen
[ "$(cat seen)" = 'cookie (Express): ada
Hono: ada
universal-cookie: ada
hapi: ["ada","bob"]
http.cookies: bob
Werkzeug: ada
Rack: ada
CGI: ada and bob' ]
