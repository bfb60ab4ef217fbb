package io.releve.cli;

import io.releve.format.pem.Pem;
import io.releve.format.pem.PemContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The options of redis-cli that are about encryption, and what they make of a connection. */
final class TlsOptions {
    boolean wanted;
    boolean insecure;
    String authority;
    String authorities;
    String certificate;
    String key;
    String serverName;
    String ciphers;
    String cipherSuites;

    /** @throws IOException with a text that says why, without the address */
    Socket encrypt(Socket connected, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        if (ciphers != null || cipherSuites != null) {
            List<String> names = new ArrayList<>();
            for (String list : new String[] {cipherSuites, ciphers}) {
                if (list != null) {
                    names.addAll(List.of(list.split("[:,]")));
                }
            }
            parameters.setCipherSuites(names.toArray(new String[0]));
        }
        try {
            socket.setSSLParameters(parameters);
        } catch (IllegalArgumentException e) {
            throw new IOException("Java does not know these ciphers: " + e.getMessage(), e);
        }
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() throws IOException {
        List<X509Certificate> trusted = null;
        if (authority != null || authorities != null) {
            trusted = new ArrayList<>();
            if (authority != null) {
                trusted.addAll(Pem.certificates(Path.of(authority)));
            }
            if (authorities != null) {
                trusted.addAll(Pem.certificatesIn(Path.of(authorities)));
            }
        }
        if ((certificate == null) != (key == null)) {
            throw new IOException("--cert and --key belong together");
        }
        List<X509Certificate> chain = certificate == null ? null : Pem.certificates(Path.of(certificate));
        PrivateKey own = key == null ? null : Pem.privateKey(Path.of(key), "");
        return insecure ? PemContext.trustingAll(chain, own) : PemContext.client(trusted, chain, own);
    }
}
