#!/usr/bin/env bash
# One would guess that the fixes of a linter for CSS change how a file looks, and not how the page does. Keywords of CSS are the same in
# upper and lower case, and names that one has chosen are not. The standard configuration of stylelint writes keywords in lower
# case, and knows the names of animations, grid areas and counters, but not those of newer properties: with --fix, an invoice is
# on `page: invoicepage`, for which `@page InvoicePage` isn't meant, and so has other margins in print. Names of containers,
# of view transitions and of scroll timelines fare the same. What helps: names in lower case, or `ignoreProperties` of value-keyword-case.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund stylelint@17.16.0 stylelint-config-standard@40.0.0 > /dev/null

cat > shop.css << 'CSS'
@page InvoicePage {
  margin: 1cm;
}

@container ShopShelf (width > 40rem) {
  .buy {
    float: right;
  }
}

.invoice {
  page: InvoicePage;
}

.shelf {
  container-name: ShopShelf;
}

.total {
  animation-name: FadeIn;
  view-transition-name: InvoiceTotal;
}
CSS
for ignored in '' '/^page$/, container-name, view-transition-name'; do
  echo "$ignored" | node -e '
    const properties = require("fs").readFileSync(0, "utf8").trim().split(", ").filter(Boolean)
    const rules = { "value-keyword-case": ["lower", { ignoreProperties: properties }], "container-name-pattern": null }
    console.log(JSON.stringify({ extends: "stylelint-config-standard", rules }))' > .stylelintrc.json
  cp shop.css fixed.css
  node_modules/.bin/stylelint --fix fixed.css
  echo "ignored: ${ignored:-nothing}"
  diff shop.css fixed.css | grep '^>' || true
done > seen
echo 'stylelint 17.16.0, stylelint-config-standard 40.0.0'
cat seen
[ "$(cat seen)" = 'ignored: nothing
>   page: invoicepage;
>   container-name: shopshelf;
>   view-transition-name: invoicetotal;
ignored: /^page$/, container-name, view-transition-name' ]
