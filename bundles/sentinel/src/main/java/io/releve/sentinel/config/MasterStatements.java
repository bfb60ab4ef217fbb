package io.releve.sentinel.config;

import io.releve.config.Statement.WrongException;
import io.releve.sentinel.config.StatementReader.Line;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.core.SentinelConfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The lines of sentinel.conf that concern one master. */
final class MasterStatements {
    private final SentinelConfig config;

    MasterStatements(SentinelConfig config) {
        this.config = config;
    }

    void read(Line line) throws WrongException {
        switch (line.option()) {
            case "monitor" -> monitor(line.exactly(4));
            case "down-after-milliseconds" -> master(line.exactly(2)).downAfter = time(line);
            case "failover-timeout" -> master(line.exactly(2)).failoverTimeout = time(line);
            case "parallel-syncs" -> master(line.exactly(2)).parallelSyncs =
                    (int) line.number(1, Integer.MIN_VALUE, Integer.MAX_VALUE, "parallel-syncs is a number.");
            case "master-reboot-down-after-period" -> master(line.exactly(2)).masterRebootDownAfter =
                    line.number(1, 0, Integer.MAX_VALUE, "negative time parameter.");
            case "notification-script" -> master(line.exactly(2)).notificationScript =
                    script(line, "Notification script seems non existing or non executable.");
            case "client-reconfig-script" -> master(line.exactly(2)).clientReconfigScript =
                    script(line, "Client reconfiguration script seems non existing or non executable.");
            case "auth-user" -> master(line.exactly(2)).authUser = line.word(1);
            case "auth-pass" -> master(line.exactly(2)).authPass = line.word(1);
            case "rename-command" -> rename(line.exactly(3));
            case "witness" -> master(line.exactly(3)).witness = line.address(1, 2, config.resolveHostnames);
            case "config-epoch" -> master(line.exactly(2)).configEpoch = epoch(line);
            case "leader-epoch" -> master(line.exactly(2)).leaderEpoch = epoch(line);
            case "known-replica", "known-slave" -> replica(line.exactly(3));
            case "known-sentinel" -> sentinel(line);
            default -> throw line.unrecognized();
        }
    }

    private void monitor(Line line) throws WrongException {
        String name = line.word(0);
        int quorum = (int) line.number(3, 1, Integer.MAX_VALUE, "Quorum must be 1 or greater.");
        Address address = line.address(1, 2, config.resolveHostnames);
        if (!name.matches("[!-+\\--~]+")) {
            throw line.wrong("Invalid master name: it stands in messages, between blanks and commas.");
        }
        if (config.masters.putIfAbsent(name, new MasterConfig(name, address, quorum)) != null) {
            throw line.wrong("Duplicate master name.");
        }
    }

    private MasterConfig master(Line line) throws WrongException {
        MasterConfig master = config.masters.get(line.word(0));
        if (master == null) {
            throw line.wrong("No such master with specified name.");
        }
        return master;
    }

    private static long time(Line line) throws WrongException {
        return line.number(1, 1, Long.MAX_VALUE, "negative or zero time parameter.");
    }

    /** A sentinel's own epoch is never behind one it has heard of. */
    private long epoch(Line line) throws WrongException {
        long epoch = line.epoch(1);
        config.currentEpoch = Math.max(config.currentEpoch, epoch);
        return epoch;
    }

    private static String script(Line line, String otherwise) throws WrongException {
        try {
            if (!Files.isExecutable(Path.of(line.word(1)))) {
                throw line.wrong(otherwise);
            }
        } catch (InvalidPathException e) {
            throw line.wrong(otherwise);
        }
        return line.word(1);
    }

    private void rename(Line line) throws WrongException {
        if (master(line).renamedCommands.putIfAbsent(line.word(1).toLowerCase(Locale.ROOT), line.word(2)) != null) {
            throw line.wrong("Same command renamed multiple times with rename-command.");
        }
    }

    private void replica(Line line) throws WrongException {
        MasterConfig master = master(line);
        Address address = line.address(1, 2, config.resolveHostnames);
        if (master.knownReplicas.contains(address)) {
            throw line.wrong("Duplicate hostname and port for replica.");
        }
        master.knownReplicas.add(address);
    }

    /** Without an id, as sentinels wrote it once, there is nothing to be known; Redis passes over it too. */
    private void sentinel(Line line) throws WrongException {
        if (line.size() == 3) {
            master(line);
            return;
        }
        MasterConfig master = master(line.exactly(4));
        Address address = line.address(1, 2, config.resolveHostnames);
        String id = line.word(3);
        if (!id.matches("[!-+\\--~]+")) {
            throw line.unrecognized();
        }
        if (master.knownSentinels.stream().anyMatch(known -> known.id().equals(id))) {
            throw line.wrong("Duplicate runid for sentinel.");
        }
        master.knownSentinels.add(new MasterConfig.KnownSentinel(id, address));
    }

    /** A comment: what no longer fits is passed over. Of a master that is not watched here it is what was promised as its witness. */
    void remembered(Line line) {
        List<String> words = line.behindFirst();
        if (words.size() < 3) {
            return;
        }
        MasterConfig master = config.masters.get(words.get(0));
        String value = String.join(" ", words.subList(2, words.size()));
        if (master != null) {
            master.remembered.put(words.get(1), value);
        } else if (words.get(1).equals(MasterConfig.PROMISES)) {
            config.remembered.put(words.get(0), value);
        }
    }
}
