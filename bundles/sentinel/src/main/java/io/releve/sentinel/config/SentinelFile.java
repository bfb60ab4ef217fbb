package io.releve.sentinel.config;

import io.releve.config.Settings;
import io.releve.config.Statement;
import io.releve.config.StatementSet;
import io.releve.sentinel.core.SentinelConfig;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The lines {@code sentinel ...} of sentinel.conf. It is a service of its own name once it has read them, so that nobody
 * takes an empty configuration for the real one.
 */
@Component(immediate = true, service = StatementSet.class)
public final class SentinelFile implements StatementSet {
    /** First word of ours in a comment: {@code # releve-sentinel master key words}. */
    static final String REMEMBERED = "releve-sentinel";

    private final BundleContext context;
    private ServiceRegistration<SentinelFile> registration;
    private SentinelConfig config;
    /** Keys of the lines that stand in the file; of some, Redis writes the default only where there is a line. */
    private Set<String> mentioned = Set.of();
    private volatile List<String> lines = List.of();

    /** @param context null in a test without OSGi */
    @Activate
    public SentinelFile(BundleContext context) {
        this.context = context;
    }

    @Override
    public Set<String> words() {
        return Set.of("sentinel", REMEMBERED);
    }

    @Override
    public synchronized void read(List<Statement> statements) throws Statement.WrongException {
        SentinelConfig read = new StatementReader(newId()).read(statements);
        Set<String> keys = new HashSet<>();
        statements.forEach(statement -> keys.add(String.valueOf(key(statement.words()))));
        config = read;
        mentioned = keys;
        lines = new StatementWriter(mentioned).lines(read);
        if (context != null) {
            registration = context.registerService(SentinelFile.class, this, null);
        }
    }

    @Deactivate
    synchronized void close() {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
    }

    private static String newId() {
        byte[] id = new byte[20];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** What was read; its id is a new one where the file had none. Whoever is given it is the only one to change it. */
    public synchronized SentinelConfig config() {
        return config;
    }

    /** Writes changes of it into the file. */
    public SentinelConfig.Store store(Settings settings) {
        return new FileStore(this, settings);
    }

    /** From here on the file is to say this. */
    void write(SentinelConfig now) {
        lines = new StatementWriter(mentioned).lines(now);
    }

    @Override
    public List<String> lines() {
        return lines;
    }

    @Override
    public String key(List<String> words) {
        if (words.size() < 2) {
            return null;
        }
        String option = words.get(1).toLowerCase(Locale.ROOT);
        if (words.get(0).equals(REMEMBERED)) {
            return words.size() < 4 ? null : REMEMBERED + ' ' + words.get(1) + ' ' + words.get(2);
        }
        return switch (option) {
            case "known-slave" -> "known-replica " + master(words);
            case "myid", "current-epoch", "announce-ip", "announce-port", "deny-scripts-reconfig", "resolve-hostnames",
                    "announce-hostnames", "sentinel-user", "sentinel-pass", "host-id" -> option;
            default -> option + ' ' + master(words);
        };
    }

    private static String master(List<String> words) {
        return words.size() < 3 ? "" : words.get(2);
    }
}
