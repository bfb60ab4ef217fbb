package io.releve.sentinel.command;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.ONLY_SENTINEL;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.sentinel.net.RunningSentinel;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A command whose answer the sentinel gives on its own thread. */
final class SentinelCommand implements Command {
    static final CommandException NO_MASTER = new CommandException("ERR No such master with that name");
    static final CommandException NOT_SAVED = new CommandException("ERR Failed to save config file");

    /** What the sentinel does about a request; all words of it, the name of the command included. */
    interface Body {
        /** @throws CommandException an error reply; nothing has been changed then */
        Object answer(Parts sentinel, List<String> words);
    }

    private final CommandSpec spec;
    private final RunningSentinel sentinel;
    private final Body body;

    SentinelCommand(CommandSpec spec, RunningSentinel sentinel, Body body) {
        this.spec = spec;
        this.sentinel = sentinel;
        this.body = body;
    }

    /** A subcommand of SENTINEL. */
    static CommandSpec.Builder facts(String name, int arity, String since) {
        return spec("SENTINEL|" + name, arity, since);
    }

    static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group("sentinel").since(since).flags(ADMIN, ONLY_SENTINEL).complexity("O(1)");
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        Call.Outcome outcome = call.outcome();
        if (outcome == null) {
            List<String> words = words(call.arguments());
            call.offload(() -> sentinel.ask(parts -> Answer.bytes(body.answer(parts, words))));
        } else if (outcome.failure() instanceof CommandException error) {
            throw error;
        } else if (outcome.failure() instanceof IllegalArgumentException wrong) {
            throw new CommandException("ERR " + wrong.getMessage());
        } else if (outcome.failure() instanceof TimeoutException) {
            throw new CommandException("ERR the sentinel is busy: it did not answer in time");
        } else if (outcome.failure() != null) {
            throw new CommandException("ERR the sentinel failed: " + outcome.failure());
        } else {
            Answer.write(outcome.result(), call.reply());
        }
    }

    private static List<String> words(Arguments arguments) {
        List<String> words = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            words.add(arguments.get(i).toString());
        }
        return words;
    }

    /** The name of a master that is watched. */
    static String watched(Parts sentinel, String name) {
        if (!sentinel.overview().watches(name)) {
            throw NO_MASTER;
        }
        return name;
    }

    /** A 64-bit number as Redis writes it. */
    static long number(String text) {
        if (!text.matches("0|-?[1-9]\\d{0,18}")) {
            throw CommandException.NOT_INTEGER;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CommandException.NOT_INTEGER;
        }
    }
}
