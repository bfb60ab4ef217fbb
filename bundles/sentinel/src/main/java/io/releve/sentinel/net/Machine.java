package io.releve.sentinel.net;

import io.releve.sentinel.core.SentinelConfig;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The machine a sentinel runs on: its mark, and the addresses it can be reached at. */
final class Machine {
    private static final long FRESH_NANOS = 10_000_000_000L;

    private final SentinelConfig config;
    private final List<String> bound;
    private final String mark;
    private List<String> hosts = List.of();
    private String announced;
    private long looked;

    /** @param bound addresses it listens on, as the directive {@code bind} has them */
    Machine(SentinelConfig config, List<String> bound) {
        this.config = config;
        this.bound = bound;
        this.mark = mark();
    }

    /** The same for all sentinels of one machine; two network namespaces count as two machines, since they can be cut apart. */
    String hostId() {
        return config.hostId.isEmpty() ? mark : config.hostId;
    }

    /** The announced address first, empty where it depends on the link; then those of the interfaces. */
    List<String> hosts() {
        long now = System.nanoTime();
        String first = announced();
        if (hosts.isEmpty() || now - looked > FRESH_NANOS || !first.equals(announced)) {
            Set<String> others = new LinkedHashSet<>(interfaces(false));
            bound.stream().filter(Machine::isSpecific).forEach(others::add);
            others.remove(first);
            List<String> all = new ArrayList<>(List.of(first));
            all.addAll(others);
            hosts = all;
            announced = first;
            looked = now;
        }
        return hosts;
    }

    private String announced() {
        if (!config.announceIp.isEmpty()) {
            return config.announceIp;
        }
        return bound.size() == 1 && isSpecific(bound.get(0)) ? bound.get(0) : "";
    }

    private static boolean isSpecific(String address) {
        return HostNames.isLiteral(address) && !address.equals("0.0.0.0") && !address.equals("::") && !address.equals("::*")
                && !address.startsWith("-") && !address.isEmpty();
    }

    /** The kernel's boot id and the network namespace; without /proc, the addresses of the network cards. */
    private static String mark() {
        String seed;
        try {
            seed = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        } catch (IOException | UnsupportedOperationException e) {
            seed = String.join(" ", interfaces(true));
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> interfaces(boolean cards) {
        Set<String> found = new TreeSet<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                byte[] card = cards ? each.getHardwareAddress() : null;
                if (card != null) {
                    found.add(HexFormat.of().formatHex(card));
                } else if (!cards && each.isUp()) {
                    each.inetAddresses().filter(address -> !address.isLoopbackAddress()).map(NettyLink::shown).forEach(found::add);
                }
            }
        } catch (SocketException e) {
            // then only what is bound or announced is known
        }
        return found;
    }
}
