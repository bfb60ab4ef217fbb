package io.releve.engine.pubsub;

import io.releve.bytes.Bytes;
import io.releve.command.KeyEvent;
import io.releve.config.Directive;
import io.releve.engine.Subscriptions.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keyspace events as messages (redis.io, Keyspace notifications). */
public final class Notifications {
    /** Which classes of events are published, and where. */
    public static final Directive<Classes> DIRECTIVE =
            Directive.of("notify-keyspace-events", new Format(), new Classes(false, false, Set.of()));

    /** The classes that {@code A} stands for. */
    private static final Set<KeyEvent> ALL = EnumSet.complementOf(EnumSet.of(KeyEvent.KEY_MISS, KeyEvent.NEW));

    /**
     * What is published.
     *
     * @param keyspace to {@code __keyspace@<db>__:<key>}
     * @param keyevent to {@code __keyevent@<db>__:<event>}
     * @param events which classes
     */
    public record Classes(boolean keyspace, boolean keyevent, Set<KeyEvent> events) {
        /** Whether anything is published at all. */
        public boolean any() {
            return (keyspace || keyevent) && !events.isEmpty();
        }
    }

    /** Letters in any order; shown as Redis shows them. */
    private static final class Format implements Directive.Format<Classes> {
        @Override
        public Classes parse(List<String> words) {
            boolean keyspace = false;
            boolean keyevent = false;
            EnumSet<KeyEvent> events = EnumSet.noneOf(KeyEvent.class);
            for (char letter : String.join("", words).toCharArray()) {
                if (letter == 'K') {
                    keyspace = true;
                } else if (letter == 'E') {
                    keyevent = true;
                } else if (letter == 'A') {
                    events.addAll(ALL);
                } else {
                    events.add(event(letter));
                }
            }
            return new Classes(keyspace, keyevent, events);
        }

        private static KeyEvent event(char letter) {
            for (KeyEvent event : KeyEvent.values()) {
                if (event.letter() == letter) {
                    return event;
                }
            }
            throw new IllegalArgumentException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
        }

        @Override
        public String show(Classes classes) {
            StringBuilder text = new StringBuilder();
            boolean all = classes.events().containsAll(ALL);
            text.append(all ? "A" : "");
            for (KeyEvent event : List.of(KeyEvent.GENERIC, KeyEvent.STRING, KeyEvent.LIST, KeyEvent.SET, KeyEvent.HASH,
                    KeyEvent.SORTED_SET, KeyEvent.EXPIRED, KeyEvent.EVICTED, KeyEvent.STREAM, KeyEvent.MODULE,
                    KeyEvent.NEW)) {
                if (!all && classes.events().contains(event)) {
                    text.append(event.letter());
                }
            }
            text.append(classes.keyspace() ? "K" : "").append(classes.keyevent() ? "E" : "");
            return text.append(classes.events().contains(KeyEvent.KEY_MISS) ? "m" : "").toString();
        }
    }

    private final Channels channels;
    private volatile Classes classes = DIRECTIVE.defaultValue();

    public Notifications(Channels channels) {
        this.channels = channels;
    }

    public void classes(Classes newClasses) {
        classes = newClasses;
    }

    /** Publishes an event, if it is of a chosen class and anybody listens. */
    public void publish(int database, Bytes key, KeyEvent type, String event) {
        Classes chosen = classes;
        if (!chosen.events().contains(type) || !channels.heard()) {
            return;
        }
        if (chosen.keyspace()) {
            Bytes prefix = Bytes.of("__keyspace@" + database + "__:");
            byte[] channel = new byte[prefix.length() + key.length()];
            prefix.copyTo(0, channel, 0, prefix.length());
            key.copyTo(0, channel, prefix.length(), key.length());
            channels.deliver(Kind.CHANNEL, new Bytes(channel), Bytes.of(event));
        }
        if (chosen.keyevent()) {
            channels.deliver(Kind.CHANNEL, Bytes.of("__keyevent@" + database + "__:" + event), key);
        }
    }
}
