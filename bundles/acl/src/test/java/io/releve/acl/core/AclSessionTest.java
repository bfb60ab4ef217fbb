package io.releve.acl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.LocalClient;
import io.releve.contracts.RawReply;
import io.releve.engine.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users may do in an engine, and what a change does to those who are there. */
class AclSessionTest {
    private static final String NO_KEY = "-NOPERM No permissions to access a key";
    private static final String NO_CHANNEL = "-NOPERM No permissions to access a channel";
    private static final String CHANGED = "-NOPERM ACLs rules changed between the moment the transaction was accumulated and"
            + " the EXEC call. This command is no longer allowed for the following reason: ";

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final Clock clock = new Clock() {
        @Override
        public long milliseconds() {
            return now.get();
        }

        @Override
        public long nanoTime() {
            return now.get() * 1_000_000;
        }
    };
    private AclEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new AclEngine(clock);
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    private static Object ask(LocalClient client, String... words) {
        return AclEngine.ask(client, words);
    }

    private Object admin(String... words) {
        return ask(engine.admin, words);
    }

    private static String cannot(String command) {
        return "-NOPERM User u has no permissions to run the '" + command + "' command";
    }

    @Test
    void requestsAreChecked() {
        LocalClient user = engine.user("u", "+@all", "-get", "-config|set", "~a*", "%R~r*", "&x*");
        assertEquals(cannot("get"), ask(user, "get", "a"));
        assertEquals(cannot("config|set"), ask(user, "config", "set", "hz", "1"));
        assertEquals("OK", ask(user, "set", "a1", "1"));
        assertEquals(NO_KEY, ask(user, "set", "b", "1"));
        assertEquals(NO_KEY, ask(user, "set", "r", "1"));
        assertEquals(1L, ask(user, "strlen", "a1"));
        assertEquals(0L, ask(user, "strlen", "r1"));
        assertEquals(NO_KEY, ask(user, "mset", "a", "1", "c", "2"));
        assertEquals(0L, ask(user, "publish", "x1", "m"));
        assertEquals(NO_CHANNEL, ask(user, "publish", "y", "m"));
        assertEquals(NO_CHANNEL, ask(user, "psubscribe", "x"));
        assertEquals(NO_CHANNEL, ask(user, "subscribe", "x", "y"));
        assertEquals("-ERR wrong number of arguments for 'get' command", ask(user, "get"));
        assertTrue(ask(user, "nope").toString().startsWith("-ERR unknown command"));
        assertEquals(List.of("psubscribe", "x*", 1L), ask(user, "psubscribe", "x*"));
        assertTrue(ask(engine.admin, "client", "list").toString().contains(" user=u "));
    }

    @Test
    void sortReadsOnlyWhatTheUserMayRead() {
        LocalClient user = engine.user("u", "+@all", "~a*");
        ask(user, "rpush", "a", "2", "1");
        assertEquals("-ERR BY option of SORT denied due to insufficient ACL permissions.",
                ask(user, "sort", "a", "by", "w_*"));
        assertEquals("-ERR GET option of SORT denied due to insufficient ACL permissions.", ask(user, "sort", "a", "get", "#"));
        assertEquals(List.of("2", "1"), ask(user, "sort", "a", "by", "nosort"));
        assertEquals(NO_KEY, ask(user, "sort", "a", "store", "b"));
        engine.set("u", "%R~*");
        assertEquals(List.of("1", "2"), ask(user, "sort", "a", "get", "#"));
    }

    @Test
    void transactionsAreCheckedTwice() {
        LocalClient user = engine.user("u", "+@all", "-get", "~a*", "&x*");
        ask(user, "multi");
        assertEquals(cannot("get"), ask(user, "get", "a"));
        assertEquals("-EXECABORT Transaction discarded because of previous errors.", ask(user, "exec"));
        ask(user, "multi");
        ask(user, "set", "a", "1");
        ask(user, "lpush", "a1", "1");
        ask(user, "publish", "x", "1");
        ask(user, "ping");
        engine.set("u", "resetkeys", "~z", "-lpush", "resetchannels");
        assertEquals(List.of(CHANGED + "no permission to touch the specified keys",
                CHANGED + "no permission to execute the command or subcommand",
                CHANGED + "no permission to access one of the channels used as arguments", "PONG"), ask(user, "exec"));
        assertEquals(null, admin("get", "a"));
    }

    @Test
    void scriptsMayDoWhatTheirCallerMay() {
        LocalClient user = engine.user("u", "+@all", "-get", "~a*");
        assertTrue(ask(user, "eval", "return redis.call('get','a')", "0").toString()
                .startsWith("-ERR ACL failure in script: User u has no permissions to run the 'get' command"));
        assertEquals("-ERR ACL failure in script: No permissions to access a key",
                ask(user, "eval", "return redis.pcall('set','b','1')", "0"));
        assertEquals(Arrays.asList(null, 1L), ask(user, "eval",
                "return {redis.acl_check_cmd('get','a'), redis.acl_check_cmd('set','a','1')}", "0"));
        assertEquals(NO_KEY, ask(user, "eval", "return 1", "1", "b"));
        assertTrue(admin("acl", "log").toString().contains("context, lua, object, b"), admin("acl", "log").toString());
    }

    @Test
    void whoWaitsIsAskedAgain() {
        LocalClient user = engine.user("u", "+@all", "~*");
        user.run("blpop", "list", "0");
        assertTrue(user.suspended());
        engine.set("u", "-blpop");
        admin("rpush", "list", "1");
        assertEquals("-NOPERM User u has no permissions to run the 'blpop' command", RawReply.parse(user.received()));
        assertEquals(1L, admin("llen", "list"));
    }

    @Test
    void whoLosesChannelsOrItsUserIsCutOff() {
        LocalClient listener = engine.user("u", "+@all", "&x*");
        LocalClient idle = engine.user("u");
        ask(listener, "subscribe", "x1");
        engine.set("u", "resetchannels", "&x*", "&y");
        assertFalse(listener.closed());
        engine.set("u", "resetchannels", "&x1");
        assertFalse(listener.closed(), "it may still listen to what it listens to");
        engine.set("u", "resetchannels", "&y");
        assertTrue(listener.closed());
        assertFalse(idle.closed());
        assertEquals(1L, admin("acl", "deluser", "u", "nobody"));
        assertTrue(idle.closed());
        assertTrue(ask(idle, "ping").toString().startsWith("-NOPERM"), "nothing until it is gone");
        assertEquals("-ERR The 'default' user cannot be removed", admin("acl", "deluser", "default"));
        LocalClient self = engine.user("s", "+@all");
        assertEquals(1L, ask(self, "acl", "deluser", "s"));
        assertTrue(self.session().closing());
    }

    @Test
    void rightsChangeForThoseWhoAreThere() {
        LocalClient user = engine.user("u", "+@all", "~*");
        assertEquals("OK", ask(user, "set", "k", "1"));
        engine.set("u", "-set");
        assertEquals(cannot("set"), ask(user, "set", "k", "1"));
        assertTrue(admin("acl", "setuser", "u", "+set", "+nope").toString().startsWith("-ERR Error in ACL SETUSER modifier"));
        assertEquals(cannot("set"), ask(user, "set", "k", "1"), "all rules or none");
        engine.set("u", "off");
        assertEquals("PONG", ask(user, "ping"));
        assertTrue(ask(engine.client(), "auth", "u", "pw").toString().startsWith("-WRONGPASS"));
        ask(user, "reset");
        assertEquals("default", ask(user, "acl", "whoami"));
    }

    @Test
    void theDefaultUserHasThePasswordOfTheConfiguration() {
        engine.engine.set("requirepass", "foo");
        LocalClient client = engine.client();
        assertEquals("-NOAUTH Authentication required.", ask(client, "get", "k"));
        assertEquals("OK", ask(client, "auth", "foo"));
        assertTrue(ask(client, "acl", "list").toString().contains("user default on sanitize-payload #2c26b46b"));
        engine.engine.set("requirepass", "");
        assertEquals("PONG", ask(engine.client(), "ping"));
        assertTrue(ask(client, "auth", "foo").toString().startsWith("-ERR AUTH <password> called without any password"));
        engine.set("default", "off");
        assertEquals("-NOAUTH Authentication required.", ask(engine.client(), "ping"));
    }

    @Test
    void aNewUserHasTheChannelsOfTheConfiguration() throws IOException {
        engine.engine.set("acl-pubsub-default", "allchannels");
        engine.set("n");
        assertEquals("&*", ((List<?>) admin("acl", "getuser", "n")).get(9));
    }

    @Test
    void whatWasRefusedIsLogged() {
        LocalClient user = engine.user("u", "+@all", "-get", "~a*");
        ask(user, "get", "a");
        now.addAndGet(1500);
        ask(user, "get", "b");
        ask(user, "set", "b", "1");
        ask(user, "auth", "x", "y");
        List<?> log = (List<?>) admin("acl", "log");
        assertEquals(3, log.size());
        List<?> oldest = (List<?>) log.get(2);
        assertEquals(List.of("count", 2L, "reason", "command", "context", "toplevel", "object", "get", "username", "u",
                "age-seconds", "0", "client-info"), oldest.subList(0, 13));
        assertTrue(oldest.get(13).toString().contains("cmd=get user=u "), oldest.toString());
        assertEquals(List.of("entry-id", 0L, "timestamp-created", now.get() - 1500, "timestamp-last-updated", now.get()),
                oldest.subList(14, 20));
        assertEquals(List.of("reason", "auth", "context", "toplevel", "object", "auth", "username", "x"),
                ((List<?>) log.get(0)).subList(2, 10));
        assertEquals(1, ((List<?>) admin("acl", "log", "1")).size());
        now.addAndGet(60_001);
        ask(user, "get", "a");
        assertEquals(4, ((List<?>) admin("acl", "log")).size());
        engine.engine.set("acllog-max-len", "2");
        assertEquals(2, ((List<?>) admin("acl", "log")).size());
        assertEquals("OK", admin("acl", "log", "reset"));
        assertEquals(List.of(), admin("acl", "log"));
    }

    @Test
    void whoTriesManyPasswordsWaitsForTheAnswer() {
        engine.set("guarded", "on", ">secret");
        LocalClient client = engine.client();
        for (int i = 0; i < 22; i++) {
            client.run("auth", "guarded", "wrong" + i);
            if (client.suspended()) {
                break;
            }
        }
        assertTrue(client.suspended(), "the answer waits");
        LocalClient other = engine.client();
        assertEquals("-ERR too many wrong passwords came from your address, try again later",
                ((List<?>) inTransaction(other, "auth", "guarded", "secret")).get(0));
        now.addAndGet(60_000);
        assertEquals("OK", ask(other, "auth", "guarded", "secret"));
    }

    private static Object inTransaction(LocalClient client, String... words) {
        client.run("multi");
        client.run(words);
        return ask(client, "exec");
    }

    @Test
    void usersAreReadFromAFileAndWrittenToIt(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("users.acl");
        Files.writeString(file, "user alice on nopass ~a* +get (+set ~x)\n\n  user default on nopass +@all ~* &*\r\n");
        try (AclEngine filed = new AclEngine(clock, "aclfile", file.toString(), "requirepass", "ignored")) {
            LocalClient alice = filed.client();
            assertEquals("OK", ask(alice, "auth", "alice", "x"));
            filed.set("bob", "on", ">p");
            LocalClient bob = filed.client();
            assertEquals("OK", ask(bob, "auth", "bob", "p"));
            assertEquals(List.of("OK"), inTransaction(filed.admin, "acl", "save"));
            assertEquals("user alice on nopass sanitize-payload ~a* resetchannels -@all +get (~x resetchannels -@all +set)\n"
                    + "user bob on sanitize-payload #148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940"
                    + " resetchannels -@all\nuser default on nopass sanitize-payload ~* &* +@all\n", Files.readString(file));
            Files.writeString(file, "user alice on nopass ~b* +get\n# no comment\nuser x +nope\nuser x on\nuser y (+get\n");
            String wrong = ((List<?>) inTransaction(filed.admin, "acl", "load")).get(0).toString();
            assertEquals("-ERR " + file + ":2 should start with user keyword followed by the username. " + file
                    + ":3: Error in applying operation '+nope': Unknown command or category name in ACL. WARNING: Duplicate"
                    + " user 'x' found on line 4. " + file + ":5: Unmatched parenthesis in selector definition.WARNING: ACL"
                    + " errors detected, no change to the previously active ACL rules was performed", wrong);
            assertEquals(null, ask(alice, "get", "a"));
            Files.writeString(file, "user alice on nopass ~b* +get\n");
            assertEquals(List.of("OK"), inTransaction(filed.admin, "acl", "load"));
            assertEquals(NO_KEY, ask(alice, "get", "a"));
            assertFalse(alice.closed());
            assertTrue(bob.closed());
            Files.delete(file);
            assertTrue(((List<?>) inTransaction(filed.admin, "acl", "load")).get(0).toString()
                    .endsWith("No such file or directory"));
        }
        assertTrue(admin("acl", "load").toString().startsWith("-ERR This Redis instance is not configured to use an ACL file."));
    }

    @Test
    void whoTakesOverKnowsTheUsers() {
        LocalClient user = engine.user("u", "+@all", "-get", "~a*");
        engine.engine.authorizer(new AclAuthorizer(List.of(new Declaration("u", List.of("on", "nopass", "+@all")))));
        assertEquals(cannot("get"), ask(user, "get", "a"));
        engine.set("u", "+get");
        assertEquals(null, ask(user, "get", "a"));
        assertEquals(NO_KEY, ask(user, "get", "b"));
    }

    @Test
    void declaredUsersMustBeUnderstood() {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> new AclAuthorizer(
                List.of(new Declaration("alice", List.of("on", "+nope")))).attach(engine.engine.administration(), "", null));
        assertEquals("Error loading ACL rule '+nope' for the user named 'alice': Unknown command or category name in ACL",
                wrong.getMessage());
    }
}
