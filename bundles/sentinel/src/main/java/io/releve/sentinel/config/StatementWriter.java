package io.releve.sentinel.config;

import io.releve.bytes.QuotedWords;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.core.SentinelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A configuration as lines of sentinel.conf, in the order in which Redis writes them; of defaults only what Redis writes. */
final class StatementWriter {
    private final Set<String> mentioned;
    private final List<String> lines = new ArrayList<>();

    /** @param mentioned keys of the lines that stand in the file */
    StatementWriter(Set<String> mentioned) {
        this.mentioned = mentioned;
    }

    List<String> lines(SentinelConfig config) {
        add("myid", config.id);
        yesNo("deny-scripts-reconfig", config.denyScriptsReconfig, true);
        yesNo("resolve-hostnames", config.resolveHostnames, false);
        yesNo("announce-hostnames", config.announceHostnames, false);
        config.masters.values().forEach(this::master);
        config.remembered.forEach((master, words) -> remembered(master, MasterConfig.PROMISES, words));
        add("current-epoch", config.currentEpoch);
        if (!config.announceIp.isEmpty()) {
            lines.add("sentinel announce-ip \"" + config.announceIp + '"');
        }
        if (config.announcePort != 0) {
            add("announce-port", config.announcePort);
        }
        text("sentinel-user", config.sentinelUser);
        text("sentinel-pass", config.sentinelPass);
        text("host-id", config.hostId);
        return lines;
    }

    private void master(MasterConfig master) {
        MasterConfig defaults = new MasterConfig(master.name, master.address, master.quorum);
        add("monitor", master.name, master.leading().host(), master.leading().port(), master.quorum);
        number("down-after-milliseconds", master, master.downAfter, defaults.downAfter);
        number("failover-timeout", master, master.failoverTimeout, defaults.failoverTimeout);
        number("parallel-syncs", master, master.parallelSyncs, defaults.parallelSyncs);
        text("notification-script", master, master.notificationScript);
        text("client-reconfig-script", master, master.clientReconfigScript);
        text("auth-pass", master, master.authPass);
        text("auth-user", master, master.authUser);
        number("master-reboot-down-after-period", master, master.masterRebootDownAfter, defaults.masterRebootDownAfter);
        master.renamedCommands.forEach((command, name) -> add("rename-command", master.name, command, name));
        if (master.witness != null) {
            add("witness", master.name, master.witness.host(), master.witness.port());
        }
        add("config-epoch", master.name, master.configEpoch);
        add("leader-epoch", master.name, master.leaderEpoch);
        for (Address replica : master.knownReplicas) {
            add("known-replica", master.name, replica.host(), replica.port());
        }
        for (MasterConfig.KnownSentinel sentinel : master.knownSentinels) {
            add("known-sentinel", master.name, sentinel.address().host(), sentinel.address().port(), sentinel.id());
        }
        master.remembered.forEach((key, words) -> remembered(master.name, key, words));
    }

    private void remembered(String master, String key, String words) {
        lines.add("# " + SentinelFile.REMEMBERED + ' ' + quoted(master, key) + ' ' + quoted((Object[]) words.split(" ")));
    }

    private void yesNo(String option, boolean value, boolean normally) {
        if (value != normally || mentioned.contains(option)) {
            add(option, value ? "yes" : "no");
        }
    }

    private void number(String option, MasterConfig master, long value, long normally) {
        if (value != normally) {
            add(option, master.name, value);
        }
    }

    private void text(String option, MasterConfig master, String value) {
        if (!value.isEmpty()) {
            add(option, master.name, value);
        }
    }

    private void text(String option, String value) {
        if (!value.isEmpty()) {
            add(option, value);
        }
    }

    private void add(String option, Object... words) {
        lines.add("sentinel " + option + ' ' + quoted(words));
    }

    private static String quoted(Object... words) {
        List<String> all = new ArrayList<>();
        for (Object word : words) {
            all.add(QuotedWords.quote(word.toString()));
        }
        return String.join(" ", all);
    }
}
