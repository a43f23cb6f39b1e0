#!/usr/bin/env bash
# One would guess that Jackson, when it is told to read amounts as exact decimals, writes a document as it was. With
# USE_BIG_DECIMAL_FOR_FLOATS, 100.00 in a Map is written as 100.00. In a tree, which is how one changes a single field, it is
# written as 1E+2, 1200.0 as 1.2E+3, and 5.50 as 5.5: a tree drops zeros at the end, also those before the point. JSON allows
# it, and JavaScript reads the same amount. But a signature of the text is wrong, and `\d+(\.\d+)?` finds a 1. Without the
# option, 100.00 is 100.0. Jackson 3 keeps zeros by default. What helps:
# `setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))`, or a Map.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openjdk-17-jre-headless=17.0.21.1+2-1~deb12u1 libbsh-java=2.0b4-20 libjackson2-databind-java=2.14.0-1+deb12u1 \
  libjackson2-core-java=2.14.1-2~deb12u1 libjackson2-annotations-java=2.14.0-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
# Where Java looks for its settings in /etc, it is to look in the folder.
find usr/lib/jvm -lname '/etc/*' -printf '%p %l\n' | while read -r link target; do ln -sf "$folder$target" "$link"; done

cat > try.bsh << 'JAVA'
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
text = "{\"total\":100.00,\"price\":5.50,\"weight\":1200.0,\"count\":100}";
plain = new ObjectMapper();
decimals = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
exact = decimals.copy().setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
print("text: " + text);
changed(mapper) {
  tree = mapper.readTree(text);
  tree.put("count", 101);
  return mapper.writeValueAsString(tree);
}
print("tree: " + changed(plain));
print("decimals in a map: " + decimals.writeValueAsString(decimals.readValue(text, java.util.LinkedHashMap.class)));
print("decimals in a tree: " + changed(decimals));
print("exact decimals in a tree: " + changed(exact));
JAVA
echo "Jackson $(dpkg-deb -f libjackson2-databind-java_*.deb Version)"
usr/lib/jvm/java-17-openjdk-amd64/bin/java -cp "usr/share/java/*" bsh.Interpreter try.bsh | tee seen
[ "$(cat seen)" = 'text: {"total":100.00,"price":5.50,"weight":1200.0,"count":100}
tree: {"total":100.0,"price":5.5,"weight":1200.0,"count":101}
decimals in a map: {"total":100.00,"price":5.50,"weight":1200.0,"count":100}
decimals in a tree: {"total":1E+2,"price":5.5,"weight":1.2E+3,"count":101}
exact decimals in a tree: {"total":100.00,"price":5.50,"weight":1200.0,"count":101}' ]
