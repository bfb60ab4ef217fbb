package io.releve.engine;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A service: a listener all of whose sockets are bound. Its presence means that clients can connect. */
@ProviderType
public interface Listener {
    /** Where it listens: {@code 127.0.0.1:6379}, {@code [::1]:6379}, or the path of a unix socket. */
    List<String> addresses();
}
