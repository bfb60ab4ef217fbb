package io.releve.engine.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table beside a plain map, and prefixes. */
class TrackingTableTest {
    @Test
    void theTableDoesWhatAMapDoes() {
        SplittableRandom random = new SplittableRandom(7);
        TrackingTable table = new TrackingTable();
        Map<Bytes, TreeSet<Long>> model = new HashMap<>();
        Bytes forgotten = new Bytes();
        for (int i = 0; i < 200_000; i++) {
            Bytes key = key(random.nextInt(3000));
            int what = random.nextInt(100);
            if (what < 70) {
                long client = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 2);
                table.add(key, client);
                model.computeIfAbsent(key, k -> new TreeSet<>()).add(client);
            } else if (what < 95) {
                assertArrayEquals(ids(model.remove(key)), table.remove(key));
            } else if (what < 99) {
                long[] ids = table.removeAny(random, forgotten);
                assertArrayEquals(ids(model.remove(forgotten)), ids);
            } else if (random.nextInt(100) == 0) {
                table.clear();
                model.clear();
            }
            assertEquals(model.size(), table.size());
        }
        assertEquals(model.values().stream().mapToLong(TreeSet::size).sum(), table.items());
        model.forEach((key, clients) -> assertArrayEquals(ids(clients), table.remove(key)));
        assertEquals(0, table.size());
        assertEquals(0, table.items());
    }

    /** Of every length around that up to which keys are kept in the slot, in the middle of other bytes. */
    private static Bytes key(int number) {
        byte[] text = ("xkey" + number + "\0".repeat(number % 23) + "x").getBytes(StandardCharsets.ISO_8859_1);
        return new Bytes(text, 1, text.length - 2);
    }

    private static long[] ids(TreeSet<Long> clients) {
        return clients == null ? new long[0] : clients.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void prefixesGatherWhatHasChanged() {
        Prefixes<String> prefixes = new Prefixes<>();
        List<String> heard = new ArrayList<>();
        prefixes.add(Bytes.of("a"), "one");
        prefixes.add(Bytes.of("ab"), "two");
        prefixes.add(new Bytes(), "three");
        prefixes.changed(Bytes.of("b"), null);
        prefixes.changed(Bytes.of("abc"), "two");
        prefixes.changed(Bytes.of("abc"), "two");
        prefixes.changed(Bytes.of("aa"), "one");
        prefixes.tell(client -> !client.equals("one"), (client, keys) -> heard.add(client + keys));
        assertEquals(List.of("three[aa, abc, b]", "one[aa, abc]"), heard);
        prefixes.tell(client -> false, (client, keys) -> heard.add(client));
        prefixes.remove(List.of(Bytes.of("a"), Bytes.of("none")), "one");
        assertEquals(2, heard.size());
        assertEquals(2, prefixes.size());
    }
}
