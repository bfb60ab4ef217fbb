package io.releve.acl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.command.Arguments;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What rules make of a user. */
class RightsTest {
    private static final CommandSpec GET = CommandSpec.command("GET", 2).flags(CommandFlag.READONLY, CommandFlag.FAST)
            .categories("string").keys(KeySpec.at(1, Flag.RO, Flag.ACCESS)).build();
    private static final CommandSpec SET = CommandSpec.command("SET", -3).flags(CommandFlag.WRITE).categories("string")
            .keys(KeySpec.at(1, Flag.OW, Flag.UPDATE)).build();
    private static final CommandSpec COPY = CommandSpec.command("COPY", -3).flags(CommandFlag.WRITE).categories("keyspace")
            .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS), KeySpec.at(2, Flag.OW, Flag.UPDATE)).build();
    private static final CommandSpec SELECT = CommandSpec.command("SELECT", 2).flags(CommandFlag.FAST)
            .categories("connection").build();
    private static final CommandSpec CONFIG = CommandSpec.command("CONFIG", -2).build();
    private static final CommandSpec CONFIG_GET = CommandSpec.command("CONFIG|GET", -3).flags(CommandFlag.ADMIN).build();
    private static final CommandSpec CONFIG_SET = CommandSpec.command("CONFIG|SET", -4).flags(CommandFlag.ADMIN).build();
    private static final CommandSpec AUTH = CommandSpec.command("AUTH", -2).flags(CommandFlag.NO_AUTH).build();
    private static final CommandSpec LATER = CommandSpec.command("LATER", -1).flags(CommandFlag.READONLY).build();

    private final List<CommandSpec> specs =
            new ArrayList<>(List.of(GET, SET, COPY, SELECT, CONFIG, CONFIG_GET, CONFIG_SET, AUTH));
    private final Catalogue catalogue = new Catalogue(() -> specs).refreshed();

    private Rights rights(String rules) throws RuleException {
        Rights rights = new Rights(catalogue, false);
        for (String rule : rules.split(" ")) {
            rights.apply(rule);
        }
        return rights;
    }

    private boolean may(String rules, CommandSpec command, Object... request) throws RuleException {
        return new Account("u", rights(rules)).check(command, Arguments.of(request)) == null;
    }

    @Test
    void rulesStandInTheOrderInWhichTheyCameAndReplaceEachOther() throws RuleException {
        for (String[] pair : new String[][] {{"", "-@all"}, {"+get -get +get", "-@all +get"},
                {"+@all -@string -@slow +get", "+@all -@string -@slow +get"},
                {"+@string +get -@string", "-@all +get -@string"}, {"+config|get +config", "-@all +config"},
                {"+config -config|set -config|get", "-@all +config -config|set -config|get"},
                {"+CONFIG|Get +@READ", "-@all +config|get +@read"}, {"+get -@all +set", "-@all +set"},
                {"+select|0 +select|1 +select|0", "-@all +select|1 +select|0"}, {"+select|0 -select", "-@all -select"},
                {"+@all +get", "+@all +get"}, {"-config", "-@all -config"}}) {
            assertEquals(pair[1], rights(pair[0]).root().commandRules(), pair[0]);
        }
        assertEquals("on nopass sanitize-payload ~a %R~b resetchannels &c -@all +get (%W~x resetchannels -@all +set)",
                rights("on nopass ~a %R~b &c +get").toString() + " (" + selector("%W~x +set") + ")");
        assertEquals("off skip-sanitize-payload ~* &* +@all", rights("skip-sanitize-payload ~* &* +@all").toString());
        assertEquals("~k", rights("%R~k %W~k").root().keyRules());
        assertEquals("~* ~k", rights("%RW~* ~k").root().keyRules());
        assertEquals("~* resetchannels -@all", rights("%RW~* ~k").root().toString());
    }

    private Selector selector(String rules) throws RuleException {
        Selector selector = new Selector(catalogue, false);
        for (String rule : rules.split(" ")) {
            selector.apply(rule);
        }
        return selector;
    }

    @Test
    void theLastRuleThatSpeaksOfACommandCounts() throws RuleException {
        assertTrue(may("~* +@string", GET, "get", "k"));
        assertFalse(may("~* +@string -get", GET, "get", "k"));
        assertTrue(may("~* -get +@string", GET, "get", "k"));
        assertTrue(may("+config", CONFIG_GET, "config", "get", "x"));
        assertTrue(may("+config|get", CONFIG_GET, "config", "get", "x"));
        assertFalse(may("+config|get", CONFIG_SET, "config", "set", "x", "y"));
        assertFalse(may("+@all -config", CONFIG_GET, "config", "get", "x"));
        // what a container is in, its subcommands are in
        assertTrue(may("+@slow", CONFIG_GET, "config", "get", "x"));
        assertTrue(may("-@all", AUTH, "auth", "x"));
        assertTrue(may("+select|0", SELECT, "select", "0"));
        assertFalse(may("+select|0", SELECT, "select", "1"));
        assertTrue(may("+select|0 +@connection", SELECT, "select", "1"));
        assertFalse(may("+select|0 -@connection", SELECT, "select", "0"));
        specs.add(LATER);
        assertTrue(may("+@read", LATER, "later"));
        assertFalse(may("+@write", LATER, "later"));
    }

    @Test
    void keysAreAllowedForWhatIsDoneWithThem() throws RuleException {
        assertTrue(may("+copy %R~r* %W~w*", COPY, "copy", "r1", "w1"));
        assertFalse(may("+copy %R~r* %W~w*", COPY, "copy", "w1", "r1"));
        assertFalse(may("+copy %R~r* %W~w*", COPY, "copy", "r1", "r2"));
        assertTrue(may("+copy %RW~r*", COPY, "copy", "r1", "r2"));
        assertFalse(may("+get", GET, "get", "k"));
        // a selector alone must allow all of it
        assertFalse(may("+get (~k)", GET, "get", "k"));
    }

    @Test
    void aRequestThatComesNearestIsTheOneThatIsTalkedAbout() throws RuleException {
        Rights rights = rights("+set ~a");
        rights.apply("(+get ~x)");
        rights.apply("(+get ~y)");
        Account account = new Account("u", rights);
        assertEquals("No permissions to access a key", account.check(GET, Arguments.of("get", "a")).message());
        assertEquals("a", account.check(GET, Arguments.of("get", "a")).object());
        assertEquals("User u has no permissions to run the 'config|get' command",
                account.check(CONFIG_GET, Arguments.of("config", "get", "x")).message());
        assertEquals(null, account.check(GET, Arguments.of("get", "y")));
    }

    @Test
    void whoMayDoEverythingIsKnownAtOnce() throws RuleException {
        assertTrue(new Account("u", rights("+@all ~* &*")).mayDoAll());
        assertFalse(new Account("u", rights("+@all ~* &* -get")).mayDoAll());
        assertFalse(new Account("u", rights("+@all ~*")).mayDoAll());
        Rights rights = rights("-@all");
        rights.apply("(+@all ~* &*)");
        assertTrue(new Account("u", rights).mayDoAll());
    }

    /** What finds its keys belongs to a bundle: whoever holds it holds the bundle's classes. */
    @Test
    void aCommandWhoseBundleIsGoneIsNotKept() throws RuleException {
        CommandSpec gone = CommandSpec.command("GONE", -1).keyFinder(request -> List.of()).build();
        CommandSpec last = CommandSpec.command("LAST", 2).keys(KeySpec.at(1, Flag.RO, Flag.ACCESS)).build();
        specs.addAll(List.of(gone, last));
        catalogue.refreshed();
        Account account = new Account("u", rights("~k +get +gone +last"));
        assertEquals(null, account.check(gone, Arguments.of("gone", "x")));
        assertEquals(null, account.check(last, Arguments.of("last", "k")));
        List<WeakReference<CommandSpec>> references = List.of(new WeakReference<>(gone), new WeakReference<>(last));
        specs.removeAll(List.of(gone, last));
        gone = null;
        last = null;
        for (int i = 0; i < 100 && references.stream().anyMatch(reference -> reference.get() != null); i++) {
            System.gc();
        }
        assertEquals(List.of(), references.stream().map(WeakReference::get).filter(Objects::nonNull).toList());
        assertEquals(null, account.check(GET, Arguments.of("get", "k")));
    }

    @Test
    void commandsAreJudgedAgainWhenRulesHaveChanged() throws RuleException {
        Rights rights = rights("~a +get +set");
        Account account = new Account("u", rights);
        for (int i = 0; i < 2; i++) {
            assertEquals(null, account.check(GET, Arguments.of("get", "a")));
            assertEquals(null, account.check(SET, Arguments.of("set", "a", "1")));
            assertEquals("b", account.check(GET, Arguments.of("get", "b")).object());
            assertEquals("b", account.check(SET, Arguments.of("set", "b", "1")).object());
        }
        rights.apply("%R~b");
        assertEquals(null, account.check(GET, Arguments.of("get", "b")));
        assertEquals("b", account.check(SET, Arguments.of("set", "b", "1")).object());
        rights.apply("-get");
        assertEquals("get", account.check(GET, Arguments.of("get", "b")).object());
    }

    @Test
    void passwordsAreKeptAsHashes() throws RuleException {
        Rights rights = rights(">secret >secret");
        assertFalse(rights.toString().contains("secret"));
        assertEquals(1, rights.passwords().shown().size());
        Account account = new Account("u", rights);
        assertFalse(account.authenticates("secret".getBytes()));
        account.rights().apply("on");
        assertTrue(account.authenticates("secret".getBytes()));
        assertFalse(account.authenticates("Secret".getBytes()));
        assertThrows(RuleException.class, () -> rights.apply("<other"));
        rights.apply("<secret");
        assertEquals(List.of(), rights.passwords().shown());
    }

    @Test
    void rulesThatDoNotParseAreRefused() {
        for (String wrong : List.of("foo", "+foo", "-foo", "+@foo", "%", "%X~a", "%~a", "%RR~a", "~a b", "&a b", "#12", "!12",
                "-get|x", "+config|foo", "+config|get|x", "+get|", "(+get", "(on)", "(+foo)", "(\"+get)", "@read", ")", "<x")) {
            assertThrows(RuleException.class, () -> new Rights(catalogue, false).apply(wrong), wrong);
        }
        assertThrows(RuleException.class, () -> {
            Rights all = rights("~*");
            all.apply("~a");
        });
        assertThrows(RuleWords.UnmatchedException.class, () -> RuleWords.merged(List.of("(+get", "~x")));
    }
}
