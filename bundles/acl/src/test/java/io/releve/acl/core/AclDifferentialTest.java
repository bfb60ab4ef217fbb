package io.releve.acl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random rules beside a real server. It is a 7.0, which shows the rules for commands in another order and form than 7.2; so what is
 * shown here is given to it, and it must make the same of that as of the rules themselves.
 */
class AclDifferentialTest {
    private static final int USERS = 150;
    private static final List<String> PATTERNS = List.of("a*", "b", "k[12]", "**", "x?y", "", "a b");
    private static final List<String> WRONG = List.of("foo", "+foo", "+@foo", "%X~a", "%~a", "%R", "+get|", "+config|",
            "+config|nope", "-get|x", "+config|get|x", "#123", "<nope", "(on)", "(+get ~x", "~x)", "(foo)", "()", "");

    private final Random random = new Random(7);
    private final List<String> commands = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();

    @Test
    @SuppressWarnings("unchecked")
    void usersAreWhatTheyAreInRedis() throws IOException {
        try (Oracle oracle = Oracle.start(); AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            categories.addAll((List<String>) oracle.ask("acl", "cat"));
            assertEquals(categories, AclEngine.ask(engine.admin, "acl", "cat"));
            commands.addAll(commandsInTheSameCategories(oracle, engine));
            assertTrue(commands.size() > 150, commands.toString());
            for (int i = 0; i < USERS; i++) {
                oracle.run("acl", "deluser", "u");
                engine.admin.run("acl", "deluser", "u");
                List<String> history = new ArrayList<>();
                for (int step = random.nextInt(4); step >= 0; step--) {
                    List<String> request = new ArrayList<>(List.of("acl", "setuser", "u"));
                    for (int rules = random.nextInt(5); rules >= 0; rules--) {
                        request.add(rule(0));
                    }
                    history.add(String.join(" ", request));
                    String[] words = request.toArray(String[]::new);
                    assertEquals(oracle.run(words), engine.admin.run(words), history.toString());
                    compare(oracle, engine, history.toString());
                }
                oracle.run("acl", "setuser", "u");
                engine.admin.run("acl", "setuser", "u");
                for (int k = 0; k < 40; k++) {
                    String[] words = request();
                    assertEquals(oracle.run(words).replaceFirst("This user", "User u").replaceFirst("^\\$\\d+\r\n", ""),
                            engine.admin.run(words).replaceFirst("^\\$\\d+\r\n", ""), String.join(" ", words) + history);
                }
            }
        }
    }

    @Test
    void repliesErrorsAndFactsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start(); AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            Comparison comparison = new Comparison(engine.admin, oracle);
            comparison.script("""
                    acl
                    acl nope
                    acl help
                    acl whoami
                    acl whoami x
                    acl users
                    acl cat
                    acl cat nope
                    acl cat read write
                    acl genpass 0
                    acl genpass 4097
                    acl genpass x
                    acl genpass 1 2
                    acl getuser nobody
                    acl deluser
                    acl deluser default
                    acl deluser default x
                    acl deluser nobody
                    acl setuser
                    acl setuser "a b"
                    acl setuser u on +get (+set ~x
                    acl setuser u +get|
                    acl setuser u #12
                    acl setuser u +@nope
                    acl users
                    acl setuser u on nopass +get ~a skip-sanitize-payload &c (+set ~x) (%W~y)
                    acl getuser u
                    acl users
                    acl dryrun nobody get a
                    acl dryrun u nope
                    acl dryrun u get
                    acl dryrun u config nope
                    acl dryrun u get a
                    acl dryrun u
                    acl log
                    acl log x
                    acl log 1 2
                    acl log -1
                    acl log reset
                    acl load
                    acl save
                    auth nobody x
                    auth x
                    auth x y z
                    auth u whatever
                    reset
                    client kill user nobody
                    client kill user u
                    """);
            oracle.run("hello", "3");
            engine.admin.run("hello", "3");
            comparison.script("""
                    acl getuser u
                    acl getuser nobody
                    acl setuser u clearselectors resetkeys
                    acl getuser u
                    acl deluser u
                    """);
            SpecComparison facts = new SpecComparison(oracle);
            // ACL LOG has a history in 7.2
            new AclCommands().commands().get(0).subcommands().stream().filter(sub -> !sub.spec().lastName().equals("LOG"))
                    .forEach(facts::compare);
        }
    }

    @SuppressWarnings("unchecked")
    private Set<String> commandsInTheSameCategories(Oracle oracle, AclEngine engine) {
        Set<String> same = new TreeSet<>();
        Set<String> other = new HashSet<>();
        for (String category : categories) {
            Set<String> theirs = new HashSet<>((List<String>) oracle.ask("acl", "cat", category));
            Set<String> ours = new HashSet<>((List<String>) AclEngine.ask(engine.admin, "acl", "cat", category));
            for (String command : theirs) {
                (ours.contains(command) ? same : other).add(command);
            }
            ours.stream().filter(command -> !theirs.contains(command)).forEach(other::add);
        }
        same.removeAll(other);
        // without a source Redis overlooks the key
        same.remove("pfmerge");
        // of some of them 7.2 has changed the arity
        same.removeIf(command -> command.startsWith("command|"));
        // of another container than ours its subcommands may be in other categories
        same.removeIf(command -> command.contains("|") && !same.contains(command.substring(0, command.indexOf('|'))));
        return same;
    }

    private String rule(int depth) {
        int kind = random.nextInt(100);
        String sign = random.nextBoolean() ? "+" : "-";
        if (kind < 30) {
            return sign + pick(commands);
        } else if (kind < 50) {
            return sign + '@' + pick(categories);
        } else if (kind < 58) {
            return pick(List.of("+@all", "-@all", "allcommands", "nocommands", "+get|a", "+select|0", "+select|1", "+set|b"));
        } else if (kind < 74) {
            return pick(List.of("~", "%R~", "%W~", "%RW~", "%r~")) + pick(PATTERNS);
        } else if (kind < 80) {
            return pick(List.of("allkeys", "resetkeys", "~*", "allchannels", "resetchannels", "&*"));
        } else if (kind < 86) {
            return '&' + pick(PATTERNS);
        } else if (kind < 94 && depth == 0) {
            StringBuilder selector = new StringBuilder("(");
            for (int i = random.nextInt(4); i >= 0; i--) {
                selector.append(rule(1)).append(i == 0 ? ")" : " ");
            }
            return selector.toString();
        } else if (kind < 97 && depth == 0) {
            return pick(List.of("on", "off", "nopass", ">p", "<p", ">q", "!148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7d"
                    + "dfca9940", "resetpass", "reset", "clearselectors", "skip-sanitize-payload", "sanitize-payload"));
        }
        // a bracket inside of brackets is not shown as it was meant, there as here
        return depth == 0 ? pick(WRONG) : pick(WRONG.subList(0, 12));
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String[] request() {
        List<String> words = new ArrayList<>(List.of("acl", "dryrun", "u"));
        String command = pick(random.nextInt(3) == 0 ? commands
                : List.of("get", "set", "mget", "copy", "rename", "publish", "subscribe", "psubscribe", "select", "config|get",
                        "eval", "bitop", "getdel", "strlen", "sort", "lmove", "lmpop", "bitfield", "set"));
        if (!commands.contains(command)) {
            command = "get";
        }
        words.addAll(List.of(command.split("\\|")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            words.add(pick(List.of("a", "b", "A", "ab", "k1", "k3", "xzy", "1", "0", "a*", "store", "get", "by", "*")));
        }
        return words.toArray(String[]::new);
    }

    private static void compare(Oracle oracle, AclEngine engine, String history) {
        List<?> ours = (List<?>) AclEngine.ask(engine.admin, "acl", "getuser", "u");
        List<?> theirs = (List<?>) oracle.ask("acl", "getuser", "u");
        if (theirs == null) {
            assertEquals(null, ours, history);
            return;
        }
        assertEquals(flags(theirs), flags(ours), history);
        assertEquals(theirs.get(3), ours.get(3), history);
        compareSelector(oracle, theirs.subList(4, 10), ours.subList(4, 10), history);
        List<?> theirSelectors = (List<?>) theirs.get(11);
        List<?> ourSelectors = (List<?>) ours.get(11);
        assertEquals(theirSelectors.size(), ourSelectors.size(), history);
        for (int i = 0; i < ourSelectors.size(); i++) {
            compareSelector(oracle, (List<?>) theirSelectors.get(i), (List<?>) ourSelectors.get(i), history);
        }
        String line = line(RawReply.parse(engine.admin.run("acl", "list")), "u");
        List<String> again = new ArrayList<>(List.of("acl", "setuser", "v", "reset"));
        again.addAll(List.of(line.split(" ")));
        assertEquals("+OK\r\n", oracle.run(again.toArray(String[]::new)), history);
        assertEquals(line(oracle.ask("acl", "list"), "u").replace("sanitize-payload ", ""),
                line(oracle.ask("acl", "list"), "v").replace("sanitize-payload ", ""), history);
    }

    /** Users are made with the flag in 7.2, and without it in 7.0. */
    private static List<?> flags(List<?> user) {
        List<Object> flags = new ArrayList<>((List<?>) user.get(1));
        flags.remove("sanitize-payload");
        return flags;
    }

    private static void compareSelector(Oracle oracle, List<?> theirs, List<?> ours, String history) {
        assertEquals(theirs.get(3), ours.get(3), history);
        assertEquals(theirs.get(5), ours.get(5), history);
        oracle.run("acl", "deluser", "w");
        List<String> again = new ArrayList<>(List.of("acl", "setuser", "w"));
        again.addAll(List.of(ours.get(1).toString().split(" ")));
        assertEquals("+OK\r\n", oracle.run(again.toArray(String[]::new)), history);
        assertEquals(theirs.get(1), ((List<?>) oracle.ask("acl", "getuser", "w")).get(5), ours.get(1) + " of " + history);
    }

    private static String line(Object list, String user) {
        String start = "user " + user + ' ';
        return ((List<?>) list).stream().map(Object::toString).filter(line -> line.startsWith(start)).findFirst().orElseThrow()
                .substring(start.length());
    }
}
