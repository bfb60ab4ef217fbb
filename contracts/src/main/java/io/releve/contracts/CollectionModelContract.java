package io.releve.contracts;

import static io.releve.contracts.Samples.settle;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random operations on collections of all types and on models of them, which must not differ. */
interface CollectionModelContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    /** The limits it was opened with. */
    EncodingLimits limits();

    /** Whether data can be found again after a clean stop. */
    boolean isPersistent();

    /** Closes the keyspace, keeping the data, and opens it again. */
    Keyspace reopen() throws IOException;

    /** Bytes an emptied keyspace may show more than before it was filled. */
    long unreturned();

    @Test
    default void fewCollectionsOfAllTypesBehaveAsTheModel() {
        new MixedModel(keyspace(), limits(), 201, 12, 2, 60).run(12_000, 6);
    }

    @Test
    default void manyCollectionsOfAllTypesBehaveAsTheModel() {
        new MixedModel(keyspace(), limits(), 202, 2000, 3, 40).run(20_000, 3);
    }

    @Test
    default void largerCollectionsOfAllTypesBehaveAsTheModel() {
        new MixedModel(keyspace(), limits(), 203, 8, 2, 3000).run(1500, 4);
    }

    @Test
    default void limitsMayChangeInBetween() {
        MixedModel model = new MixedModel(keyspace(), limits(), 204, 20, 2, 100);
        for (int round = 0; round < 10; round++) {
            long entries = round % 3 == 0 ? 5 : round % 3 == 1 ? 200 : 20_000;
            limits().set(EncodingLimits.HASH_ENTRIES, entries);
            limits().set(EncodingLimits.HASH_VALUE, entries);
            limits().set(EncodingLimits.SET_ENTRIES, entries);
            limits().set(EncodingLimits.SET_VALUE, Math.max(20, entries));
            limits().set(EncodingLimits.SET_INTSET_ENTRIES, entries);
            limits().set(EncodingLimits.SORTED_SET_ENTRIES, entries);
            limits().set(EncodingLimits.SORTED_SET_VALUE, entries);
            limits().set(EncodingLimits.LIST_SIZE, round % 2 == 0 ? entries : -5);
            limits().set(EncodingLimits.STREAM_ENTRIES, entries);
            model.run(1000, 1);
        }
    }

    @Test
    default void collectionsGrowAndShrink() {
        for (Type type : Views.COLLECTIONS) {
            Random random = new Random(205);
            Keyspace keyspace = keyspace();
            Database database = keyspace.database(0);
            ValueModel model = ValueModel.of(type, limits(), 150_000);
            Value value = database.create(text("k"), type, 0);
            for (int i = 0; model.size() < 100_000; i++) {
                model.add(random, value);
                if (i % 1000 == 0) {
                    keyspace.endCall();
                    value = database.find(text("k"));
                    Samples.step(keyspace);
                }
                if (i % 40_000 == 20_000) {
                    model.compare(random, value);
                }
            }
            model.compare(random, value);
            long full = value.memory();
            int[] checks = {50_000, 10_000, 1000, 100, 20, 5};
            for (int check : checks) {
                while (model.size() > check) {
                    model.removeAt(random.nextDouble(), value);
                    if (model.size() % 1000 == 0) {
                        keyspace.endCall();
                        value = database.find(text("k"));
                        Samples.step(keyspace);
                    }
                }
                model.compare(random, value);
            }
            long small = value.memory();
            assertTrue(small < full / 20, () -> type + " of 5 elements takes " + small + ", of 100,000 " + full);
            for (int i = 0; i < 5; i++) {
                model.removeAt(random.nextDouble(), value);
            }
            assertEquals(0, Views.size(value));
            keyspace.endCall();
            if (type == Type.STREAM) {
                assertTrue(database.remove(text("k")));
            }
            assertNull(database.find(text("k")));
            assertEquals(0, database.size());
        }
    }

    @Test
    default void booksBalance() {
        Keyspace keyspace = keyspace();
        MixedModel warm = new MixedModel(keyspace, limits(), 206, 300, 3, 100);
        warm.run(3000, 1);
        warm.removeAll();
        settle(keyspace);
        long before = keyspace.usedMemory();
        for (int round = 0; round < 3; round++) {
            int pool = round == 1 ? 3000 : 80;
            MixedModel model = new MixedModel(keyspace, limits(), 207 + round, pool > 100 ? 20 : 300, 3, pool);
            model.run(pool > 100 ? 800 : 6000, 1);
            model.removeAll();
            settle(keyspace);
            long left = keyspace.usedMemory() - before;
            assertTrue(left <= unreturned(), () -> left + " bytes were not given back");
        }
    }

    @Test
    default void collectionsAreFoundAgainAfterACleanStop() throws IOException {
        assumeTrue(isPersistent(), "not persistent");
        MixedModel few = new MixedModel(keyspace(), limits(), 211, 10, 2, 3000);
        few.run(800, 1);
        for (int round = 0; round < 4; round++) {
            few.use(reopen());
            few.compareAll();
            few.run(300, 1);
        }
        for (int d = 0; d < 2; d++) {
            keyspace().database(d).clear();
        }
        keyspace().endCall();
        MixedModel many = new MixedModel(keyspace(), limits(), 212, 3000, 3, 30);
        for (int round = 0; round < 3; round++) {
            many.run(6000, 1);
            many.use(reopen());
            many.compareAll();
        }
        many.removeAll();
        many.use(reopen());
        many.compareAll();
    }
}
