#!/usr/bin/env bash
# One would guess that `exiftool -gps:all=` takes the place out of a picture, as it is the command that one finds for that. It
# empties the group GPS, which is that of EXIF. Programs that edit pictures write the same coordinates into XMP too, and names of
# places into XMP and IPTC: all of that stays, and `exiftool -GPSLatitude` still answers. `-gps*=` takes coordinates out of both,
# and the town stays. In the picture of a product, that is where the seller lives; Nickel rejects pictures with coordinates in EXIF
# or XMP, and doesn't look for towns. What helps:
# `-all= -tagsfromfile @ -icc_profile -orientation`, which keeps the colours and which way is up, and a look at what is left with
# `-G1 -s -a`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libimage-exiftool-perl=12.57+dfsg-1 2> /dev/null
dpkg -x libimage-exiftool-perl_*.deb .
npm install --silent --no-audit --no-fund jpeg-js@0.4.4 > /dev/null
exiftool() { perl -Iusr/share/perl5 usr/bin/exiftool -q "$@"; }

node -e "const data = Buffer.alloc(64 * 4, 128); fs.writeFileSync('picture.jpg', require('jpeg-js').encode({ data, width: 8, height: 8 }, 80).data)"
exiftool -overwrite_original -Orientation#=6 -EXIF:GPSLatitude=52.5 -EXIF:GPSLatitudeRef=N -XMP:GPSLatitude=52.5 -XMP-photoshop:City=Berlin -IPTC:City=Berlin picture.jpg
look() { exiftool -s -G1 -a -GPSLatitude -City -Orientation# "$1" | sed "s/  */ /g; s/ :/:/; s/ deg 30' 0.00\"/.5/"; }
echo "exiftool $(exiftool -ver)"
{
  for options in '-gps:all=' '-gps*=' '-all= -tagsfromfile @ -orientation'; do
    cp picture.jpg cleaned.jpg
    # shellcheck disable=SC2086
    exiftool -overwrite_original $options cleaned.jpg
    echo "$options leaves: $(look cleaned.jpg | paste -sd ';')"
  done
} | tee seen
[ "$(cat seen)" = '-gps:all= leaves: [XMP-exif] GPSLatitude: 52.5 N;[IPTC] City: Berlin;[XMP-photoshop] City: Berlin;[IFD0] Orientation: 6
-gps*= leaves: [IPTC] City: Berlin;[XMP-photoshop] City: Berlin;[IFD0] Orientation: 6
-all= -tagsfromfile @ -orientation leaves: [IFD0] Orientation: 6' ]
