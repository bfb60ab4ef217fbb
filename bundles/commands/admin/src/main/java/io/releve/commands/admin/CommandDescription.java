package io.releve.commands.admin;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.Reply;
import io.releve.command.Syntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes a command's facts in the shapes of COMMAND INFO and COMMAND DOCS (redis.io, COMMAND). */
final class CommandDescription {
    /** All ACL categories in the order in which they are shown. */
    private static final List<String> CATEGORIES = List.of("keyspace", "read", "write", "set", "sortedset", "list", "hash",
            "string", "bitmap", "hyperloglog", "geo", "stream", "pubsub", "admin", "fast", "slow", "blocking", "dangerous",
            "connection", "transaction", "scripting");

    private CommandDescription() {
    }

    static void info(Reply reply, Command command) {
        CommandSpec spec = command.spec();
        reply.array(10);
        reply.bulk(spec.name().toLowerCase(Locale.ROOT));
        reply.integer(spec.arity());
        List<String> flags = new ArrayList<>();
        for (CommandFlag flag : CommandFlag.values()) {
            if (spec.has(flag) && flag.shown()) {
                flags.add(flag.redisName());
            }
        }
        reply.set(flags.size());
        flags.forEach(reply::simple);
        int[] range = legacyRange(spec);
        for (int number : range) {
            reply.integer(number);
        }
        List<String> categories = new ArrayList<>(spec.categories());
        categories.sort(Comparator.comparingInt(CATEGORIES::indexOf));
        reply.set(categories.size());
        categories.forEach(category -> reply.simple("@" + category));
        reply.set(spec.tips().size());
        spec.tips().forEach(reply::bulk);
        reply.set(spec.keys().size());
        spec.keys().forEach(key -> keySpec(reply, key));
        reply.set(command.subcommands().size());
        command.subcommands().forEach(sub -> info(reply, sub));
    }

    /** First key, last key and step, as far as they can be told so; 0 0 0 otherwise. */
    private static int[] legacyRange(CommandSpec spec) {
        int first = 0;
        int last = 0;
        int step = 0;
        for (KeySpec key : spec.keys()) {
            if (!(key.begin() instanceof KeySpec.Index index) || !(key.find() instanceof KeySpec.Range range)
                    || range.limit() > 0) {
                continue;
            }
            int end = range.last() >= 0 ? index.index() + range.last() : range.last();
            if (first == 0) {
                first = index.index();
                last = end;
                step = range.step();
            } else if (last == index.index() - 1 && step == range.step()) {
                last = end;
            }
        }
        return new int[] {first, last, step};
    }

    static void flags(Reply reply, KeySpec key) {
        reply.set(key.flags().size());
        key.flags().forEach(flag -> reply.simple(flag.redisName()));
    }

    private static void keySpec(Reply reply, KeySpec key) {
        reply.map(key.notes() == null ? 3 : 4);
        if (key.notes() != null) {
            reply.bulk("notes");
            reply.bulk(key.notes());
        }
        reply.bulk("flags");
        flags(reply, key);
        reply.bulk("begin_search");
        if (key.begin() instanceof KeySpec.Index index) {
            typed(reply, "index", "index", index.index());
        } else if (key.begin() instanceof KeySpec.Keyword keyword) {
            typed(reply, "keyword", "keyword", keyword.keyword(), "startfrom", keyword.startFrom());
        } else {
            typed(reply, "unknown");
        }
        reply.bulk("find_keys");
        if (key.find() instanceof KeySpec.Range range) {
            typed(reply, "range", "lastkey", range.last(), "keystep", range.step(), "limit", range.limit());
        } else if (key.find() instanceof KeySpec.KeyNum keyNum) {
            typed(reply, "keynum", "keynumidx", keyNum.keyNumIndex(), "firstkey", keyNum.firstKey(),
                    "keystep", keyNum.step());
        } else {
            typed(reply, "unknown");
        }
    }

    private static void typed(Reply reply, String type, Object... facts) {
        reply.map(2);
        reply.bulk("type");
        reply.bulk(type);
        reply.bulk("spec");
        reply.map(facts.length / 2);
        for (Object fact : facts) {
            if (fact instanceof Integer number) {
                reply.integer(number);
            } else {
                reply.bulk((String) fact);
            }
        }
    }

    static void docs(Reply reply, Command command) {
        CommandSpec spec = command.spec();
        List<Syntax> arguments = Syntax.parse(spec.syntax());
        int mark = reply.openMap();
        int pairs = 4;
        text(reply, "summary", spec.summary());
        text(reply, "since", spec.since());
        text(reply, "group", spec.group());
        text(reply, "complexity", spec.complexity());
        if (spec.deprecatedSince() != null) {
            reply.bulk("doc_flags");
            reply.set(1);
            reply.simple("deprecated");
            text(reply, "deprecated_since", spec.deprecatedSince());
            text(reply, "replaced_by", spec.replacedBy());
            pairs += 3;
        }
        if (!spec.history().isEmpty()) {
            reply.bulk("history");
            reply.set(spec.history().size());
            new TreeMap<>(spec.history()).forEach((version, change) -> {
                reply.array(2);
                reply.bulk(version);
                reply.bulk(change);
            });
            pairs++;
        }
        if (!arguments.isEmpty()) {
            reply.bulk("arguments");
            arguments(reply, arguments);
            pairs++;
        }
        if (!command.subcommands().isEmpty()) {
            reply.bulk("subcommands");
            reply.map(command.subcommands().size());
            for (Command sub : command.subcommands()) {
                reply.bulk(sub.spec().name().toLowerCase(Locale.ROOT));
                docs(reply, sub);
            }
            pairs++;
        }
        reply.closeMap(mark, pairs);
    }

    private static void arguments(Reply reply, List<Syntax> arguments) {
        reply.array(arguments.size());
        for (Syntax argument : arguments) {
            int mark = reply.openMap();
            int pairs = 2;
            text(reply, "name", argument.name());
            text(reply, "type", argument.type());
            if (argument.parts().isEmpty() && !argument.type().equals("pure-token")) {
                text(reply, "display_text", argument.name());
                pairs++;
            }
            if (argument.token() != null) {
                text(reply, "token", argument.token());
                pairs++;
            }
            if (argument.optional() || argument.multiple()) {
                reply.bulk("flags");
                reply.array((argument.optional() ? 1 : 0) + (argument.multiple() ? 1 : 0));
                if (argument.optional()) {
                    reply.simple("optional");
                }
                if (argument.multiple()) {
                    reply.simple("multiple");
                }
                pairs++;
            }
            if (!argument.parts().isEmpty()) {
                reply.bulk("arguments");
                arguments(reply, argument.parts());
                pairs++;
            }
            reply.closeMap(mark, pairs);
        }
    }

    private static void text(Reply reply, String name, String value) {
        reply.bulk(name);
        reply.bulk(value);
    }
}
