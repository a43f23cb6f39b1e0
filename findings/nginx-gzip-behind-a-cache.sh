#!/usr/bin/env bash
# One would guess that nginx with `gzip on` compresses for every client that accepts it. If a request has a `Via` header, it doesn't:
# that header is the mark of a proxy, and `gzip_proxied` is off by default. Squid, h2o, nghttpx and some content delivery networks send
# it, so that a shop which was fast on its own is sent uncompressed once such a proxy stands in front, and from its cache to everybody
# else. A look with curl at nginx itself shows gzip. The manual has it; it is an option that one never needed before. What helps:
# `gzip_proxied any;` with `gzip_vary on;`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx are somebody else
apt-get download -qq nginx=1.22.1-9+deb12u11 nghttp2-proxy=1.52.0-1+deb12u3 libev4=1:4.33-1 libjemalloc2=5.3.0-1 libc-ares2=1.18.1-3 \
  libnghttp2-14=1.52.0-1+deb12u3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
mkdir files
yes "<li>Tea, 5.25</li>" | head -n 1000 > files/index.html || true

read -r nginx helped front fronthelped < <(node -e '
  const servers = [0, 1, 2, 3].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
types { text/html html; }
gzip on;
server { listen 127.0.0.1:$nginx; root $folder/files; }
server { listen 127.0.0.1:$helped; root $folder/files; gzip_proxied any; gzip_vary on; }
}
CONF
usr/sbin/nginx -p "$folder" -c "$folder/nginx.conf" &
usr/sbin/nghttpx -f"127.0.0.1,$front;no-tls" -b"127.0.0.1,$nginx" --errorlog-file=log2 --workers=1 &
usr/sbin/nghttpx -f"127.0.0.1,$fronthelped;no-tls" -b"127.0.0.1,$helped" --errorlog-file=log3 --workers=1 &
for port in $front $fronthelped; do
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
done
echo 'nginx 1.22.1, nghttpx 1.52.0'
size() {
  local bytes
  bytes=$(curl --silent -H 'Accept-Encoding: gzip' "http://127.0.0.1:$1/" | wc -c)
  if [ "$bytes" -gt 10000 ]; then echo 'not compressed'; else echo compressed; fi
}
{
  echo "nginx itself: $(size "$nginx")"
  echo "nginx behind nghttpx: $(size "$front")"
  echo "nginx behind nghttpx, gzip_proxied any: $(size "$fronthelped")"
} | tee seen
[ "$(cat seen)" = 'nginx itself: compressed
nginx behind nghttpx: not compressed
nginx behind nghttpx, gzip_proxied any: compressed' ]
