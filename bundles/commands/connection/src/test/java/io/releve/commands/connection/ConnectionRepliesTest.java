package io.releve.commands.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Comparison;
import io.releve.contracts.LocalClient;
import io.releve.contracts.Oracle;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection commands beside a real server. */
class ConnectionRepliesTest {
    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), new ConnectionCommands());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void repliesAndErrorsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            new Comparison(engine.client, oracle).script("""
                    ping
                    ping hello
                    ping a b
                    echo "a b"
                    echo
                    select 3
                    select 16
                    select -1
                    select abc
                    select 99999999999999999999
                    auth a
                    auth default x
                    auth nobody x
                    auth a b c
                    client getname
                    client setname "a b"
                    client setname bob
                    client getname
                    client setname ""
                    client getname
                    client reply x
                    client pause x
                    client pause -1
                    client pause 1 foo
                    client pause 0 all
                    client unpause
                    client no-evict x
                    client no-evict on
                    client no-evict off
                    client unblock x
                    client unblock 999
                    client unblock 999 foo
                    client unblock 999 error
                    client kill
                    client kill 1.2.3.4:55
                    client kill id x
                    client kill id 0
                    client kill id 99999
                    client kill type foo
                    client kill type pubsub
                    client kill user nobody
                    client kill skipme maybe
                    client kill id 99999 addr 1.2.3.4:5 skipme no
                    client kill foo bar
                    client list id
                    client list id x
                    client list type foo
                    client list type master
                    client list foo
                    client tracking
                    client tracking foo
                    client tracking on foo
                    client tracking off foo
                    client tracking on bcast prefix
                    client tracking on prefix foo
                    client tracking on optin optout
                    client tracking on bcast optin
                    client tracking on bcast prefix a prefix ab
                    client tracking on redirect 99999
                    client tracking on redirect x
                    client trackinginfo
                    client getredir
                    client caching yes
                    client tracking on optin
                    client caching
                    client caching foo
                    client caching no
                    client caching yes
                    client trackinginfo
                    client tracking on optout
                    client tracking on bcast
                    client getredir
                    client tracking off
                    client getredir
                    client tracking on bcast prefix b
                    client tracking on bcast prefix bc
                    client tracking on bcast prefix b prefix c noloop
                    client trackinginfo
                    client tracking off
                    client list id 99999
                    client nosuch
                    client
                    hello 4
                    hello x
                    hello 3 auth a b
                    hello 3 setname
                    hello 3 setname "x y"
                    hello 3 foo
                    hello 3 auth default
                    reset
                    ping
                    """);
        }
    }

    @Test
    void factsAreThoseOfRedis() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            SpecComparison facts = new SpecComparison(oracle);
            new ConnectionCommands().commands().stream()
                    .filter(c -> !c.spec().name().equals("CLIENT") && !c.spec().name().equals("QUIT"))
                    .forEach(facts::compare);
        }
    }

    @Test
    void helloSwitchesTheProtocol() {
        LocalClient client = engine.client;
        String three = client.run("HELLO", "3", "SETNAME", "bob");
        assertTrue(three.startsWith("%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n7.2.6\r\n"
                + "$5\r\nproto\r\n:3\r\n"), three);
        assertEquals("$3\r\nbob\r\n", client.run("CLIENT", "GETNAME"));
        assertEquals(3, client.session().protocol());
        assertTrue(client.run("HELLO", "2").startsWith("*14\r\n"));
    }

    @Test
    void listShowsWhatClientsSayOfThemselves() {
        LocalClient client = engine.client;
        assertEquals("+OK\r\n", client.run("CLIENT", "SETINFO", "LIB-NAME", "redis-py"));
        assertEquals("+OK\r\n", client.run("CLIENT", "SETINFO", "lib-ver", "5.0"));
        assertEquals("-ERR lib-name cannot contain spaces, newlines or special characters.\r\n",
                client.run("CLIENT", "SETINFO", "LIB-NAME", "a b"));
        assertEquals("-ERR Unrecognized option 'foo'\r\n", client.run("CLIENT", "SETINFO", "foo", "x"));
        client.run("CLIENT", "SETNAME", "bob");
        String line = client.run("CLIENT", "LIST");
        for (String part : new String[] {"id=1 ", " addr=127.0.0.1:0 ", " name=bob ", " db=0 ", " cmd=client|list ",
            " user=default ", " resp=2 ", " lib-name=redis-py ", " lib-ver=5.0"}) {
            assertTrue(line.contains(part), part + " in " + line);
        }
    }

    @Test
    void killClosesOthersAndSparesTheCaller() throws IOException {
        try (LocalClient other = new LocalClient(engine.dispatcher)) {
            assertEquals(":1\r\n", engine.client.run("CLIENT", "KILL", "ID", String.valueOf(other.session().id())));
            assertTrue(other.closed());
            assertEquals(":0\r\n", engine.client.run("CLIENT", "KILL", "ID", "1"));
            assertEquals(":1\r\n", engine.client.run("CLIENT", "KILL", "ID", "1", "SKIPME", "no"));
            assertTrue(engine.client.session().closing());
        }
    }

    @Test
    void resetForgetsEverything() {
        LocalClient client = engine.client;
        client.run("HELLO", "3");
        client.run("CLIENT", "SETNAME", "bob");
        client.run("SELECT", "4");
        client.run("CLIENT", "NO-TOUCH", "on");
        assertEquals("+RESET\r\n", client.run("RESET"));
        assertEquals("$-1\r\n", client.run("CLIENT", "GETNAME"));
        assertEquals(0, client.session().database());
        assertEquals(2, client.session().protocol());
    }
}
