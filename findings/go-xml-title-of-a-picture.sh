#!/usr/bin/env bash
# One would guess that a field which is called `title` has the title of a product. Go's encoding/xml, if it is told no
# namespace, takes elements of that name from any of them, and of several the last one. Feeds of products and podcasts have
# such pairs: a product with a `media:title` has the name of its picture, the price in a `g:price` replaces that in `price`,
# and a channel that names its own address in `atom:link`, as validators recommend, has an empty link. An earlier `media:title`
# does nothing, so it depends on the writer's order. There is no way to ask for elements without a namespace. What helps: a
# list of elements with an `XMLName`, as below, of which one takes that with an empty `Space`, or a parser for feeds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export GOROOT=$folder/usr/lib/go-1.19 GOCACHE=$folder/cache GOPATH=$folder/path GOENV=off GOFLAGS='' CGO_ENABLED=0

cat > feed.xml << 'XML'
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:g="http://base.google.com/ns/1.0">
<channel><link>https://example.org/</link><atom:link rel="self" type="application/rss+xml" href="https://example.org/feed.xml"/>
<item><title>Green tea</title><price>5.25</price><g:price>7.00 USD</g:price><media:title>A cup</media:title></item>
<item><media:title>A pot</media:title><g:price>9.00 USD</g:price><title>Black tea</title><price>6.75</price></item>
</channel></rss>
XML
cat > try.go << 'GO'
package main

import (
	"encoding/xml"
	"fmt"
	"os"
)

type Plain struct {
	Link  string `xml:"channel>link"`
	Items []struct {
		Title string `xml:"title"`
		Price string `xml:"price"`
	} `xml:"channel>item"`
}
type Element struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}
type Listed struct {
	Links []Element `xml:"channel>link"`
	Items []struct {
		Titles []Element `xml:"title"`
		Prices []Element `xml:"price"`
	} `xml:"channel>item"`
}

func own(elements []Element) string {
	for _, element := range elements {
		if element.XMLName.Space == "" {
			return element.Text
		}
	}
	return ""
}

func main() {
	text, _ := os.ReadFile("feed.xml")
	var plain Plain
	var listed Listed
	fmt.Println(xml.Unmarshal(text, &plain), xml.Unmarshal(text, &listed))
	fmt.Printf("link %q, with lists %q\n", plain.Link, own(listed.Links))
	for i, item := range plain.Items {
		fmt.Printf("%q of %q, with lists %q of %q\n", item.Title, item.Price, own(listed.Items[i].Titles), own(listed.Items[i].Prices))
	}
}
GO
usr/lib/go-1.19/bin/go version
usr/lib/go-1.19/bin/go run try.go | tee seen
[ "$(cat seen)" = '<nil> <nil>
link "", with lists "https://example.org/"
"A cup" of "7.00 USD", with lists "Green tea" of "5.25"
"Black tea" of "6.75", with lists "Black tea" of "6.75"' ]
