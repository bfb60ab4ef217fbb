package io.releve.config.file;

import io.releve.config.Statement;
import io.releve.config.StatementSet;
import io.releve.engine.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lines of the configuration file that parts read and write themselves. */
final class Statements {
    /** First word of a line in a comment that is ours. */
    static final String OURS = "releve-";

    private final Mode mode;
    private final List<StatementSet> sets = new CopyOnWriteArrayList<>();
    /** Those that have taken up their lines. */
    private final List<StatementSet> owners = new CopyOnWriteArrayList<>();

    Statements(Mode mode) {
        this.mode = mode;
    }

    Mode mode() {
        return mode;
    }

    void add(StatementSet set) {
        sets.add(set);
    }

    void remove(StatementSet set) {
        sets.remove(set);
        owners.remove(set);
    }

    /** Whether some set that is there has not taken up its lines, though nobody else holds them. */
    boolean incomplete() {
        return sets.stream().anyMatch(this::canOwn);
    }

    private boolean canOwn(StatementSet set) {
        return owners.stream().noneMatch(owner -> owner == set || !Collections.disjoint(owner.words(), set.words()));
    }

    /** Who reads and writes the line; null for a setting. */
    StatementSet owner(List<String> words) {
        if (words.isEmpty()) {
            return null;
        }
        String word = words.get(0).toLowerCase(Locale.ROOT);
        return owners.stream().filter(set -> set.words().contains(word)).findFirst().orElse(null);
    }

    /**
     * Hands their lines to the parts that have not taken them up: at the start, and when a part has been exchanged.
     *
     * @param file the one that is rewritten
     * @return the lines that are settings
     */
    List<ConfigLine> read(List<ConfigLine> lines, Path file) throws ConfigException {
        List<StatementSet> taking = new ArrayList<>();
        for (StatementSet set : sets) {
            if (canOwn(set)) {
                taking.add(set);
                owners.add(set);
            }
        }
        try {
            return read(lines, file, taking);
        } catch (ConfigException e) {
            owners.removeAll(taking);
            throw e;
        }
    }

    private List<ConfigLine> read(List<ConfigLine> lines, Path file, List<StatementSet> taking) throws ConfigException {
        List<ConfigLine> settings = new ArrayList<>();
        for (ConfigLine line : lines) {
            if (line.directive().equals("sentinel") && mode != Mode.SENTINEL) {
                throw line.wrong("sentinel directive while not in sentinel mode");
            }
            StatementSet owner = owner(line.words());
            if (owner != null) {
                if (!owner.mayStandElsewhere() && !line.source().equals(String.valueOf(file))) {
                    throw line.wrong("such a line is rewritten, so it must stand in the file the process is started with");
                }
            } else if (line.directive().equals("sentinel") || line.directive().equals("user")) {
                throw line.wrong("the part that understands it is missing: put the bundle io.releve."
                        + (line.directive().equals("user") ? "acl" : "sentinel") + " into bundle/ or deploy/");
            } else if (!line.directive().startsWith(OURS)) {
                settings.add(line);
            }
        }
        for (StatementSet set : taking) {
            try {
                set.read(lines.stream().filter(line -> owner(line.words()) == set).map(ConfigLine::statement).toList());
            } catch (Statement.WrongException e) {
                Statement at = e.statement();
                throw new ConfigLine(at.source(), at.number(), at.text(), at.words()).wrong(e.getMessage());
            }
        }
        return settings;
    }

    /** What the parts want to have written. */
    List<String> written() {
        List<String> all = new ArrayList<>();
        owners.forEach(set -> all.addAll(set.lines()));
        return all;
    }

    /** The words of a line of the file, also of one of ours in a comment; none where there is nothing to do. */
    static List<String> words(String line) {
        String stripped = line.strip();
        if (stripped.startsWith("# " + OURS)) {
            stripped = stripped.substring(2);
        }
        return stripped.isEmpty() || stripped.charAt(0) == '#' ? List.of() : Words.split(stripped);
    }
}
