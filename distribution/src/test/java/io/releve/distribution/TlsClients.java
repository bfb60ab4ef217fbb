package io.releve.distribution;

import io.releve.format.pem.Pem;
import io.releve.format.pem.PemContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Connections with the certificates of the tests. */
final class TlsClients {
    private static final int PIECE = 7;

    private TlsClients() {
    }

    /** @param name of the certificate to show; {@code nobody} for none */
    static SSLContext context(Path certificates, String name) throws IOException {
        return PemContext.client(Pem.certificates(certificates.resolve("ca.crt")),
                name.equals("nobody") ? null : Pem.certificates(certificates.resolve(name + ".crt")),
                name.equals("nobody") ? null : Pem.privateKey(certificates.resolve(name + ".key"), ""));
    }

    static BigInteger serial(Path certificates, String name) throws IOException {
        return Pem.certificates(certificates.resolve(name + ".crt")).get(0).getSerialNumber();
    }

    /** The number of the certificate that a server shows. */
    static BigInteger shownBy(Path certificates, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context(certificates, "client").getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    /** A connection whose bytes come a few at a time, in both directions. */
    static Socket dribbling(Path certificates, int port) throws IOException {
        ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread proxy = new Thread(() -> {
            try (between; Socket client = between.accept(); Socket server = new Socket("127.0.0.1", port)) {
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Thread back = new Thread(() -> dribble(server, client));
                back.setDaemon(true);
                back.start();
                dribble(client, server);
            } catch (IOException e) {
                // the test notices
            }
        });
        proxy.setDaemon(true);
        proxy.start();
        SSLSocket socket = (SSLSocket) context(certificates, "client").getSocketFactory().createSocket("127.0.0.1",
                between.getLocalPort());
        socket.startHandshake();
        return socket;
    }

    private static void dribble(Socket from, Socket to) {
        byte[] bytes = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                for (int at = 0; at < count; at += PIECE) {
                    out.write(bytes, at, Math.min(PIECE, count - at));
                    out.flush();
                    Thread.sleep(1);
                }
            }
        } catch (IOException e) {
            // the connection is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
