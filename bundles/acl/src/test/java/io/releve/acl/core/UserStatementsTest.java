package io.releve.acl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.releve.bytes.QuotedWords;
import io.releve.config.Statement;
import io.releve.engine.core.OpenEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of the configuration about users. */
class UserStatementsTest {
    private static List<Statement> statements(String... lines) {
        List<Statement> statements = new ArrayList<>();
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            List<String> words = QuotedWords.split(bytes, 0, bytes.length).stream()
                    .map(word -> new String(word, StandardCharsets.UTF_8)).toList();
            statements.add(new Statement("redis.conf", statements.size() + 1, line, words));
        }
        return statements;
    }

    private static UserStatements read(String... lines) throws Statement.WrongException {
        UserStatements users = new UserStatements(null);
        users.read(statements(lines));
        return users;
    }

    @Test
    void linesAreWrittenAsTheyAreRead() throws Exception {
        UserStatements users = read("user alice on >p ~a* (+get ~x) (+set %W~y &c)", "user \"z\u00e9\" nopass \"~q\\\"q\"");
        try (AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            assertEquals(List.of("user alice on >p ~a* (+get ~x) (+set %W~y &c)", "user \"z\u00e9\" nopass \"~q\\\"q\""),
                    users.lines(), "before there is an engine nothing has changed");
            users.authorizer().attach(engine.engine.administration(), "foo", null);
            Rights changed = users.authorizer().user("z\u00e9") instanceof Account a ? a.rights().copy(false) : null;
            changed.apply("+@read");
            users.authorizer().change(Names.raw("z\u00e9"), changed, engine.admin.session());
            List<String> lines = users.lines();
            assertEquals(List.of("user alice on sanitize-payload #148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7d"
                    + "dfca9940 ~a* resetchannels -@all (~x resetchannels -@all +get) (%W~y resetchannels &c -@all +set)",
                    "user default on sanitize-payload #2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae ~* &*"
                    + " +@all", "user \"z\u00e9\" off nopass sanitize-payload \"~q\\\"q\" resetchannels -@all +@read"), lines);
            UserStatements again = read(lines.toArray(String[]::new));
            again.authorizer().attach(engine.engine.administration(), "other", null);
            assertEquals(lines, again.lines());
        }
        assertEquals("alice", users.key(List.of("user", "alice", "on")));
    }

    @Test
    void aLineThatIsStillTrueStays() throws Exception {
        UserStatements users = read("user default on nopass ~* &* +@all", "user a on  +GET");
        try (AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            users.authorizer().attach(engine.engine.administration(), "", null);
            assertEquals(List.of("user a on  +GET", "user default on nopass ~* &* +@all"), users.lines());
            users.authorizer().password("foo");
            assertEquals("user default on sanitize-payload #2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
                    + " ~* &* +@all", users.lines().get(1));
        }
    }

    @Test
    void aLineThatDoesNotParseEndsTheStart() {
        for (String[] wrong : new String[][] {{"user", "Bad directive or wrong number of arguments"},
                {"user \"a b\" on", "Spaces not allowed in ACL usernames"},
                {"user a on foo", "Error in user declaration 'a': Syntax error"},
                {"user a (+get", "Error in user declaration 'a': Unmatched parenthesis in acl selector starting at '(+get'."},
                {"user a +@nope", "Error in user declaration 'a': Unknown command or category name in ACL"}}) {
            assertEquals(wrong[1], assertThrows(Statement.WrongException.class, () -> read(wrong[0])).getMessage());
        }
        assertEquals("Error in user declaration 'a': Duplicate user found. A user can only be defined once in config files",
                assertThrows(Statement.WrongException.class, () -> read("user a on", "user a off")).getMessage());
    }

    @Test
    void ofTwoLinesInDifferentFilesTheLaterCounts() throws Exception {
        List<Statement> both = new ArrayList<>(statements("user a on nopass"));
        both.add(new Statement("other.conf", 1, "user a off", List.of("user", "a", "off")));
        UserStatements users = new UserStatements(null);
        users.read(both);
        try (AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            users.authorizer().attach(engine.engine.administration(), "", null);
            assertEquals("user a off", users.lines().get(0));
        }
    }

    @Test
    void usersStandInOnePlace(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory)
            throws IOException, Statement.WrongException {
        UserStatements users = read("user a on");
        try (AclEngine engine = new AclEngine(OpenEngine.systemClock())) {
            engine.engine.set("aclfile", directory.resolve("u").toString());
            assertThrows(IllegalArgumentException.class,
                    () -> users.authorizer().attach(engine.engine.administration(), "", null));
            String missing = assertThrows(IllegalArgumentException.class,
                    () -> read().authorizer().attach(engine.engine.administration(), "", null)).getMessage();
            assertEquals("Aborting Redis startup because of ACL errors: Error loading ACLs, opening file '"
                    + directory.resolve("u") + "': No such file or directory", missing);
        }
    }
}
