package io.releve.distribution;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.sentinel.command.SentinelCommands;
import io.releve.sentinel.core.SentinelConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page {@code docs/commands.md}, made of the specifications of all command sets and a list of Redis' commands. */
final class CommandsPage {
    private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation class=\"([^\"]+)\"");

    private final TreeMap<String, CommandSpec> specs = new TreeMap<>();

    /** The commands of the command sets that the bundles of the package offer. */
    static CommandsPage ofPackage() throws IOException, ReflectiveOperationException {
        CommandsPage page = new CommandsPage();
        for (Path jar : Manifests.ourBundles()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (String component : Manifests.paths(Manifests.header(jar, "Service-Component"))) {
                    String xml = new String(file.getInputStream(new JarEntry(component)).readAllBytes(),
                            StandardCharsets.UTF_8);
                    Matcher implementation = IMPLEMENTATION.matcher(xml);
                    if (xml.contains("<provide interface=\"" + CommandSet.class.getName() + "\"/>")
                            && implementation.find()) {
                        CommandSet set = (CommandSet) Class.forName(implementation.group(1)).getConstructor()
                                .newInstance();
                        set.commands().forEach(page::add);
                    }
                }
            }
        }
        // a sentinel offers them once it has read its file; of PUBLISH and ROLE it has its own
        new SentinelCommands(new SentinelConfig(""), null, null).commands().stream()
                .filter(command -> !page.specs.containsKey(command.spec().name())).forEach(page::add);
        return page;
    }

    private void add(Command command) {
        CommandSpec before = specs.put(command.spec().name(), command.spec());
        if (before != null) {
            throw new IllegalStateException("two sets have the command " + before);
        }
        command.subcommands().forEach(this::add);
    }

    Collection<CommandSpec> specs() {
        return specs.values();
    }

    /** @param redis file with the names of Redis' commands, one a line, {@code #} before a remark */
    String text(Path redis) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(redis)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                all.add(line.trim());
            }
        }
        List<String> missing = all.stream().filter(name -> !specs.containsKey(name)).toList();
        StringBuilder text = new StringBuilder("""
                # Commands

                Made by the build from what the commands say of themselves; `COMMAND DOCS` answers the same at run time.
                Of the %d commands and subcommands of Redis 7.2, %d are there.

                `since` is the version of Redis that brought the command, `arity` the number of words of a request, the
                command's name included; negative: at least that many.

                | command | group | since | arity | status |
                |---|---|---|---|---|
                """.formatted(all.size(), all.size() - missing.size()));
        for (CommandSpec spec : specs.values()) {
            text.append("| ").append(shown(spec.name())).append(" | ").append(spec.group()).append(" | ")
                    .append(spec.since()).append(" | ").append(spec.arity()).append(" | ")
                    .append(status(spec, all.contains(spec.name()))).append(" |\n");
        }
        text.append("\n## Not there yet\n\n");
        if (missing.isEmpty()) {
            text.append("Nothing is missing.\n");
        }
        missing.forEach(name -> text.append("- ").append(shown(name)).append('\n'));
        return text.toString();
    }

    private static String shown(String name) {
        return "`" + name.replace('|', ' ') + "`";
    }

    private static String status(CommandSpec spec, boolean known) {
        if (!known) {
            return "ours, not in Redis 7.2";
        }
        if (spec.deprecatedSince() == null) {
            return "there";
        }
        return "there; deprecated since " + spec.deprecatedSince()
                + (spec.replacedBy() == null ? "" : ": use " + spec.replacedBy());
    }
}
