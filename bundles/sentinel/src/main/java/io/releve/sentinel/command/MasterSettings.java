package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.NOT_SAVED;
import static io.releve.sentinel.command.SentinelCommand.watched;

import io.releve.command.CommandException;
import io.releve.sentinel.core.Event;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.net.RunningSentinel.Parts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** SENTINEL SET: all of its options, or none. */
final class MasterSettings {
    private final MasterConfig master;
    private final boolean denyScripts;
    private final List<Runnable> undo = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private MasterSettings(MasterConfig master, boolean denyScripts) {
        this.master = master;
        this.denyScripts = denyScripts;
    }

    static Object set(Parts of, List<String> words) {
        MasterConfig master = of.config().masters.get(watched(of, words.get(2)));
        MasterSettings settings = new MasterSettings(master, of.config().denyScriptsReconfig);
        settings.remember();
        try {
            settings.take(words.subList(3, words.size()));
            if (!of.sentinel().save()) {
                throw NOT_SAVED;
            }
        } catch (CommandException e) {
            settings.undo.forEach(Runnable::run);
            throw e;
        }
        settings.told.forEach(what -> of.tell(new Event("+set", of.overview().described(master.name) + " " + what, Event.Level.WARNING,
                master)));
        return Answer.OK;
    }

    private void remember() {
        long downAfter = master.downAfter;
        long failoverTimeout = master.failoverTimeout;
        long rebootDownAfter = master.masterRebootDownAfter;
        int parallelSyncs = master.parallelSyncs;
        int quorum = master.quorum;
        String notification = master.notificationScript;
        String reconfiguration = master.clientReconfigScript;
        String user = master.authUser;
        String password = master.authPass;
        Map<String, String> renamed = new TreeMap<>(master.renamedCommands);
        undo.add(() -> {
            master.downAfter = downAfter;
            master.failoverTimeout = failoverTimeout;
            master.masterRebootDownAfter = rebootDownAfter;
            master.parallelSyncs = parallelSyncs;
            master.quorum = quorum;
            master.notificationScript = notification;
            master.clientReconfigScript = reconfiguration;
            master.authUser = user;
            master.authPass = password;
            master.renamedCommands.clear();
            master.renamedCommands.putAll(renamed);
        });
    }

    private void take(List<String> words) {
        int i = 0;
        while (i < words.size()) {
            String option = words.get(i);
            String name = option.toLowerCase(Locale.ROOT);
            int values = name.equals("rename-command") ? 2 : 1;
            if (i + values >= words.size()) {
                throw unknown(option);
            }
            String value = words.get(i + 1);
            if (values == 2) {
                rename(option, value, words.get(i + 2));
                told.add(name + " " + value + " " + words.get(i + 2));
            } else {
                take(option, name, value);
                told.add(name + " " + (name.equals("auth-pass") ? "******" : value));
            }
            i += values + 1;
        }
    }

    private static CommandException unknown(String option) {
        return new CommandException("ERR Unknown option or number of arguments for SENTINEL SET '" + option + "'");
    }

    private void take(String option, String name, String value) {
        switch (name) {
            case "down-after-milliseconds" -> master.downAfter = number(option, value, 1, Long.MAX_VALUE / 16);
            case "failover-timeout" -> master.failoverTimeout = number(option, value, 1, Long.MAX_VALUE / 16);
            case "master-reboot-down-after-period" -> master.masterRebootDownAfter = number(option, value, 0, Long.MAX_VALUE / 16);
            case "parallel-syncs" -> master.parallelSyncs = (int) number(option, value, 1, Integer.MAX_VALUE);
            case "quorum" -> master.quorum = (int) number(option, value, 1, Integer.MAX_VALUE);
            case "notification-script" -> master.notificationScript = script(option, value);
            case "client-reconfig-script" -> master.clientReconfigScript = script(option, value);
            case "auth-user" -> master.authUser = value;
            case "auth-pass" -> master.authPass = value;
            default -> throw unknown(option);
        }
    }

    private static CommandException invalid(String option, String value) {
        return new CommandException("ERR Invalid argument '" + value + "' for SENTINEL SET '" + option + "'");
    }

    private static long number(String option, String value, long min, long max) {
        try {
            long number = SentinelCommand.number(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (CommandException e) {
            throw invalid(option, value);
        }
        throw invalid(option, value);
    }

    private String script(String option, String path) {
        if (denyScripts) {
            throw new CommandException("ERR Reconfiguration of scripts path is denied for security reasons. Check the"
                    + " deny-scripts-reconfig configuration directive in your Sentinel configuration");
        }
        try {
            if (path.isEmpty() || Files.isExecutable(Path.of(path))) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw invalid(option, path);
        }
        throw invalid(option, path);
    }

    /** A command that is given its own name is renamed no longer. */
    private void rename(String option, String command, String name) {
        if (command.isEmpty() || name.isEmpty()) {
            throw invalid(option, command.isEmpty() ? command : name);
        }
        if (command.equalsIgnoreCase(name)) {
            master.renamedCommands.remove(command.toLowerCase(Locale.ROOT));
        } else {
            master.renamedCommands.put(command.toLowerCase(Locale.ROOT), name);
        }
    }
}
