package io.releve.config.file;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.ArrayList;
import java.util.List;

/** Directives as engine and server declare them, as far as the tests need them. */
final class TestDirectives implements DirectiveSet {
    static final Directive<Long> PORT = Directive.integer("port", 6379, 0, 65_535);
    static final Directive<List<String>> BIND = Directive.words("bind", List.of("*", "-::*"));
    static final Directive<Long> HZ = Directive.integer("hz", 10, 0, 500);
    static final Directive<Long> MAXMEMORY = Directive.memory("maxmemory", 0, 0, Long.MAX_VALUE);
    static final Directive<String> POLICY =
            Directive.choice("maxmemory-policy", "noeviction", "allkeys-lru", "noeviction");
    static final Directive<String> PASSWORD = Directive.text("requirepass", "").with(Trait.SECRET);
    static final Directive<Long> DATABASES = Directive.integer("databases", 16, 1, 65_536).with(Trait.IMMUTABLE);
    static final Directive<Long> BUSY = Directive.integer("busy-reply-threshold", 5000, 0, Long.MAX_VALUE)
            .alias("lua-time-limit");
    static final Directive<String> LOGLEVEL =
            Directive.choice("loglevel", "notice", "debug", "verbose", "notice", "warning");
    static final Directive<String> LOGFILE = Directive.text("logfile", "").with(Trait.IMMUTABLE);
    static final Directive<List<String>> LIMITS = Directive.of("client-output-buffer-limit", new Classes(),
            List.of("normal", "0", "0", "0", "slave", "9", "9", "9", "pubsub", "7", "7", "7")).with(Trait.REPEATED);

    @Override
    public List<Directive<?>> directives() {
        return List.of(PORT, BIND, HZ, MAXMEMORY, POLICY, PASSWORD, DATABASES, BUSY, LOGLEVEL, LOGFILE, LIMITS);
    }

    static DirectiveTable table() {
        DirectiveTable table = new DirectiveTable();
        table.declare(new TestDirectives());
        return table;
    }

    /** Later groups of a class take the place of earlier ones. */
    private static final class Classes implements Directive.Format<List<String>> {
        @Override
        public List<String> parse(List<String> words) {
            if (words.size() % 4 != 0) {
                throw new IllegalArgumentException("Wrong number of arguments in buffer limit configuration.");
            }
            List<String> value = new ArrayList<>();
            for (String name : List.of("normal", "slave", "pubsub")) {
                int last = words.lastIndexOf(name);
                value.addAll(last < 0 ? List.of(name, "0", "0", "0") : words.subList(last, last + 4));
            }
            return value;
        }

        @Override
        public String show(List<String> value) {
            return String.join(" ", value);
        }
    }
}
