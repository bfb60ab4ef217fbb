package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.engine.SlowLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The slow log: a number of entries, the oldest fall out. Requests are kept short, with the limits of Redis. With the turn. */
final class SlowRequests implements SlowLog {
    private static final int MOST_WORDS = 32;
    private static final int LONGEST_WORD = 128;

    private final ArrayDeque<Entry> newestFirst = new ArrayDeque<>();
    private volatile long most;
    private long nextId;

    /** @param entries that are kept; more than that go with the next one */
    void most(long entries) {
        most = entries;
    }

    void add(ClientSession session, CommandSlot slot, Arguments request, long seconds, long microseconds) {
        newestFirst.addFirst(new Entry(nextId++, seconds, microseconds, shortened(Secrets.without(slot.spec.name(), request)),
                session.connection().remoteAddress(), session.name()));
        while (newestFirst.size() > most) {
            newestFirst.removeLast();
        }
    }

    private static List<byte[]> shortened(Arguments request) {
        int count = Math.min(request.size(), MOST_WORDS);
        List<byte[]> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean rest = i == MOST_WORDS - 1 && request.size() > MOST_WORDS;
            words.add(rest ? text("... (" + (request.size() - i) + " more arguments)") : shortened(request.get(i)));
        }
        return words;
    }

    private static byte[] shortened(Bytes word) {
        if (word.length() <= LONGEST_WORD) {
            return word.toByteArray();
        }
        byte[] more = text("... (" + (word.length() - LONGEST_WORD) + " more bytes)");
        byte[] all = new byte[LONGEST_WORD + more.length];
        word.copyTo(0, all, 0, LONGEST_WORD);
        System.arraycopy(more, 0, all, LONGEST_WORD, more.length);
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public List<Entry> newest(long count) {
        return newestFirst.stream().limit(count < 0 ? Long.MAX_VALUE : count).toList();
    }

    @Override
    public int size() {
        return newestFirst.size();
    }

    @Override
    public void clear() {
        newestFirst.clear();
    }
}
