package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.List;

/**
 * What sentinels of ours tell each other beyond the hello: SENTINEL PEER STATE and its answer (docs/sentinel-protocol.md).
 *
 * @param hosts addresses of the machine
 */
record PeerState(String masterName, String id, String hostId, List<String> hosts, int port, long epoch, long configEpoch,
        Address master, Membership.Report report) {
    private static final int WORDS = 12;

    List<String> words() {
        return List.of(masterName, id, hostId, String.join(",", hosts), String.valueOf(port),
                String.valueOf(epoch), String.valueOf(configEpoch), master.host(), String.valueOf(master.port()),
                report.view(), report.prepared(), report.settled());
    }

    /** Null when it is none. */
    static PeerState of(Object reply) {
        List<String> words = Link.words(reply);
        if (words == null || words.size() != WORDS) {
            return null;
        }
        try {
            List<String> hosts = List.of(words.get(3).split(",", -1));
            int port = Integer.parseInt(words.get(4));
            if (!Hello.isId(words.get(1)) || !isHostId(words.get(2)) || words.stream().anyMatch(word -> word.length() > 16_384)
                    || !isReachable(hosts.get(0), port)) {
                return null;
            }
            return new PeerState(words.get(0), words.get(1), words.get(2), hosts, port, number(words.get(5)), number(words.get(6)),
                    new Address(words.get(7), Integer.parseInt(words.get(8))),
                    new Membership.Report(words.get(9), words.get(10), words.get(11)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** It stands in views, between what holds those together. */
    private static boolean isHostId(String text) {
        return text.length() <= 255 && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Of a sentinel of many addresses the first is empty: it is reached where it was met. */
    private static boolean isReachable(String host, int port) {
        return new Address(host.isEmpty() ? "-" : host, port).port() == port;
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("a number below zero");
        }
        return number;
    }
}
