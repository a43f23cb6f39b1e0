#!/usr/bin/env bash
# One would guess that a test's mock of `/keys/aBc` answers `/keys/aBc`, as paths differ by the case of their letters.
# requests-mock compares paths and queries in lower case, unless it is told otherwise: what was mocked last answers both, so
# the buyer of tea gets the cup, and a client that sends all keys, coupons or addresses in lower case passes its test. Its
# record of what was asked for, `path` and `query`, is in lower case too; `url` has the letters that were sent. The package
# responses tells them apart. What helps: `requests_mock.mock.case_sensitive = True` for all tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests-mock=1.9.3-2 python3-responses=0.18.0-1 python3-requests=2.28.1+dfsg-1 \
  python3-urllib3=1.26.12-1+deb12u4 python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-chardet=5.1.0+dfsg-2 \
  python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > try.py << 'PYTHON'
import requests, requests_mock, responses
shop = 'https://shop.example.org'
answers = {'/keys/aBc': 'tea', '/keys/abC': 'cup', '/orders?coupon=TEA': 'an order with the coupon'}
def ask(path):
    try:
        return requests.get(shop + path).text
    except (requests.exceptions.ConnectionError, requests_mock.NoMockAddress):
        return 'no such mock'
def tell(name):
    print(f'{name}: aBc {ask("/keys/aBc")}, abC {ask("/keys/abC")}, TEA {ask("/orders?coupon=TEA")}, tea {ask("/orders?coupon=tea")}')
for case_sensitive in [False, True]:
    requests_mock.mock.case_sensitive = case_sensitive
    with requests_mock.Mocker() as mocker:
        for path, text in answers.items():
            mocker.get(shop + path, text=text)
        tell(f'requests-mock with case_sensitive = {case_sensitive}')
        print('  of /keys/aBc, its record has', mocker.request_history[0].path)
with responses.RequestsMock(assert_all_requests_are_fired=False) as mocker:
    for path, text in answers.items():
        mocker.add(responses.GET, shop + path, body=text)
    tell('responses')
PYTHON
export PYTHONPATH=usr/lib/python3/dist-packages PYTHONWARNINGS=ignore
/usr/bin/python3 -c "from importlib.metadata import version as v; print('requests-mock', v('requests-mock') + ', responses', v('responses'))"
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'requests-mock with case_sensitive = False: aBc cup, abC cup, TEA an order with the coupon, tea an order with the coupon
  of /keys/aBc, its record has /keys/abc
requests-mock with case_sensitive = True: aBc tea, abC cup, TEA an order with the coupon, tea no such mock
  of /keys/aBc, its record has /keys/aBc
responses: aBc tea, abC cup, TEA an order with the coupon, tea no such mock' ]
