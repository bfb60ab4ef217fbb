package io.releve.command;

/** Classes of keyspace events with their letters in {@code notify-keyspace-events} (redis.io, Keyspace notifications). */
public enum KeyEvent {
    GENERIC('g'), STRING('$'), LIST('l'), SET('s'), HASH('h'), SORTED_SET('z'), STREAM('t'),
    EXPIRED('x'), EVICTED('e'), MODULE('d'), KEY_MISS('m'), NEW('n');

    private final char letter;

    KeyEvent(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
