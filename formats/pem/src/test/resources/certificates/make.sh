#!/bin/sh
# Makes the certificates of the tests anew: an authority, who it has signed, a stranger, and private keys in all forms.
set -eu
cd "$(dirname "$0")"
days=36500
authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -days $days -keyout "$1.key" -out "$1.crt" -subj "/O=Tests/CN=$2" 2>/dev/null
}
signed() { # name subject authority days
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/O=Tests/CN=$2" 2>/dev/null
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n' >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA "$3.crt" -CAkey "$3.key" -set_serial "$(date +%s%N)" -days "$4" -extfile "$1.ext" -out "$1.crt" 2>/dev/null
    rm "$1.csr" "$1.ext"
}
authority ca Authority
authority strangers "Authority of others"
signed server localhost ca $days
signed renewed localhost ca $days
signed client client ca $days
signed stranger stranger strangers $days
# signed by ca, but its time is over
openssl req -newkey rsa:2048 -nodes -keyout expired.key -out expired.csr -subj "/O=Tests/CN=expired" 2>/dev/null
rm -rf tmp && mkdir tmp && : >tmp/index && echo 01 >tmp/serial
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=tmp/index\nserial=tmp/serial\nnew_certs_dir=tmp\ndefault_md=sha256\npolicy=p\n[p]\norganizationName=optional\ncommonName=optional\n' >tmp/conf
openssl ca -batch -config tmp/conf -cert ca.crt -keyfile ca.key -in expired.csr -out expired.crt -notext \
    -startdate 20200101000000Z -enddate 20200102000000Z 2>/dev/null
rm -rf tmp expired.csr strangers.key ca.key
openssl rsa -in server.key -traditional -out server-pkcs1.key 2>/dev/null
openssl pkcs8 -topk8 -in server.key -passout pass:secret -out server-encrypted.key
openssl rsa -in server.key -traditional -aes128 -passout pass:secret -out server-old-encrypted.key 2>/dev/null
openssl ecparam -name prime256v1 -genkey -noout -out elliptic-sec1.key
openssl pkcs8 -topk8 -nocrypt -in elliptic-sec1.key -out elliptic.key
openssl req -x509 -key elliptic.key -days $days -subj /CN=elliptic -out elliptic.crt
