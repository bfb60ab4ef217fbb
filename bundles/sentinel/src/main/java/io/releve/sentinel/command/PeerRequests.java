package io.releve.sentinel.command;

import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.ONLY_SENTINEL;
import static io.releve.command.CommandFlag.PUBSUB;
import static io.releve.command.CommandFlag.STALE;
import static io.releve.sentinel.command.SentinelCommand.facts;
import static io.releve.sentinel.command.SentinelCommand.number;

import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.sentinel.net.RunningSentinel;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.util.List;

/** What sentinels ask each other. */
final class PeerRequests {
    private static final String HELLO = "__sentinel__:hello";

    private PeerRequests() {
    }

    static List<Command> subcommands(RunningSentinel sentinel) {
        return List.of(
                new SentinelCommand(facts("IS-MASTER-DOWN-BY-ADDR", 6, "2.8.4")
                        .summary("From another sentinel: is a master down, and who has this one's vote?")
                        .syntax("ip port:integer current-epoch:integer runid").build(), sentinel, PeerRequests::isDown),
                new SentinelCommand(facts("PEER", -4, "7.2.0").summary("From another sentinel of Relève.").syntax("request [argument ...]")
                        .build(), sentinel, (of, words) -> of.sentinel().peer(words.subList(2, words.size()))));
    }

    /** A sentinel's PUBLISH is there for the hellos of others alone. */
    static Command publish(RunningSentinel sentinel) {
        CommandSpec spec = CommandSpec.command("PUBLISH", 3).group("pubsub").since("2.0.0")
                .flags(PUBSUB, LOADING, STALE, FAST, ONLY_SENTINEL).complexity("O(1)")
                .summary("From another sentinel: tells that it is there.").syntax("channel message").build();
        return new SentinelCommand(spec, sentinel, (of, words) -> {
            if (!words.get(1).equals(HELLO)) {
                throw new CommandException("ERR Only HELLO messages are accepted by Sentinel instances.");
            }
            of.sentinel().hello(words.get(2));
            return 1;
        });
    }

    private static Object isDown(Parts of, List<String> words) {
        long port = number(words.get(3));
        long epoch = number(words.get(4));
        String candidate = words.get(5);
        if (!candidate.equals("*") && !candidate.matches("[0-9a-f]{40}")) {
            throw new CommandException("ERR Invalid runid");
        }
        // no master has another port
        return of.sentinel().isMasterDown(words.get(2), port < 1 || port > 65_535 ? 0 : (int) port, epoch, candidate);
    }
}
