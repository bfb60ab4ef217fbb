package io.releve.commands.keys;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/**
 * A pattern of BY or GET: the star stands for the element, what follows {@code ->} is the field of a hash; {@code #} is
 * the element itself.
 */
final class SortPattern {
    private final byte[] pattern;
    private final int star;
    /** Where the name of the key ends. */
    private final int keyEnd;
    /** Null: the key holds a string. */
    private final Bytes field;
    private final Bytes found = new Bytes();
    private final Bytes key = new Bytes();
    private byte[] name = {};

    SortPattern(Bytes text) {
        pattern = text.toByteArray();
        star = find('*', 0);
        int arrow = star < 0 ? -1 : find('-', star);
        while (arrow >= 0 && !(arrow + 1 < pattern.length && pattern[arrow + 1] == '>')) {
            arrow = find('-', arrow + 1);
        }
        boolean named = arrow >= 0 && arrow + 2 < pattern.length;
        keyEnd = named ? arrow : pattern.length;
        field = named ? new Bytes(pattern, arrow + 2, pattern.length - arrow - 2) : null;
    }

    private int find(char wanted, int from) {
        for (int i = from; i < pattern.length; i++) {
            if (pattern[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it has no star, so that nothing depends on the element. */
    boolean isConstant() {
        return star < 0;
    }

    private boolean isElement() {
        return pattern.length == 1 && pattern[0] == '#';
    }

    /** What belongs to an element, or null; valid until the next lookup. */
    ByteSource find(Call call, byte[] element) {
        if (isElement()) {
            return found.set(element, 0, element.length);
        }
        if (star < 0) {
            return null;
        }
        int length = Math.addExact(keyEnd - 1, element.length);
        if (name.length < length) {
            name = new byte[Math.max(length, (int) Math.min(2L * name.length, Integer.MAX_VALUE / 2))];
        }
        System.arraycopy(pattern, 0, name, 0, star);
        System.arraycopy(element, 0, name, star, element.length);
        System.arraycopy(pattern, star + 1, name, star + element.length, keyEnd - star - 1);
        Value value = call.read(key.set(name, 0, length));
        if (field == null) {
            return value instanceof StringValue string ? string : null;
        }
        return value instanceof HashValue hash && hash.get(field, found) ? found : null;
    }
}
