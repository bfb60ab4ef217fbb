package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

final class SetModel extends ValueModel {
    private Set<Bytes> members = new LinkedHashSet<>();
    private String encoding = "intset";

    SetModel(EncodingLimits limits, int pool) {
        super(Type.SET, limits, pool);
    }

    @Override
    ValueModel duplicate() {
        SetModel copy = new SetModel(limits, pool);
        copy.members.addAll(members);
        copy.encoding = encoding;
        return copy;
    }

    @Override
    long size() {
        return members.size();
    }

    @Override
    void add(Random random, Value value) {
        // Every other set begins with integers.
        boolean integer = encoding.equals("intset") && random.nextInt(50) > 0;
        int number = random.nextInt(pool);
        put(value, integer ? Bytes.of(Integer.toString(number - pool / 2)) : element(number));
    }

    private void put(Value value, Bytes member) {
        boolean added = !members.contains(member);
        assertEquals(added, ((SetValue) value).add(member));
        if (added) {
            if (encoding.equals("intset")) {
                convert(member);
            } else {
                members.add(member);
                outgrow(limits.setEntries(), member);
            }
        }
    }

    private void convert(Bytes member) {
        if (Numbers.isInteger(member)) {
            members.add(member);
            if (members.size() > limits.setIntegers()) {
                encoding = "hashtable";
            }
        } else {
            members = new LinkedHashSet<>(ascending());
            members.add(member);
            encoding = "listpack";
            outgrow(limits.setEntries(), member);
        }
    }

    private void outgrow(int entries, Bytes member) {
        if (members.size() > entries || member.length() > limits.setValue()) {
            encoding = "hashtable";
        }
    }

    private List<Bytes> ascending() {
        return members.stream().sorted((a, b) -> Long.compare(Numbers.integer(a), Numbers.integer(b))).toList();
    }

    @Override
    void change(Random random, Value value) {
        SetValue set = (SetValue) value;
        if (random.nextInt(5) < 3) {
            add(random, value);
        } else {
            Bytes member = encoding.equals("intset") ? Bytes.of(Integer.toString(random.nextInt(pool) - pool / 2))
                    : element(random.nextInt(pool));
            assertEquals(members.remove(member), set.remove(member));
        }
        assertEquals(members.size(), set.size());
    }

    @Override
    void removeAt(double position, Value value) {
        ((SetValue) value).random(new Random((long) (position * 1e9)), target);
        Bytes chosen = target.copy();
        assertTrue(members.remove(chosen));
        assertTrue(((SetValue) value).remove(chosen));
    }

    @Override
    void compareContent(Random random, Value value) {
        SetValue set = (SetValue) value;
        assertEquals(members.size(), set.size());
        assertEquals(encoding, set.encoding());
        List<Bytes> seen = new ArrayList<>();
        set.visit(member -> seen.add(member.copy()));
        if (encoding.equals("intset")) {
            assertEquals(ascending(), seen);
        } else if (encoding.equals("listpack")) {
            assertEquals(List.copyOf(members), seen, "the order of addition");
        } else {
            assertEquals(members, new HashSet<>(seen));
            assertEquals(members.size(), seen.size());
        }
        Set<Bytes> scanned = new HashSet<>();
        long cursor = 0;
        do {
            cursor = set.scan(cursor, 100, member -> scanned.add(member.copy()));
        } while (cursor != 0);
        assertEquals(members, scanned);
        for (int i = 0; i < 20; i++) {
            Bytes member = element(random.nextInt(pool));
            assertEquals(members.contains(member), set.contains(member));
        }
    }
}
