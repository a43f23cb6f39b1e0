#!/usr/bin/env bash
# One would guess that a JWT library which verifies EdDSA takes the key in one of the forms in which such keys are published: a PEM file, or
# a JWK. Ruby's jwt takes neither. OpenSSL reads the PEM, but its key is refused; JWT::JWK refuses the JWK, as a type that it doesn't
# support. Only a key of RbNaCl works, made of the 32 bytes in the JWK's `x`, and that library isn't among those that jwt brings along.
# The algorithm counts as written: a program that expects ED25519, as jwt also calls it, refuses every token that says EdDSA.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ruby-jwt=2.5.0-1+deb12u1 ruby-rbnacl=7.1.1-1 ruby-ffi=1.15.5+dfsg-1+b1 libsodium23=1.0.18-1+deb12u1 \
  ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$(dirname "$folder"/usr/lib/*/libruby-3.1.so.3.1)
gems=$LD_LIBRARY_PATH/rubygems-integration/3.1.0
RUBYLIB=$folder/usr/share/rubygems-integration/all/gems/jwt-2.5.0/lib:$folder/usr/lib/ruby/vendor_ruby:$folder/usr/lib/ruby/3.1.0
RUBYLIB+=:$LD_LIBRARY_PATH/ruby/3.1.0:$gems/gems/ffi-1.15.5/lib:$gems/extensions/x86_64-linux/3.1.0/ffi-1.15.5
export RUBYLIB

cat > try.rb << 'RUBY'
require 'jwt'
require 'rbnacl'
require 'openssl'
require 'base64'

# Made and signed with OpenSSL, as another program would: the signature is valid.
openssl_key = OpenSSL::PKey.read(File.read('key.pem'))
public_key = OpenSSL::PKey.read(openssl_key.public_to_pem)
content = [{ alg: 'EdDSA' }, { amount: 0.25 }].map { |part| Base64.urlsafe_encode64(part.to_json, padding: false) }.join('.')
token = "#{content}.#{Base64.urlsafe_encode64(openssl_key.sign(nil, content), padding: false)}"
bytes = public_key.public_to_der[-32..]

def try(what)
  puts "#{what}: #{yield}"
rescue StandardError => e
  puts "#{what}: #{e.class}"
end

puts "jwt #{JWT.gem_version}"
decode = ->(key, algorithm = 'EdDSA') { JWT.decode(token, key, true, algorithm: algorithm).first }
nacl_key = RbNaCl::VerifyKey.new(bytes)
try('OpenSSL’s key') { decode.call(public_key) }
try('the JWK') { JWT::JWK.import({ kty: 'OKP', crv: 'Ed25519', x: Base64.urlsafe_encode64(bytes, padding: false) }) }
try('RbNaCl’s key') { decode.call(nacl_key) }
try('RbNaCl’s key, expecting ED25519') { decode.call(nacl_key, 'ED25519') }
RUBY
openssl genpkey -algorithm ed25519 -out key.pem
usr/bin/ruby3.1 try.rb | tee seen
[ "$(cat seen)" = 'jwt 2.5.0
OpenSSL’s key: JWT::DecodeError
the JWK: JWT::JWKError
RbNaCl’s key: {"amount"=>0.25}
RbNaCl’s key, expecting ED25519: JWT::IncorrectAlgorithm' ]
