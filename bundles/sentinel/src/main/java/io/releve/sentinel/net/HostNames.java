package io.releve.sentinel.net;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up on threads of its own, each name once at a time: a resolver may take long, and one that hangs stops no link
 * but its own. Used on the sentinel's thread.
 */
final class HostNames {
    /** Something that knows the address of a name. */
    interface Lookup {
        InetAddress find(String name) throws UnknownHostException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);

    private final Lookup lookup;
    private final ThreadPoolExecutor threads;
    private final Map<String, List<BiConsumer<InetAddress, String>>> asked = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> failing = new HashSet<>();

    HostNames(String instance, Lookup lookup) {
        this.lookup = lookup;
        threads = new ThreadPoolExecutor(4, 4, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "releve-" + instance + "-names-1");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param then gets the address, or null and what is wrong; later, on the loop */
    void resolve(String host, EventLoop loop, BiConsumer<InetAddress, String> then) {
        if (isLiteral(host)) {
            loop.execute(() -> {
                try {
                    then.accept(InetAddress.getByName(host), null);
                } catch (UnknownHostException e) {
                    then.accept(null, "no address: " + host);
                }
            });
            return;
        }
        List<BiConsumer<InetAddress, String>> others = asked.get(host);
        if (others != null) {
            others.add(then);
            return;
        }
        asked.put(host, new ArrayList<>(List.of(then)));
        threads.execute(() -> {
            InetAddress found = find(host);
            loop.execute(() -> found(host, found));
        });
    }

    private InetAddress find(String host) {
        try {
            return lookup.find(host);
        } catch (UnknownHostException | RuntimeException e) {
            return null;
        }
    }

    private void found(String host, InetAddress address) {
        if (address == null) {
            if (failing.add(host)) {
                LOG.warn("The name {} cannot be resolved; it is tried again", host);
            }
        } else {
            known.put(host, NettyLink.shown(address));
            if (failing.remove(host)) {
                LOG.warn("The name {} is resolved again: {}", host, known.get(host));
            }
        }
        asked.remove(host).forEach(then -> then.accept(address, "the name " + host + " cannot be resolved"));
    }

    /** The IP address it had when it was looked up last; the name itself while that is not known. */
    String lastKnown(String host) {
        return known.getOrDefault(host, host);
    }

    /** What only looks like an address, as 1.2.3.999 does, may have to be looked up, and that takes time. */
    static boolean isLiteral(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    void close() {
        threads.shutdownNow();
    }
}
