package io.releve.acl.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions;
import io.releve.engine.Subscriptions.Kind;
import io.releve.security.Denial;
import io.releve.security.User;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A user. Sessions hold it; its rights are exchanged as a whole, and count from the next request on. */
final class Account implements User {
    /** One byte a character. */
    private final String key;
    private final String name;
    private Rights rights;
    private Selector[] selectors;
    private volatile boolean mayDoAll;

    Account(String key, Rights rights) {
        this.key = key;
        name = Names.utf8(key);
        rights(rights);
    }

    String key() {
        return key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayDoAll() {
        return mayDoAll;
    }

    Rights rights() {
        return rights;
    }

    void rights(Rights now) {
        rights = now;
        selectors = now.all().toArray(Selector[]::new);
        mayDoAll = Arrays.stream(selectors).anyMatch(Selector::allowsAll);
    }

    boolean authenticates(byte[] password) {
        // the hash is made in any case, so that time does not tell who needs none
        boolean known = rights.passwords().contains(Passwords.hash(password));
        return rights.on() && (known || rights.nopass());
    }

    /** What is missing: of all selectors that do not allow it, from the one that came nearest. */
    Denial check(CommandSpec command, Arguments request) {
        int nearest = 0;
        for (Selector selector : selectors) {
            int outcome = selector.check(command, request);
            if (outcome == Selector.ALLOWED) {
                return null;
            }
            nearest = Math.max(nearest, outcome);
        }
        Denial.Kind kind = Selector.kind(nearest);
        return switch (kind) {
            case COMMAND -> {
                String shown = command.name().toLowerCase(Locale.ROOT);
                yield new Denial(kind, shown, "User " + name + " has no permissions to run the '" + shown + "' command");
            }
            case KEY -> new Denial(kind, request.get(Selector.position(nearest)).latin1(), "No permissions to access a key");
            case CHANNEL -> new Denial(kind, request.get(Selector.position(nearest)).latin1(),
                    "No permissions to access a channel");
        };
    }

    boolean readsEveryKey(CommandSpec command, Arguments request) {
        return Arrays.stream(selectors).anyMatch(selector -> selector.readsEveryKey(command, request));
    }

    /** Whether other rights allow every channel that these allow, rule by rule: then no subscriber has lost anything. */
    boolean keepsChannels(Rights other) {
        boolean everything = other.all().stream().anyMatch(Selector::allowsAllChannels);
        Set<String> kept = new HashSet<>();
        other.all().forEach(selector -> kept.addAll(selector.channels()));
        return everything || Arrays.stream(selectors)
                .allMatch(selector -> !selector.allowsAllChannels() && kept.containsAll(selector.channels()));
    }

    /** Whether a session is subscribed only to what the user may listen to. */
    boolean allowsSubscriptions(Session session, Subscriptions subscriptions) {
        for (Kind kind : Kind.values()) {
            for (Bytes channel : subscriptions.of(session, kind)) {
                if (Arrays.stream(selectors).noneMatch(selector -> selector.allowsChannel(channel, kind == Kind.PATTERN))) {
                    return false;
                }
            }
        }
        return true;
    }
}
