package io.releve.acl.core;

import io.releve.commands.admin.AdminCommands;
import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.hashes.HashCommands;
import io.releve.commands.keys.KeyCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.pubsub.PubSubCommands;
import io.releve.commands.scripting.ScriptingCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.LocalClient;
import io.releve.contracts.RawReply;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An engine that knows users, and clients of it. */
final class AclEngine implements AutoCloseable {
    final TestEngine engine;
    final LocalClient admin;
    private final List<LocalClient> clients = new ArrayList<>();

    AclEngine(Clock clock, String... settings) throws IOException {
        engine = new TestEngine(clock, new AclCommands(), new StringCommands(), new ListCommands(), new HashCommands(),
                new KeyCommands(), new PubSubCommands(), new ConnectionCommands(), new AdminCommands(),
                new ScriptingCommands());
        engine.declare(new AclDirectives());
        for (int i = 0; i < settings.length; i += 2) {
            engine.set(settings[i], settings[i + 1]);
        }
        engine.authorizer(new AclAuthorizer(List.of()));
        admin = engine.client;
    }

    /** A further client. */
    LocalClient client() {
        LocalClient client = new LocalClient(engine.dispatcher);
        clients.add(client);
        return client;
    }

    /** A further client that runs as a user, who is made with these rules. */
    LocalClient user(String name, String... rules) {
        set(name, rules);
        set(name, "on", ">pw");
        LocalClient client = client();
        if (!client.run("auth", name, "pw").equals("+OK\r\n")) {
            throw new AssertionError(name);
        }
        return client;
    }

    void set(String name, String... rules) {
        List<String> words = new ArrayList<>(List.of("acl", "setuser", name));
        words.addAll(List.of(rules));
        Object answer = ask(admin, words.toArray(String[]::new));
        if (!"OK".equals(answer)) {
            throw new AssertionError(answer);
        }
    }

    /** What a client hears, see {@link RawReply}. */
    static Object ask(LocalClient client, String... words) {
        return RawReply.parse(client.run(words));
    }

    @Override
    public void close() throws IOException {
        clients.forEach(LocalClient::close);
        engine.close();
    }
}
