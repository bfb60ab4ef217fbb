package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.facts;

import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.sentinel.core.Sentinel.Failure;
import io.releve.sentinel.net.RunningSentinel;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** SENTINEL DEBUG and SENTINEL SIMULATE-FAILURE. */
final class Experiments {
    private Experiments() {
    }

    static List<Command> all(RunningSentinel sentinel) {
        return List.of(
                new SentinelCommand(facts("DEBUG", -2, "7.0.0").summary("Shows or changes periods, in ms.")
                        .syntax("[parameter value [parameter value ...]]").build(), sentinel, Experiments::debug),
                new SentinelCommand(facts("SIMULATE-FAILURE", -3, "3.2.0").summary("Has the sentinel crash at a certain point.")
                        .syntax("[CRASH-AFTER-ELECTION] [CRASH-AFTER-PROMOTION] [HELP]").build(), sentinel, Experiments::simulate));
    }

    private static Object debug(Parts of, List<String> words) {
        if (words.size() == 2) {
            Map<String, String> shown = new LinkedHashMap<>();
            of.sentinel().timing().all().forEach((name, value) -> shown.put(name, String.valueOf(value)));
            return shown;
        }
        Map<String, Long> wanted = new LinkedHashMap<>();
        for (int i = 2; i < words.size(); i += 2) {
            String name = words.get(i).toUpperCase(Locale.ROOT);
            if (i + 1 == words.size() || !of.sentinel().timing().all().containsKey(name)) {
                throw new CommandException("ERR Unknown option or number of arguments for SENTINEL DEBUG '" + words.get(i) + "'");
            }
            String value = words.get(i + 1);
            if (!value.matches("[1-9]\\d{0,9}")) {
                throw new CommandException("ERR Invalid argument '" + value + "' for SENTINEL DEBUG '" + words.get(i) + "'");
            }
            wanted.put(name, Long.parseLong(value));
        }
        wanted.forEach(of.sentinel().timing()::set);
        return Answer.OK;
    }

    private static Object simulate(Parts of, List<String> words) {
        Set<Failure> wanted = EnumSet.noneOf(Failure.class);
        for (String word : words.subList(2, words.size())) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "crash-after-election" -> wanted.add(Failure.AFTER_ELECTION);
                case "crash-after-promotion" -> wanted.add(Failure.AFTER_PROMOTION);
                case "help" -> {
                    return List.of("crash-after-election", "crash-after-promotion");
                }
                default -> throw new CommandException("ERR Unknown failure simulation specified");
            }
        }
        of.sentinel().simulate(wanted);
        return Answer.OK;
    }
}
