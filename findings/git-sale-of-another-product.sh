#!/usr/bin/env bash
# One would guess that a merge which finds a product changed on one branch and deleted on the other says so. Products are files that look
# much alike: where one goes and another comes, git sees a file that was renamed. The new price of the old product is then the price
# of the new one, and the merge is clean; cherry-pick and `git am -3` do the same. The documented ways to switch it
# off, `merge.renames=false` and `-X no-renames`, do nothing in the git of Debian 12. The body decides: half of the bytes are enough.
# What helps: `-X find-renames=100%`, which is a conflict then, or `merge -s resolve`; and a look at the diff of a merge.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq git=1:2.39.5-0+deb12u3 2> /dev/null
dpkg -x git_*.deb .
export HOME="$folder" GIT_CONFIG_NOSYSTEM=1 GIT_EXEC_PATH="$folder/usr/lib/git-core" GIT_TEMPLATE_DIR="$folder/usr/share/git-core/templates"
export PATH="$folder/usr/bin:$PATH"
git config --global user.name Shop
git config --global user.email shop@example.com
git init -q -b main shop
cd shop

# product CITY PRICE
product() {
  cat << MARKDOWN
---
title: Walks in $1
kind: download
price: $2 usd
tags: [walks]
summary: Twelve walks in $1 and around it.
file: files/$1.pdf
---
Twelve walks with maps, opening hours, and addresses for lunch. None is longer than four hours.

<!-- more -->

Print the pages on both sides, or keep them on your phone: nothing in them needs a connection. Later editions are free for you.
MARKDOWN
}
product Berlin 5.25 > berlin.md
git add .
git commit -qm 'Sell walks in Berlin'
git switch -qc season
git mv berlin.md hamburg.md
product Hamburg 5.25 > hamburg.md
git commit -qam 'Sell walks in Hamburg, and no longer in Berlin'
git switch -q main
product Berlin 2.50 > berlin.md
git commit -qam 'Reduce walks in Berlin'

git --version
for options in merge '-c merge.renames=false merge' 'merge -X no-renames' 'merge -X find-renames=100%' 'merge -s resolve'; do
  git switch -qC try main
  # shellcheck disable=SC2086
  if git $options -m Merge season > /dev/null 2>&1; then result='no conflict'; else result=conflict; fi
  echo "git $options: $result, Hamburg for $(sed -n 's/^price: //p' hamburg.md)"
  git reset -q --hard
done | tee ../seen
[ "$(cat ../seen)" = 'git merge: no conflict, Hamburg for 2.50 usd
git -c merge.renames=false merge: no conflict, Hamburg for 2.50 usd
git merge -X no-renames: no conflict, Hamburg for 2.50 usd
git merge -X find-renames=100%: conflict, Hamburg for 5.25 usd
git merge -s resolve: conflict, Hamburg for 5.25 usd' ]
