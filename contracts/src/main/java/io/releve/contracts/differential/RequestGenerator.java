package io.releve.contracts.differential;

import io.releve.contracts.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes requests of what COMMAND DOCS tells about the commands: every option, any order of mistakes. */
final class RequestGenerator {
    private static final List<String> GROUPS = List.of("string", "generic", "hash", "list", "set", "sorted-set", "stream",
            "bitmap", "hyperloglog", "geo");
    /** Whose replies are random, tell the time, wait, or concern more than the data. */
    private static final Set<String> LEFT_OUT = Set.of("SPOP", "SRANDMEMBER", "HRANDFIELD", "ZRANDMEMBER", "RANDOMKEY", "SCAN",
            "KEYS", "WAIT", "WAITAOF", "MIGRATE", "DUMP", "RESTORE", "OBJECT", "OBJECT|FREQ", "OBJECT|ENCODING",
            "OBJECT|IDLETIME",
            "OBJECT|HELP", "OBJECT|REFCOUNT", "XGROUP", "XINFO", "XGROUP|HELP", "XINFO|HELP", "XINFO|CONSUMERS", "PFDEBUG",
            "PFSELFTEST", "SORT_RO", "MOVE");

    private static final List<String> FILLING = List.of("SET", "SETBIT", "PFADD", "RPUSH", "LPUSH", "HSET", "SADD", "ZADD",
            "ZINCRBY", "GEOADD", "XADD", "XADD", "XGROUP|CREATE", "XREADGROUP", "XREADGROUP", "XCLAIM", "XACK");

    private record Facts(String group, List<Argument> arguments) {
    }

    private final Random random;
    private final Words words;
    private final Map<String, Facts> commands = new TreeMap<>();
    private final List<String> names;
    /** Those of them without which there would be little to see. */
    private final List<String> filling;
    private int keys;

    /**
     * @param docs a server that answers COMMAND DOCS
     * @param other a server whose commands are used alone
     */
    RequestGenerator(Oracle docs, Oracle other, Random random) {
        this.random = random;
        words = new Words(random);
        List<?> all = (List<?>) docs.ask("COMMAND", "DOCS");
        for (int i = 0; i + 1 < all.size(); i += 2) {
            add(String.valueOf(all.get(i)), all.get(i + 1));
        }
        commands.keySet().removeIf(name -> ((List<?>) other.ask("COMMAND", "INFO", name)).get(0) == null);
        names = List.copyOf(commands.keySet());
        filling = FILLING.stream().filter(commands::containsKey).toList();
    }

    private void add(String name, Object docs) {
        Map<String, Object> facts = Argument.map(docs);
        String group = String.valueOf(facts.get("group"));
        String upper = name.toUpperCase(Locale.ROOT);
        if (GROUPS.contains(group) && !LEFT_OUT.contains(upper)) {
            commands.put(upper, new Facts(group, Argument.list(facts.get("arguments"))));
        }
        if (facts.get("subcommands") instanceof List<?> subcommands) {
            for (int i = 0; i + 1 < subcommands.size(); i += 2) {
                add(String.valueOf(subcommands.get(i)), subcommands.get(i + 1));
            }
        }
    }

    /** Names of all commands that are used. */
    List<String> names() {
        return names;
    }

    List<String> next() {
        String name = random.nextInt(4) == 0 ? words.pick(filling) : words.pick(names);
        Facts facts = commands.get(name);
        List<String> request = new ArrayList<>(List.of(name.split("\\|")));
        keys = 0;
        generate(name, facts, facts.arguments(), request);
        spoil(request);
        return request;
    }

    /** Now and then a word is missing, doubled or something else. */
    private void spoil(List<String> request) {
        if (random.nextInt(25) != 0 || request.size() < 2) {
            return;
        }
        int at = 1 + random.nextInt(request.size() - 1);
        switch (random.nextInt(3)) {
            case 0 -> request.remove(at);
            case 1 -> request.add(at, request.get(at));
            default -> request.set(at, words.pick(List.of("foo", "", "-1", "0", "count", "withscores")));
        }
    }

    private void generate(String command, Facts facts, List<Argument> arguments, List<String> request) {
        for (Argument argument : arguments) {
            if (argument.optional() && random.nextInt(10) >= 4) {
                continue;
            }
            int times = argument.multiple() ? 1 + random.nextInt(random.nextInt(6) == 0 ? 12 : 3) : 1;
            boolean perKey = argument.type().equals("key") || argument.name().equals("weight") && random.nextInt(8) > 0;
            if (perKey && keys > 0 && argument.multiple()) {
                times = keys;
            }
            for (int i = 0; i < times; i++) {
                if (argument.token() != null && !argument.type().equals("pure-token") && (i == 0 || argument.multipleToken())) {
                    request.add(argument.token().isEmpty() ? "\"\"" : argument.token());
                }
                one(command, facts, argument, request);
            }
        }
    }

    private void one(String command, Facts facts, Argument argument, List<String> request) {
        switch (argument.type()) {
            case "key" -> request.add(words.key(facts.group()));
            case "pure-token" -> request.add(argument.token());
            case "oneof" -> generate(command, facts, List.of(argument.parts().get(random.nextInt(argument.parts().size()))),
                    request);
            case "block" -> generate(command, facts, argument.parts(), request);
            default -> {
                if (argument.name().equals("numkeys")) {
                    keys = 1 + random.nextInt(3);
                    request.add(random.nextInt(15) == 0 ? words.pick(List.of("0", "-1", "5", "abc")) : String.valueOf(keys));
                } else {
                    request.add(words.word(command, argument));
                }
            }
        }
    }
}
