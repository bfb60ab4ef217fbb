package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.NOT_SAVED;
import static io.releve.sentinel.command.SentinelCommand.facts;
import static io.releve.sentinel.command.SentinelCommand.number;
import static io.releve.sentinel.command.SentinelCommand.watched;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.format.guard.Address;
import io.releve.sentinel.config.HostWord;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.net.RunningSentinel;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.util.List;

/** Which masters a sentinel watches. What cannot be written down is refused. */
final class Watching {
    private Watching() {
    }

    static List<Command> all(RunningSentinel sentinel) {
        return List.of(
                new SentinelCommand(facts("MONITOR", 6, "2.8.4").summary("Watches another master.")
                        .syntax("name ip port:integer quorum:integer").build(), sentinel, Watching::monitor),
                new SentinelCommand(facts("REMOVE", 3, "2.8.4").summary("Watches a master no longer.").syntax("master-name").build(),
                        sentinel, Watching::remove),
                new SentinelCommand(facts("RESET", 3, "2.8.4").summary("Forgets the replicas and sentinels of masters.")
                        .syntax("pattern:pattern").build(), sentinel, Watching::reset),
                new SentinelCommand(facts("FAILOVER", 3, "2.8.4").summary("Has a replica take over without asking the others.")
                        .syntax("master-name").build(), sentinel, Watching::failover),
                new SentinelCommand(facts("SET", -5, "2.8.4").summary("Changes settings of a master.")
                        .syntax("master-name <option value> [option value ...]").build(), sentinel, MasterSettings::set));
    }

    private static Object monitor(Parts of, List<String> words) {
        String name = words.get(2);
        long quorum = otherwise("ERR Invalid quorum", words.get(5));
        long port = otherwise("ERR Invalid port", words.get(4));
        if (!HostWord.isAcceptable(words.get(3), of.config().resolveHostnames)) {
            throw new CommandException("ERR Invalid IP address or hostname specified");
        }
        if (quorum < 1 || quorum > Integer.MAX_VALUE) {
            throw new CommandException("ERR Quorum must be 1 or greater.");
        }
        if (port < 1 || port > 65_535) {
            throw new CommandException("ERR Invalid port number.");
        }
        if (of.overview().watches(name)) {
            throw new CommandException("ERR Duplicate master name.");
        }
        if (!name.matches("[!-+\\--~]+")) {
            throw new CommandException("ERR Invalid master name: it stands in messages, between blanks and commas.");
        }
        MasterConfig master = new MasterConfig(name, new Address(words.get(3), (int) port), (int) quorum);
        master.downAfter = of.sentinel().timing().get("DEFAULT-DOWN-AFTER");
        master.failoverTimeout = of.sentinel().timing().get("DEFAULT-FAILOVER-TIMEOUT");
        return saved(of.sentinel().monitor(master));
    }

    private static long otherwise(String error, String text) {
        try {
            return number(text);
        } catch (CommandException e) {
            throw new CommandException(error);
        }
    }

    private static Object remove(Parts of, List<String> words) {
        return saved(of.sentinel().remove(watched(of, words.get(2))));
    }

    static Object saved(boolean written) {
        if (!written) {
            throw NOT_SAVED;
        }
        return Answer.OK;
    }

    private static Object reset(Parts of, List<String> words) {
        Glob pattern = new Glob(Bytes.of(words.get(2)), true);
        List<String> matching = of.config().masters.keySet().stream().filter(name -> pattern.matches(Bytes.of(name))).toList();
        matching.forEach(of.sentinel()::reset);
        return matching.size();
    }

    private static Object failover(Parts of, List<String> words) {
        String error = of.sentinel().failover(words.get(2));
        if (!error.isEmpty()) {
            throw new CommandException(error);
        }
        return Answer.OK;
    }
}
