package io.releve.config.file;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.Settings;
import io.releve.config.file.PendingDirectives.Attitude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values in force. Reading needs no lock; changes come one at a time. */
final class LiveSettings implements Settings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final DirectiveTable table;
    private final Map<String, Value<?>> values = new ConcurrentHashMap<>();
    private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
    private final Path file;
    private final Statements statements;
    private volatile Runnable onChange = () -> { };

    /** @param file null without a file */
    LiveSettings(DirectiveTable table, Path file, Statements statements) {
        this.table = table;
        this.file = file;
        this.statements = statements;
    }

    /** A value lower than any line: what applies when neither file nor command line say anything. */
    void preset(String name, List<String> words) {
        preset(name, words, false);
    }

    /** @param written whether CONFIG REWRITE writes it */
    void preset(String name, List<String> words, boolean written) {
        Directive<?> directive = table.find(name);
        if (directive != null) {
            values.put(directive.name(), Value.parse(directive, words, written));
        }
    }

    /** @throws ConfigException about the first line nobody understands */
    void load(List<ConfigLine> lines) throws ConfigException {
        for (ConfigLine line : statements.read(lines, file)) {
            Directive<?> directive = table.find(line.directive());
            if (directive == null) {
                throw line.wrong("Bad directive or wrong number of arguments");
            }
            try {
                Value<?> value = value(directive).line(line.arguments());
                refuseLies(value);
                values.put(directive.name(), value);
            } catch (IllegalArgumentException e) {
                throw line.wrong(e.getMessage());
            }
        }
        values.values().stream().filter(Value::given).forEach(this::warnOfPending);
    }

    /** Hands lines of the file to parts that came, or whose predecessor went, since it was read. */
    synchronized void readStatements() throws ConfigException {
        if (statements.incomplete()) {
            statements.read(file == null ? List.of() : ConfigFile.read(file), file);
        }
    }

    /** Runs after every successful change, on the thread that made it. */
    void onChange(Runnable callback) {
        onChange = callback;
    }

    private void refuseLies(Value<?> value) {
        if (table.attitude(value.directive()) == Attitude.REFUSED && !value.isDefault()) {
            throw new IllegalArgumentException("this server cannot do what '" + value.directive().name()
                    + "' asks for yet, and refuses to start as if it could");
        }
    }

    private void warnOfPending(Value<?> value) {
        if (table.attitude(value.directive()) == Attitude.WARNED && !value.isDefault() && !value.shown().isEmpty()) {
            LOG.warn("Setting '{}' is accepted, but has no effect: the part of the server it is for does not exist yet",
                    value.directive().name());
        }
    }

    private <T> Value<T> value(Directive<T> directive) {
        Value<?> value = values.get(directive.name());
        if (value == null) {
            return Value.byDefault(directive);
        }
        if (value.directive() == directive) {
            @SuppressWarnings("unchecked")
            Value<T> same = (Value<T>) value;
            return same;
        }
        Value<T> translated = value.as(directive);
        values.replace(directive.name(), value, translated);
        return translated;
    }

    @Override
    public <T> T get(Directive<T> directive) {
        return value(directive).value();
    }

    @Override
    public boolean isGiven(Directive<?> directive) {
        return value(directive).given();
    }

    @Override
    public synchronized <T> AutoCloseable watch(Directive<T> directive, Consumer<T> applier) {
        applier.accept(get(directive));
        Watch<T> watch = new Watch<>(directive, applier);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    @Override
    public Map<String, String> find(String pattern) {
        Glob glob = new Glob(Bytes.of(pattern), true);
        Map<String, String> found = new TreeMap<>();
        table.words().forEach((word, directive) -> {
            if (glob.matches(Bytes.of(word)) && !isStatement(directive)) {
                found.put(word, value(directive).shown());
            }
        });
        return found;
    }

    /** Statements of redis.conf that CONFIG GET and SET do not know. */
    private static boolean isStatement(Directive<?> directive) {
        return switch (directive.name()) {
            case "rename-command", "loadmodule" -> true;
            default -> false;
        };
    }

    @Override
    public synchronized void set(Map<String, List<String>> changes) {
        Map<String, Value<?>> after = new LinkedHashMap<>();
        Map<String, String> askedAs = new LinkedHashMap<>();
        for (String word : changes.keySet()) {
            Directive<?> directive = table.find(word);
            if (directive == null || isStatement(directive)) {
                throw new IllegalArgumentException(
                        "Unknown option or number of arguments for CONFIG SET - '" + word + "'");
            }
            if (directive.is(Trait.IMMUTABLE)) {
                throw failed(word, "can't set immutable config");
            }
            if (askedAs.put(directive.name(), word) != null) {
                throw failed(word, "duplicate parameter");
            }
        }
        changes.forEach((word, argument) -> {
            try {
                Value<?> value = value(table.find(word)).set(argument);
                refuseLies(value);
                after.put(value.directive().name(), value);
            } catch (IllegalArgumentException e) {
                throw failed(word, e.getMessage());
            }
        });
        apply(after, askedAs);
        after.values().forEach(this::warnOfPending);
        onChange.run();
    }

    @Override
    public synchronized void note(Directive<?> directive, List<String> words) {
        values.put(directive.name(), value(directive).set(words));
        onChange.run();
    }

    private void apply(Map<String, Value<?>> after, Map<String, String> askedAs) {
        Map<String, Value<?>> before = new LinkedHashMap<>();
        after.forEach((name, value) -> before.put(name, value(value.directive())));
        values.putAll(after);
        List<Watch<?>> applied = new ArrayList<>();
        for (String name : after.keySet()) {
            for (Watch<?> watch : watches) {
                if (!watch.directive.name().equals(name)) {
                    continue;
                }
                applied.add(watch);
                try {
                    watch.run();
                } catch (RuntimeException e) {
                    before.forEach(values::put);
                    rollBack(applied);
                    if (!(e instanceof IllegalArgumentException)) {
                        LOG.error("Applying setting '{}' failed", name, e);
                    }
                    throw failed(askedAs.get(name), e.getMessage());
                }
            }
        }
    }

    private static void rollBack(List<Watch<?>> applied) {
        for (int i = applied.size() - 1; i >= 0; i--) {
            try {
                applied.get(i).run();
            } catch (RuntimeException e) {
                LOG.error("Going back to the former value of '{}' failed", applied.get(i).directive.name(), e);
            }
        }
    }

    private static IllegalArgumentException failed(String word, String why) {
        return new IllegalArgumentException(
                "CONFIG SET failed (possibly related to argument '" + word + "') - " + why);
    }

    @Override
    public synchronized void rewrite() throws IOException {
        if (file == null) {
            throw new IOException("The server is running without a config file");
        }
        List<Value<?>> inForce = new ArrayList<>();
        for (Directive<?> directive : table.all()) {
            inForce.add(value(directive));
        }
        new Rewrite(file, table, statements).write(inForce);
    }

    @Override
    public String file() {
        return file == null ? "" : file.toString();
    }

    /** All values but secrets, as Configuration Admin gets them. */
    Map<String, String> mirrored() {
        Map<String, String> shown = new TreeMap<>();
        for (Directive<?> directive : table.all()) {
            if (!directive.is(Trait.SECRET) && !isStatement(directive)) {
                shown.put(directive.name(), value(directive).shown());
            }
        }
        return shown;
    }

    /** Somebody who wants to know. */
    private final class Watch<T> {
        private final Directive<T> directive;
        private final Consumer<T> applier;

        Watch(Directive<T> directive, Consumer<T> applier) {
            this.directive = directive;
            this.applier = applier;
        }

        void run() {
            applier.accept(get(directive));
        }
    }
}
