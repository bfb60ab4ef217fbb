package io.releve.format.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS of the JDK for who connects, from what {@link Pem} has read. */
public final class PemContext {
    private PemContext() {
    }

    /**
     * @param trusted the authorities that may have signed the other side's certificate; null for those of the JDK
     * @param chain this side's certificate and those that lead to its authority; null to show none
     * @param key of the first certificate of the chain
     */
    public static SSLContext client(List<X509Certificate> trusted, List<X509Certificate> chain, PrivateKey key)
            throws IOException {
        return context(chain, key, () -> trusted == null ? null : trust(trusted));
    }

    /** Whoever answers is believed. */
    public static SSLContext trustingAll(List<X509Certificate> chain, PrivateKey key) throws IOException {
        return context(chain, key, () -> new TrustManager[] {new TrustAll()});
    }

    private interface Trust {
        TrustManager[] managers() throws GeneralSecurityException, IOException;
    }

    private static SSLContext context(List<X509Certificate> chain, PrivateKey key, Trust trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(chain == null ? null : keys(chain, key), trust.managers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("key", key, new char[0], chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(List<X509Certificate> trusted) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("authority-" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // as asked for
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // as asked for
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
