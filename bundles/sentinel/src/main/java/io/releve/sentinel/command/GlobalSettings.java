package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.NOT_SAVED;
import static io.releve.sentinel.command.SentinelCommand.facts;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.config.Settings;
import io.releve.sentinel.config.HostWord;
import io.releve.sentinel.core.SentinelConfig;
import io.releve.sentinel.net.RunningSentinel;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SENTINEL CONFIG: what concerns all masters. All options of a SET, or none. */
final class GlobalSettings {
    private final Settings settings;

    private GlobalSettings(Settings settings) {
        this.settings = settings;
    }

    static Command command(RunningSentinel sentinel, Settings settings) {
        GlobalSettings config = new GlobalSettings(settings);
        return new SentinelCommand(facts("CONFIG", -3, "6.2.0").summary("Shows or changes settings of the sentinel.")
                .syntax("<SET <parameter value> [parameter value ...] | GET parameter [parameter ...]>")
                .changed("7.2.0", "Several parameters at once.").build(), sentinel, config::run);
    }

    private Object run(Parts of, List<String> words) {
        String verb = words.get(2).toUpperCase(Locale.ROOT);
        if (verb.equals("GET") && words.size() > 3) {
            return get(of.config(), words.subList(3, words.size()));
        } else if (verb.equals("SET") && words.size() > 4 && words.size() % 2 == 1) {
            return set(of, words.subList(3, words.size()));
        }
        throw new CommandException("ERR Only SENTINEL CONFIG GET <param> [<param> <param> ...] / SET <param> <value>"
                + " [<param> <value> ...] are supported.");
    }

    private Map<String, String> get(SentinelConfig config, List<String> patterns) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("resolve-hostnames", config.resolveHostnames ? "yes" : "no");
        all.put("announce-hostnames", config.announceHostnames ? "yes" : "no");
        all.put("announce-ip", config.announceIp);
        all.put("announce-port", String.valueOf(config.announcePort));
        all.put("sentinel-user", config.sentinelUser);
        all.put("sentinel-pass", config.sentinelPass);
        all.putAll(settings.find("loglevel"));
        List<Glob> globs = patterns.stream().map(pattern -> new Glob(Bytes.of(pattern), true)).toList();
        all.keySet().removeIf(name -> globs.stream().noneMatch(glob -> glob.matches(Bytes.of(name))));
        return all;
    }

    private Object set(Parts of, List<String> words) {
        SentinelConfig config = of.config();
        SentinelConfig before = copy(config, new SentinelConfig(config.id));
        Map<String, List<String>> others = new LinkedHashMap<>();
        try {
            for (int i = 0; i < words.size(); i += 2) {
                set(config, words.get(i), words.get(i + 1), others);
            }
            if (!others.isEmpty()) {
                settings.set(others);
            }
            if (!of.sentinel().save()) {
                throw NOT_SAVED;
            }
        } catch (CommandException e) {
            copy(before, config);
            throw e;
        } catch (IllegalArgumentException e) {
            copy(before, config);
            String name = others.keySet().iterator().next();
            throw invalid(name, others.get(name).get(0));
        }
        return Answer.OK;
    }

    private static void set(SentinelConfig config, String option, String value, Map<String, List<String>> others) {
        switch (option.toLowerCase(Locale.ROOT)) {
            case "resolve-hostnames" -> config.resolveHostnames = yesNo(option, value);
            case "announce-hostnames" -> config.announceHostnames = yesNo(option, value);
            case "announce-ip" -> {
                if (!value.isEmpty() && !HostWord.isAcceptable(value, true)) {
                    throw invalid(option, value);
                }
                config.announceIp = value;
            }
            case "announce-port" -> {
                if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
                    throw invalid(option, value);
                }
                config.announcePort = Integer.parseInt(value);
            }
            case "sentinel-user" -> config.sentinelUser = value;
            case "sentinel-pass" -> config.sentinelPass = value;
            case "loglevel" -> others.put("loglevel", new ArrayList<>(List.of(value)));
            default -> throw new CommandException("ERR Invalid argument '" + option + "' to SENTINEL CONFIG SET");
        }
    }

    private static boolean yesNo(String option, String value) {
        if (!value.equalsIgnoreCase("yes") && !value.equalsIgnoreCase("no")) {
            throw invalid(option, value);
        }
        return value.equalsIgnoreCase("yes");
    }

    private static CommandException invalid(String option, String value) {
        return new CommandException("ERR Invalid value '" + value + "' to SENTINEL CONFIG SET '" + option + "'");
    }

    private static SentinelConfig copy(SentinelConfig from, SentinelConfig to) {
        to.resolveHostnames = from.resolveHostnames;
        to.announceHostnames = from.announceHostnames;
        to.announceIp = from.announceIp;
        to.announcePort = from.announcePort;
        to.sentinelUser = from.sentinelUser;
        to.sentinelPass = from.sentinelPass;
        return to;
    }
}
