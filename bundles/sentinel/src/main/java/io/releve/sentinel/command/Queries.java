package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.watched;

import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.Overview;
import io.releve.sentinel.net.RunningSentinel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What a sentinel is asked about the masters it watches (redis.io, High availability with Sentinel). */
final class Queries {
    private Queries() {
    }

    static List<Command> all(RunningSentinel sentinel) {
        return List.of(
                command(sentinel, "MASTERS", 2, "2.8.4", "", "Lists the masters that are watched, and their state.",
                        (of, words) -> of.overview().masters()),
                command(sentinel, "MASTER", 3, "2.8.4", "master-name", "Shows the state of a master.",
                        (of, words) -> of.overview().master(watched(of, words.get(2)))),
                command(sentinel, "REPLICAS", 3, "5.0.0", "master-name", "Lists the replicas of a master.",
                        (of, words) -> of.overview().replicas(watched(of, words.get(2)))),
                new SentinelCommand(SentinelCommand.facts("SLAVES", 3, "2.8.0").summary("The older name of SENTINEL REPLICAS.")
                        .syntax("master-name").deprecated("5.0.0", "SENTINEL REPLICAS").build(), sentinel,
                        (of, words) -> of.overview().replicas(watched(of, words.get(2)))),
                command(sentinel, "SENTINELS", 3, "2.8.4", "master-name", "Lists the other sentinels of a master.",
                        (of, words) -> of.overview().sentinels(watched(of, words.get(2)))),
                command(sentinel, "GET-MASTER-ADDR-BY-NAME", 3, "2.8.4", "master-name", "Answers where a master is.",
                        (of, words) -> address(of.overview().currentMaster(words.get(2)))),
                command(sentinel, "CKQUORUM", 3, "2.8.4", "master-name",
                        "Tells whether a failover could be agreed upon now.",
                        (of, words) -> verdict(of.overview().quorum(watched(of, words.get(2))))),
                command(sentinel, "DOCTOR", -2, "7.2.0", "[master-name]",
                        "Relève's own: says in plain words what the group survives and what not.", Queries::examine),
                command(sentinel, "INFO-CACHE", -3, "3.2.0", "nodename [nodename ...]",
                        "Answers the last INFO of masters and their replicas.", Queries::infoCache),
                command(sentinel, "PENDING-SCRIPTS", 2, "2.8.4", "", "Lists the scripts that run or wait.",
                        (of, words) -> of.scripts().pending()));
    }

    private static Command command(RunningSentinel sentinel, String name, int arity, String since, String syntax, String summary,
            SentinelCommand.Body body) {
        return new SentinelCommand(SentinelCommand.facts(name, arity, since).summary(summary).syntax(syntax).build(), sentinel, body);
    }

    private static Object examine(RunningSentinel.Parts of, List<String> words) {
        if (words.size() > 3) {
            throw new CommandException("ERR wrong number of arguments for 'sentinel|doctor' command");
        }
        List<Object> sentences = new ArrayList<>();
        List<String> names = words.size() == 3 ? List.of(watched(of, words.get(2)))
                : of.overview().summary().masters().stream().map(Overview.Line::name).toList();
        for (String name : names) {
            sentences.add("Master " + name + ", " + of.overview().currentMaster(name));
            sentences.addAll(of.doctor().examine(name));
        }
        return sentences;
    }

    private static Object address(Address address) {
        return address == null ? Answer.NO_ARRAY : List.of(address.host(), String.valueOf(address.port()));
    }

    private static Object verdict(String sentence) {
        if (!sentence.startsWith("OK")) {
            throw new CommandException(sentence);
        }
        return new Answer.Simple(sentence);
    }

    /** A flat array in every protocol, as it was before there were maps. */
    private static Object infoCache(RunningSentinel.Parts of, List<String> words) {
        List<Object> flat = new ArrayList<>();
        for (Map.Entry<String, List<Object>> entry : of.overview().infoCache(new LinkedHashSet<>(words.subList(2, words.size())))
                .entrySet()) {
            flat.add(entry.getKey());
            flat.add(entry.getValue());
        }
        return flat;
    }
}
