package io.releve.contracts.differential;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Chooses words for arguments by what they are called: mostly sensible ones from small pools, and edges. */
final class Words {
    /** Keys of each group of commands; a command meets keys of another group now and then. */
    static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("string", List.of("s1", "s2", "s3", "s4")),
            Map.entry("bitmap", List.of("b1", "b2", "b3", "s1")),
            Map.entry("hyperloglog", List.of("p1", "p2", "p3")),
            Map.entry("list", List.of("l1", "l2", "l3")),
            Map.entry("hash", List.of("h1", "h2", "h3")),
            Map.entry("set", List.of("e1", "e2", "e3", "e4")),
            Map.entry("sorted-set", List.of("z1", "z2", "z3", "z4")),
            Map.entry("geo", List.of("g1", "g2", "z1")),
            Map.entry("stream", List.of("x1", "x2", "x3")));
    static final List<String> ALL_KEYS = KEYS.values().stream().flatMap(List::stream).distinct().sorted().toList();

    private static final List<String> INTEGERS = List.of("0", "1", "2", "3", "5", "10", "100", "-1", "-2", "-3", "-100", "0",
            "1", "2", "-1", "4", "7");
    private static final List<String> INTEGER_EDGES = List.of("9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "2147483647", "2147483648", "-2147483649", "4294967296", "abc", "1.5", "", " 1", "+1",
            "01", "-0", "1e3", "0x10");
    private static final List<String> DOUBLES = List.of("0", "1", "2", "3", "-1", "1.5", "-2.25", "3.7", "1e3", "100", "5");
    private static final List<String> DOUBLE_EDGES = List.of("inf", "-inf", "+inf", "nan", "1e308", "-1e308", "1e-320",
            "1e400", "abc", "", "0x10", "-0", " 1", "1e", "123456789.123456789", "0.1", "3.0e-5", "9007199254740993");
    private static final List<String> VALUES = List.of("a", "b", "abc", "hello world", "1", "2", "-7", "10", "3.5", "",
            "0", "12345678901234567890", "9223372036854775807", "\0\u00ff\r\n", "x".repeat(70), "y".repeat(300));
    private static final List<String> PATTERNS = List.of("*", "h?", "[a-c]*", "m1*", "s[12]", "\\*", "[^a]*", "nosuch", "");
    private static final List<String> IDS = List.of("1-1", "2-0", "3-5", "5", "7-1", "10-0", "0", "0-0", "12-3", "20-1", "30");
    private static final List<String> ID_EDGES = List.of("$", ">", "-", "+", "*", "18446744073709551615-18446744073709551615",
            "18446744073709551616-0", "abc", "1-", "-1-1", "(3-0", "(", "1-abc", "5-*", "");
    private static final List<String> TIMES = List.of("1", "0", "-1", "4102444800", "4102444800000", "abc",
            "9223372036854775807", "9223372036854775", "99999999999");
    private static final List<String> SPANS = List.of("1000", "100000", "5000", "0", "-1", "abc", "9223372036854775807",
            "9223372036854775");
    private static final List<String> BOUNDS = List.of("-", "+", "[a", "(a", "[m5", "(m2", "[", "(", "-inf", "+inf", "inf",
            "0", "1", "(1", "2", "(5", "3.5", "100", "-1", "abc", "[z", "(-inf", "nan");
    private static final List<String> FIELD_TYPES = List.of("u8", "i8", "u1", "i5", "u63", "i64", "u16", "u64", "i0", "x3");

    private final Random random;
    private int entries;

    Words(Random random) {
        this.random = random;
    }

    String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    String key(String group) {
        List<String> own = KEYS.get(group);
        return own == null || random.nextInt(14) == 0 ? pick(ALL_KEYS) : pick(own);
    }

    /** A word for an argument that is neither a key nor made of others. */
    String word(String command, Argument argument) {
        String name = argument.name().toLowerCase(Locale.ROOT);
        return switch (argument.type()) {
            case "integer" -> integer(command, name);
            case "double" -> number(command, name);
            case "unix-time" -> pick(TIMES);
            case "pattern" -> pattern(command);
            default -> text(command, name);
        };
    }

    private String integer(String command, String name) {
        if (name.equals("milliseconds") && command.startsWith("XREAD")) {
            return pick(List.of("1", "2", "-1", "abc"));
        }
        if (name.contains("seconds") || name.equals("idle") || name.equals("min-idle-time")) {
            return name.contains("idle") ? "0" : pick(SPANS);
        }
        if (name.equals("offset") && command.startsWith("BITFIELD")) {
            return (random.nextBoolean() ? "#" : "") + random.nextInt(60);
        }
        if (command.equals("SETBIT") && name.equals("offset") || command.equals("SETRANGE")) {
            return rarely() ? pick(INTEGER_EDGES.subList(6, 16)) : String.valueOf(random.nextInt(600));
        }
        if (name.equals("bit") || command.equals("SETBIT")) {
            return rarely() ? pick(INTEGERS) : String.valueOf(random.nextInt(2));
        }
        if (name.equals("destination-db") || name.equals("db") || name.equals("index") && command.equals("SELECT")) {
            return pick(List.of("0", "1", "0", "99", "abc"));
        }
        return rarely() ? pick(INTEGER_EDGES) : pick(INTEGERS);
    }

    private String number(String command, String name) {
        if (name.equals("timeout")) {
            return pick(List.of("0.001", "0.002", "abc", "-1", "0.001", "0.001"));
        }
        if (name.equals("longitude") || name.equals("latitude")) {
            return rarely() ? pick(DOUBLE_EDGES)
                    : String.format(Locale.ROOT, "%.5f", random.nextDouble() * 20 - 10);
        }
        if (name.equals("radius") || name.equals("width") || name.equals("height")) {
            return pick(List.of("100", "500", "1000", "2000.5", "0", "-1", "abc", "20000"));
        }
        return rarely() ? pick(DOUBLE_EDGES) : pick(DOUBLES);
    }

    private String pattern(String command) {
        if (command.startsWith("SORT")) {
            return pick(List.of("s*", "nosort*", "h1->*", "h*->f1", "#", "nothing", "*->f2", "s?"));
        }
        return pick(PATTERNS);
    }

    private String text(String command, String name) {
        if (command.equals("XADD") && name.equals("id") && random.nextInt(4) > 0) {
            entries += random.nextInt(3);
            return entries + "-" + (1 + random.nextInt(5));
        }
        if (name.equals("new-id") && command.equals("XREADGROUP") && random.nextInt(3) > 0
                || command.equals("XREADGROUP") && name.equals("id") && random.nextInt(3) > 0) {
            return ">";
        }
        if (name.endsWith("id") || name.equals("start") && command.startsWith("X") || name.equals("end")
                && command.startsWith("X") || name.equals("threshold") && random.nextBoolean()) {
            return rarely() ? pick(ID_EDGES) : name.equals("start") && random.nextInt(3) == 0 ? "-"
                    : name.equals("end") && random.nextInt(3) == 0 ? "+" : pick(IDS);
        }
        return switch (name) {
            case "min", "max", "start", "stop" -> rarely() ? pick(INTEGERS) : bound(command);
            case "field" -> "f" + random.nextInt(12);
            case "member", "member1", "member2" -> command.startsWith("GEO") || random.nextInt(3) > 0
                    ? "m" + random.nextInt(20) : String.valueOf(random.nextInt(30));
            case "group", "groupname" -> "grp" + random.nextInt(2);
            case "consumer", "consumername" -> "c" + random.nextInt(3);
            case "encoding" -> pick(FIELD_TYPES);
            case "lastid" -> pick(IDS);
            case "threshold" -> String.valueOf(random.nextInt(8));
            case "increment" -> pick(DOUBLES);
            default -> random.nextInt(8) == 0 ? pick(VALUES) : random.nextBoolean() ? pick(VALUES.subList(0, 10))
                    : String.valueOf(random.nextInt(30));
        };
    }

    private String bound(String command) {
        if (command.endsWith("BYSCORE") || command.equals("ZCOUNT")) {
            return pick(BOUNDS.subList(8, BOUNDS.size()));
        }
        if (command.contains("LEX")) {
            return pick(BOUNDS.subList(0, 8));
        }
        return random.nextBoolean() ? pick(INTEGERS) : pick(BOUNDS);
    }
}
