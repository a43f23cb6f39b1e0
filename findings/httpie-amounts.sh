#!/usr/bin/env bash
# One would guess that httpie sends and shows the amounts that it was given. `http POST … price:=5.00` sends 5.0: what stands
# behind `:=` is read as JSON, by Python's numbers, and written again, so a rate of 0.0000001 is 1e-07, and an amount with
# twenty digits loses its end. What it shows in a terminal goes the same way: a server that answers 5.10 seems to say 5.1, with
# its fields sorted by name, and what is copied from there has another signature than what was sent. In a pipe, it shows what
# was sent. What helps: `--raw '{"price":5.00}'` to send, and `--pretty=colors` or a pipe to look.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq httpie=3.2.1-1 python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-charset-normalizer=3.0.1-2 python3-pygments=2.14.0+dfsg-1 \
  python3-requests-toolbelt=0.10.1-1 python3-multidict=6.0.4-1+b1 python3-defusedxml=0.7.1-2 python3-rich=13.3.1-1 python3-socks=1.7.1+dfsg-1 python3-pkg-resources=66.1.1-1+deb12u2 \
  python3-setuptools=66.1.1-1+deb12u2 python3-markdown-it=2.1.0-5 python3-mdurl=0.1.2-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages HTTPIE_CONFIG_DIR=$folder/config

cat > server.cjs << 'JS'
const server = require('node:http').createServer(async (req, res) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  if (req.method === 'POST') return res.end(Buffer.concat(chunks))
  res.setHeader('Content-Type', 'application/json').end('{"price":5.10,"amount":12345678901234567890.55,"fee":0.0000001}')
})
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
http() { /usr/bin/python3 usr/bin/http --ignore-stdin --body "$@"; }
url=http://127.0.0.1:$(cat port)/
seen=$(echo "sends $(http POST "$url" price:=5.00 amount:=12345678901234567890.55 fee:=0.0000001)"
  echo "sends with --raw $(http --raw '{"price":5.00}' POST "$url")"
  echo "shows in a terminal $(http --pretty=format "$url" | tr -d '\n ')" # --pretty=all is the default there
  echo "shows in a pipe $(http "$url")")
/usr/bin/python3 -c 'import httpie; print("httpie", httpie.__version__)'
echo "$seen"
[ "$seen" = 'sends {"price": 5.0, "amount": 1.2345678901234567e+19, "fee": 1e-07}
sends with --raw {"price":5.00}
shows in a terminal {"amount":1.2345678901234567e+19,"fee":1e-07,"price":5.1}
shows in a pipe {"price":5.10,"amount":12345678901234567890.55,"fee":0.0000001}' ]
