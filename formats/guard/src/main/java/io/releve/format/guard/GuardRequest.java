package io.releve.format.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a sentinel tells a server of ours: {@code GUARD master-name sentinel-id epoch master|replica host port [option ...]}.
 *
 * @param epoch configuration epoch in which the master came to lead
 * @param isMaster whether the server that is told leads, or is about to
 * @param master who leads
 * @param downAfter ms after which the sentinels take a silent master for lost
 * @param lease null when the sentinel says nothing about leases
 * @param arrangement what the sentinels have decided about the in-sync set, null without
 * @param confirm the fence a sentinel takes away, empty without
 * @param pause ms for which to hold all writes, 0 to go on, -1 without
 * @param promise epoch of an election: a replica is to acknowledge nothing more to a master of before it; 0 without
 */
public record GuardRequest(String masterName, String sentinelId, long epoch, boolean isMaster, Address master, long downAfter,
        Lease lease, Arrangement arrangement, String confirm, long pause, long promise) {

    /**
     * What is said of the lease.
     *
     * @param isNeeded whether a master may serve without one
     * @param clock time of the server's own clock from which the lease counts
     * @param ms its duration, 0 when none was granted
     */
    public record Lease(boolean isNeeded, long clock, long ms) {
    }

    /** A request without options. */
    public static GuardRequest of(String masterName, String sentinelId, long epoch, boolean isMaster, Address master,
            long downAfter) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, null, null, "", -1, 0);
    }

    public GuardRequest with(Lease said) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, said, arrangement, confirm, pause, promise);
    }

    public GuardRequest with(Arrangement decided) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, lease, decided, confirm, pause, promise);
    }

    public GuardRequest confirming(String fence) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, lease, arrangement, fence, pause, promise);
    }

    public GuardRequest pausing(long ms) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, lease, arrangement, confirm, ms, promise);
    }

    public GuardRequest promising(long newEpoch) {
        return new GuardRequest(masterName, sentinelId, epoch, isMaster, master, downAfter, lease, arrangement, confirm, pause,
                newEpoch);
    }

    /** The words of the command, its name first. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of("GUARD", masterName, sentinelId, String.valueOf(epoch),
                isMaster ? "master" : "replica", master.host(), String.valueOf(master.port()), "DOWN-AFTER",
                String.valueOf(downAfter)));
        if (lease != null && lease.isNeeded()) {
            words.addAll(List.of("LEASE", String.valueOf(lease.clock()), String.valueOf(lease.ms())));
        } else if (lease != null) {
            words.add("NOLEASE");
        }
        if (arrangement != null) {
            words.add("ARRANGEMENT");
            words.addAll(arrangement.words());
        }
        if (!confirm.isEmpty()) {
            words.addAll(List.of("CONFIRM", confirm));
        }
        if (pause >= 0) {
            words.addAll(List.of("PAUSE", String.valueOf(pause)));
        }
        if (promise > 0) {
            words.addAll(List.of("PROMISE", String.valueOf(promise)));
        }
        return words;
    }

    /**
     * Reads the words behind the command's name.
     *
     * @throws IllegalArgumentException if they are none
     */
    public static GuardRequest parse(List<String> words) {
        if (words.size() < 6) {
            throw new IllegalArgumentException("GUARD needs a master's name, a sentinel's id, epoch, role, host and port");
        }
        String role = words.get(3).toLowerCase(Locale.ROOT);
        if (!role.equals("master") && !role.equals("replica")) {
            throw new IllegalArgumentException("the role is master or replica");
        }
        long downAfter = 30_000;
        Lease lease = null;
        Arrangement arrangement = null;
        String confirm = "";
        long pause = -1;
        long promise = 0;
        int at = 6;
        try {
            while (at < words.size()) {
                switch (words.get(at).toUpperCase(Locale.ROOT)) {
                    case "DOWN-AFTER" -> downAfter = number(words.get(++at));
                    case "LEASE" -> lease = new Lease(true, number(words.get(++at)), number(words.get(++at)));
                    case "NOLEASE" -> lease = new Lease(false, 0, 0);
                    case "ARRANGEMENT" -> {
                        arrangement = Arrangement.parse(words.subList(at + 1, at + 6));
                        at += 5;
                    }
                    case "CONFIRM" -> confirm = words.get(++at);
                    case "PAUSE" -> pause = number(words.get(++at));
                    case "PROMISE" -> promise = number(words.get(++at));
                    default -> throw new IllegalArgumentException("unknown option " + words.get(at));
                }
                at++;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("an option lacks its value");
        }
        return new GuardRequest(words.get(0), words.get(1), number(words.get(2)), role.equals("master"),
                new Address(words.get(4), Integer.parseInt(words.get(5))), downAfter, lease, arrangement, confirm, pause, promise);
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("a number below zero");
        }
        return number;
    }
}
