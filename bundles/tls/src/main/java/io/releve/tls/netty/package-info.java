/** TLS by Netty: BoringSSL where its native code is there, otherwise the JDK's. */
package io.releve.tls.netty;
