package io.releve.log.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.log.ChangeLog.Reader;
import io.releve.log.ChangeLog.Subscription;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.log.Subscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Histories, and the stream as replicas read it. */
class OrderedLogTest {
    private static final String ID = "0123456789".repeat(4);
    private static final String OTHER = "abcdef0123".repeat(4);

    private final OrderedLog log = new OrderedLog();

    private record Request(String... words) implements Arguments {
        @Override
        public int size() {
            return words.length;
        }

        @Override
        public Bytes get(int i) {
            return Bytes.of(words[i]);
        }

        @Override
        public long integer(int i) {
            return Long.parseLong(words[i]);
        }

        @Override
        public double decimal(int i) {
            return Double.parseDouble(words[i]);
        }
    }

    private static final Subscriber SILENT = new Subscriber() {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public void entry(Entry entry) {
            // not looked at
        }

        @Override
        public void flush(long position) {
            // nothing waits
        }
    };

    private void set(int database) {
        log.append(Entry.Kind.EFFECT, database, 0, new Request("SET", "k", "v"));
    }

    private static String read(Reader reader) {
        StringBuilder text = new StringBuilder();
        while (reader.available() > 0) {
            ByteBuffer bytes = reader.peek();
            int count = bytes.remaining();
            text.append(StandardCharsets.ISO_8859_1.decode(bytes));
            reader.skip(count);
        }
        return text.toString().replaceAll("\\*\\d+\r\n|\\$\\d+\r\n", "").replace("\r\n", " ").trim();
    }

    @Test
    void whoBeginsToReadSeesTheDatabaseSelectedAndWhoGoesOnDoesNot() {
        log.remember(1 << 20);
        set(3);
        Reader first = log.reader();
        set(3);
        long position = log.position();
        set(3);
        Reader second = log.reader(position);
        assertEquals("SELECT 3 SET k v SET k v", read(first));
        assertEquals("SET k v", read(second));
        assertEquals(3, log.selected());
    }

    @Test
    void anotherServersBytesAreTakenAsTheyAre() {
        log.remember(1 << 20);
        log.adopt(ID, 1000, 5);
        Reader reader = log.reader(1000);
        byte[] bytes = "*1\r\n$4\r\nPiNg\r\n".getBytes(StandardCharsets.US_ASCII);
        log.appendForeign(Entry.Kind.CONTROL, 5, 0, new Request("PiNg"), new Bytes(bytes));
        assertEquals(1000 + bytes.length, log.position());
        assertEquals(1000, log.changed());
        assertEquals("PiNg", read(reader));
        assertEquals(new History(ID, 1000 + bytes.length, true, 5), log.place());
        log.fork();
        assertNotEquals(ID, log.replicationId());
        assertEquals(ID, log.secondReplicationId());
        assertEquals(log.position(), log.secondPosition());
        set(5);
        assertEquals("SELECT 5 SET k v", read(reader));
    }

    @Test
    void readersOfAnotherHistoryAreLost() {
        log.remember(1 << 20);
        Reader reader = log.reader();
        set(0);
        log.adopt(ID, 7, 0);
        assertTrue(reader.lost());
        assertEquals(7, log.firstRemembered());
    }

    @Test
    void afterAnUncleanEndTheOldIdIsTheSecond() {
        log.restore(new History(ID, 100, false, 2));
        assertNotEquals(ID, log.replicationId());
        assertEquals(ID, log.secondReplicationId());
        assertEquals(100, log.secondPosition());
        log.rename(OTHER);
        assertEquals(OTHER, log.replicationId());
    }

    @Test
    void whatNobodyHasSeenIsNoPartOfTheHistory() {
        log.restore(new History(ID, 100, true, 0));
        Subscription subscription = log.subscribe(SILENT, false);
        log.opened();
        assertEquals(ID, log.replicationId(), "seen from the start");
        subscription.close();
        assertNull(log.place());
        log.subscribe(SILENT, false);
        assertNotEquals(ID, log.replicationId(), "something may have changed unseen");
        assertNotEquals(ID, log.secondReplicationId());
    }
}
