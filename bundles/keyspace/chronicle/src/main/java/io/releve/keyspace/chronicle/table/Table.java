package io.releve.keyspace.chronicle.table;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.Scratch;
import java.util.random.RandomGenerator;

/**
 * A hash table in pages that grows and shrinks by linear hashing (W. Litwin, 1980): one bucket is split or joined in an
 * insertion or a removal, so none takes long. A bucket is one page of the size it needs; an average bucket has
 * between half of and all of {@value #TARGET} bytes of cells.
 *
 * <p>A cell is the key, packed, then the value: none, eight bytes, or packed. What is longer than {@value #MAX_INSIDE}
 * bytes lies outside; the stand-in of a key is followed by its hash (i64).
 *
 * <p>An object of this class is moved onto a table by {@link #at}. Addresses of cells are valid until the next change.
 * A change that throws {@link FullException} has changed nothing. In the root: {@link BucketList}, then number of keys
 * i64, bytes of cells and slots i64, bytes of buckets and outside strings i64, most cells a bucket has had u32, strings
 * outside u32.
 */
public final class Table {
    /** Bytes in the page of the root. */
    public static final int ROOT = BucketList.ROOT + 32;
    /** Values: none. */
    public static final int NONE = 0;
    /** Values: eight bytes. */
    public static final int FIXED = 8;
    /** Values: byte strings. */
    public static final int PACKED = -1;
    /** Position of the first cell in a bucket. */
    public static final int FIRST_CELL = Bucket.HEADER;
    /** Longest key or value inside a cell. */
    public static final int MAX_INSIDE = 1024;
    /** Bytes of the hash behind the stand-in of a key. */
    public static final int HASH = 8;

    private static final int TARGET = 640;
    private static final int SIZE = BucketList.ROOT;
    private static final int CONTENT = SIZE + 8;
    private static final int MEMORY = SIZE + 16;
    private static final int LARGEST = SIZE + 24;
    private static final int OUTSIDE = SIZE + 28;
    /** Pages that one change may take beside strings outside. */
    private static final int CHANGE = 1 << 16;

    private final PageAllocator pages;
    private final Contents contents;
    private final KeyHash hashing;
    private final int values;
    private final BucketList buckets;
    /** Which cells of a bucket that is split go to the new one. */
    private boolean[] toHigh = new boolean[64];
    private final byte[] comparison = new byte[MAX_INSIDE];
    private long page;
    private int offset;
    private long hash;
    private long number;
    private long bucketPage;
    private int slot;

    /** @param values {@link #NONE}, {@link #FIXED} or {@link #PACKED} */
    public Table(PageAllocator pages, Contents contents, KeyHash hashing, int values) {
        this.pages = pages;
        this.contents = contents;
        this.hashing = hashing;
        this.values = values;
        buckets = new BucketList(pages);
    }

    /** Moves onto the table whose root lies at an offset in a page's content. */
    public Table at(long rootPage, int rootOffset) {
        page = rootPage;
        offset = rootOffset;
        buckets.at(rootPage, rootOffset);
        return this;
    }

    /** Makes an empty table. */
    public void create() {
        long root = edit();
        Memory.zero(root, ROOT);
        buckets.create();
        buckets.add(0);
    }

    private long root() {
        return pages.content(page) + offset;
    }

    private long edit() {
        return pages.edit(page) + offset;
    }

    private void add(int field, long difference) {
        long at = edit() + field;
        Memory.putLong(at, Memory.getLong(at) + difference);
    }

    public long size() {
        return Memory.getLong(root() + SIZE);
    }

    /** Bytes of pages, the root not included. */
    public long memory() {
        return Memory.getLong(root() + MEMORY) + buckets.memory();
    }

    /** The cell of a key, or 0. */
    public long find(Bytes key) {
        byte[] array = key.array();
        hash = hashing.hash(array, Memory.ARRAY + key.offset(), key.length());
        number = numberOf(hash, buckets.count());
        bucketPage = buckets.get(number);
        if (bucketPage == 0) {
            return 0;
        }
        long bucket = pages.content(bucketPage);
        int capacity = pages.capacity(bucketPage);
        for (slot = Bucket.match(bucket, capacity, hash, 0); slot >= 0;
                slot = Bucket.match(bucket, capacity, hash, slot + 1)) {
            long cell = Bucket.cell(bucket, capacity, slot);
            if (isKey(cell, key)) {
                return cell;
            }
        }
        return 0;
    }

    private static long numberOf(long hash, long count) {
        long level = Long.highestOneBit(count);
        long candidate = hash & 2 * level - 1;
        return candidate < count ? candidate : candidate - level;
    }

    private boolean isKey(long cell, Bytes key) {
        if (!Packed.isOutside(cell)) {
            return Packed.equal(cell, key.array(), key.offset(), key.length());
        }
        if (Packed.length(cell) != key.length() || Memory.getLong(cell + Packed.OUTSIDE_SIZE) != hash) {
            return false;
        }
        return contents.equal(Packed.reference(cell), key, comparison);
    }

    private static int keySize(long cell) {
        return Packed.isOutside(cell) ? Packed.OUTSIDE_SIZE + HASH : Packed.sizeAt(cell);
    }

    private int cellSize(long cell) {
        int key = keySize(cell);
        return key + (values >= 0 ? values : Packed.sizeAt(cell + key));
    }

    /** Where a cell's value is. */
    public long value(long cell) {
        return cell + keySize(cell);
    }

    private static int keySizeOf(Bytes key) {
        return key.length() > MAX_INSIDE ? Packed.OUTSIDE_SIZE + HASH : Packed.size(key.length());
    }

    private static int valueSizeOf(Bytes value) {
        return value.length() > MAX_INSIDE ? Packed.OUTSIDE_SIZE : Packed.size(value.length());
    }

    /** Adds a key to a table without values; @return whether it is new */
    public boolean add(Bytes key) {
        if (find(key) != 0) {
            return false;
        }
        long keyPages = prepare(key, null, 0);
        startCell(key, keyPages, 0);
        grow();
        return true;
    }

    /** Sets the eight bytes of a key; @return whether it is new */
    public boolean put(Bytes key, long value) {
        long cell = find(key);
        if (cell != 0) {
            set(value);
            return false;
        }
        insert(key, value);
        return true;
    }

    /** Adds a key that {@link #find} has just not found. */
    public void insert(Bytes key, long value) {
        long keyPages = prepare(key, null, 0);
        Memory.putLong(startCell(key, keyPages, FIXED), value);
        grow();
    }

    /** Sets the eight bytes of the key that {@link #find} has just found. */
    public void set(long value) {
        long bucket = pages.edit(bucketPage);
        Memory.putLong(value(Bucket.cell(bucket, pages.capacity(bucketPage), slot)), value);
    }

    /** Sets the value of a key; @return whether the key is new */
    public boolean put(Bytes key, Bytes value) {
        long cell = find(key);
        if (cell != 0) {
            replace(cell, value);
            return false;
        }
        long valuePages = outside(value);
        long keyPages = prepare(key, value, valuePages);
        writeValue(startCell(key, keyPages, valueSizeOf(value)), value, valuePages);
        grow();
        return true;
    }

    private long outside(Bytes string) {
        if (string.length() <= MAX_INSIDE) {
            return 0;
        }
        long reference = contents.allocate(string.length());
        contents.write(reference, 0, string.array(), string.offset(), string.length());
        return reference;
    }

    /** Does what can fail; @return the pages of a key outside */
    private long prepare(Bytes key, Bytes value, long valuePages) {
        long keyPages = 0;
        try {
            keyPages = outside(key);
            pages.ensure(CHANGE);
        } catch (FullException e) {
            if (keyPages != 0) {
                contents.free(keyPages);
            }
            if (valuePages != 0) {
                contents.free(valuePages);
            }
            throw e;
        }
        if (keyPages != 0) {
            countOutside(keyPages, 1);
        }
        if (valuePages != 0) {
            countOutside(valuePages, 1);
        }
        return keyPages;
    }

    private void countOutside(long reference, int sign) {
        add(MEMORY, sign * contents.memory(reference));
        long at = edit() + OUTSIDE;
        Memory.putInt(at, Memory.getInt(at) + sign);
    }

    private void freeOutside(long at) {
        if (Packed.isOutside(at)) {
            countOutside(Packed.reference(at), -1);
            contents.free(Packed.reference(at));
        }
    }

    /** Makes a cell in the bucket just looked at; @return where its value is to be written */
    private long startCell(Bytes key, long keyPages, int valueSize) {
        int size = keySizeOf(key) + valueSize;
        long at = append(size, hash);
        add(SIZE, 1);
        if (keyPages == 0) {
            return Packed.write(at, key.array(), key.offset(), key.length());
        }
        long behind = Packed.writeOutside(at, key.length(), keyPages);
        Memory.putLong(behind, hash);
        return behind + HASH;
    }

    private static void writeValue(long at, Bytes value, long valuePages) {
        if (valuePages == 0) {
            Packed.write(at, value.array(), value.offset(), value.length());
        } else {
            Packed.writeOutside(at, value.length(), valuePages);
        }
    }

    /** Room for a cell in the bucket just looked at. */
    private long append(int size, long cellHash) {
        if (bucketPage == 0) {
            bucketPage = allocate(Bucket.room(Bucket.HEADER + Bucket.SLOT + size));
            Bucket.initialize(pages.edit(bucketPage));
            buckets.set(number, bucketPage);
        } else {
            int needed = Bucket.used(pages.content(bucketPage)) + Bucket.SLOT + size;
            if (needed > pages.capacity(bucketPage)) {
                resize(Bucket.room(needed));
            }
        }
        long bucket = pages.edit(bucketPage);
        add(CONTENT, size + Bucket.SLOT);
        long at = Bucket.append(bucket, pages.capacity(bucketPage), size, Bucket.fingerprint(cellHash));
        noteCount(Bucket.count(bucket));
        return at;
    }

    private void noteCount(int count) {
        long at = edit() + LARGEST;
        if (Memory.getInt(at) < count) {
            Memory.putInt(at, count);
        }
    }

    private long allocate(int room) {
        long bucket = pages.allocate(room, PageAllocator.TYPE_BUCKET);
        add(MEMORY, pages.capacity(bucket) + PageAllocator.HEADER);
        return bucket;
    }

    private void free(long bucket) {
        add(MEMORY, -pages.capacity(bucket) - PageAllocator.HEADER);
        pages.free(bucket);
    }

    private void resize(int room) {
        long other = allocate(room);
        Bucket.copy(pages.content(bucketPage), pages.capacity(bucketPage), pages.edit(other), pages.capacity(other));
        free(bucketPage);
        bucketPage = other;
        buckets.set(number, other);
    }

    private void replace(long cell, Bytes value) {
        long at = value(cell);
        int size = valueSizeOf(value);
        if (value.length() <= MAX_INSIDE && !Packed.isOutside(at) && Packed.sizeAt(at) == size) {
            long behind = at - pages.content(bucketPage);
            writeValue(pages.edit(bucketPage) + behind, value, 0);
            return;
        }
        long valuePages = outside(value);
        try {
            pages.ensure(CHANGE);
        } catch (FullException e) {
            if (valuePages != 0) {
                contents.free(valuePages);
            }
            throw e;
        }
        if (valuePages != 0) {
            countOutside(valuePages, 1);
        }
        freeOutside(at);
        int keySize = keySize(cell);
        byte[] keyBytes = comparison.length >= keySize ? comparison : new byte[keySize];
        Memory.copy(cell, keyBytes, 0, keySize);
        removeCell(cellSize(cell));
        long copy = append(keySize + size, hash);
        Memory.copy(keyBytes, 0, copy, keySize);
        writeValue(copy + keySize, value, valuePages);
        grow();
    }

    private void removeCell(int size) {
        long bucket = pages.edit(bucketPage);
        Bucket.remove(bucket, pages.capacity(bucketPage), slot, size);
        add(CONTENT, -size - Bucket.SLOT);
    }

    /** @return whether the key was there */
    public boolean remove(Bytes key) {
        long cell = find(key);
        if (cell == 0) {
            return false;
        }
        removeFound(cell);
        return true;
    }

    /** Removes the cell that {@link #find} has just found. Does not fail. */
    public void removeFound(long cell) {
        freeOutside(cell);
        if (values == PACKED) {
            freeOutside(value(cell));
        }
        removeCell(cellSize(cell));
        add(SIZE, -1);
        long bucket = pages.content(bucketPage);
        if (Bucket.count(bucket) == 0) {
            free(bucketPage);
            buckets.set(number, 0);
        } else if (8 * Bucket.used(bucket) < 5 * pages.capacity(bucketPage) && pages.hasRoom()) {
            int room = Bucket.room(Bucket.used(bucket));
            if (room < pages.capacity(bucketPage)) {
                resize(room);
            }
        }
        long count = buckets.count();
        if (count > 1 && Memory.getLong(root() + CONTENT) < count * TARGET / 2 && pages.hasRoom()) {
            join();
        }
    }

    private void grow() {
        if (Memory.getLong(root() + CONTENT) > buckets.count() * TARGET) {
            split();
        }
    }

    /** Splits the next bucket in two. */
    private void split() {
        long count = buckets.count();
        long level = Long.highestOneBit(count);
        long from = count - level;
        long old = buckets.get(from);
        buckets.add(0);
        if (old == 0) {
            return;
        }
        long bucket = pages.content(old);
        int capacity = pages.capacity(old);
        int cells = Bucket.count(bucket);
        if (toHigh.length < cells) {
            toHigh = new boolean[2 * cells];
        }
        int moved = 0;
        int movedSize = 0;
        for (int i = 0; i < cells; i++) {
            long cell = Bucket.cell(bucket, capacity, i);
            toHigh[i] = (hashOf(cell) & level) != 0;
            if (toHigh[i]) {
                moved++;
                movedSize += cellSize(cell) + Bucket.SLOT;
            }
        }
        if (moved == cells) {
            buckets.set(count, old);
            buckets.set(from, 0);
        } else if (moved != 0) {
            long low = allocate(Bucket.room(Bucket.used(bucket) - movedSize));
            long high = allocate(Bucket.room(Bucket.HEADER + movedSize));
            Bucket.initialize(pages.edit(low));
            Bucket.initialize(pages.edit(high));
            for (int i = 0; i < cells; i++) {
                copyCell(bucket, capacity, i, toHigh[i] ? high : low);
            }
            free(old);
            buckets.set(from, low);
            buckets.set(count, high);
        }
    }

    private long hashOf(long cell) {
        return Packed.isOutside(cell) ? Memory.getLong(cell + Packed.OUTSIDE_SIZE)
                : hashing.hash(null, cell + Packed.header(cell), Packed.length(cell));
    }

    private void copyCell(long bucket, int capacity, int i, long target) {
        long cell = Bucket.cell(bucket, capacity, i);
        int size = cellSize(cell);
        int fingerprint = Bucket.fingerprint(bucket, capacity, i);
        long copy = Bucket.append(pages.edit(target), pages.capacity(target), size, fingerprint);
        Memory.copy(cell, copy, size);
    }

    /** Takes the last split back. */
    private void join() {
        long last = buckets.count() - 1;
        long into = last - Long.highestOneBit(last);
        long high = buckets.get(last);
        buckets.removeLast();
        if (high == 0) {
            return;
        }
        long low = buckets.get(into);
        if (low == 0) {
            buckets.set(into, high);
            return;
        }
        long lowBucket = pages.content(low);
        long highBucket = pages.content(high);
        long whole = allocate(Bucket.room(Bucket.used(lowBucket) + Bucket.used(highBucket)));
        Bucket.copy(lowBucket, pages.capacity(low), pages.edit(whole), pages.capacity(whole));
        for (int i = 0; i < Bucket.count(highBucket); i++) {
            copyCell(highBucket, pages.capacity(high), i, whole);
        }
        noteCount(Bucket.count(pages.content(whole)));
        free(low);
        free(high);
        buckets.set(into, whole);
    }

    /** A cell chosen uniformly; there is one. */
    public long random(RandomGenerator generator) {
        long count = buckets.count();
        int largest = Memory.getInt(root() + LARGEST);
        while (true) {
            long chosen = buckets.get(generator.nextLong(count));
            int i = generator.nextInt(largest);
            if (chosen != 0 && i < Bucket.count(pages.content(chosen))) {
                return Bucket.cell(pages.content(chosen), pages.capacity(chosen), i);
            }
        }
    }

    /** Number of buckets: they are numbered from 0 on. */
    public long buckets() {
        return buckets.count();
    }

    /** Copies a bucket to the heap, the first cell at {@link #FIRST_CELL}; @return its number of cells */
    public int load(long bucketNumber, Scratch target) {
        long found = buckets.get(bucketNumber);
        if (found == 0) {
            return 0;
        }
        long bucket = pages.content(found);
        int length = Bucket.HEADER + Bucket.cells(bucket);
        Memory.copy(bucket, target.atLeast(length), 0, length);
        return Bucket.count(bucket);
    }

    /** Buckets belong together that differ in this bit of their number: a step of a scan visits them all. */
    public long level() {
        return Long.highestOneBit(buckets.count());
    }

    /** The cursor after this one: counting in reversed bits keeps it meaningful while the table grows and shrinks. */
    public long after(long cursor) {
        return Long.reverse(Long.reverse(cursor | -level()) + 1);
    }

    /** Fills this new table with a copy of another; the pages were ensured. */
    public void copyOf(Table source) {
        buckets.removeLast();
        for (long i = 0; i < source.buckets.count(); i++) {
            long original = source.buckets.get(i);
            buckets.add(original == 0 ? 0 : copy(original));
        }
        long root = edit();
        Memory.putLong(root + SIZE, source.size());
        Memory.putLong(root + CONTENT, Memory.getLong(source.root() + CONTENT));
        Memory.putInt(root + LARGEST, Memory.getInt(source.root() + LARGEST));
    }

    private long copy(long original) {
        long copy = allocate(pages.capacity(original));
        long bucket = pages.edit(copy);
        int capacity = pages.capacity(copy);
        Bucket.copy(pages.content(original), pages.capacity(original), bucket, capacity);
        for (int i = 0; i < Bucket.count(bucket); i++) {
            long cell = Bucket.cell(bucket, capacity, i);
            copyOutside(cell);
            if (values == PACKED) {
                copyOutside(value(cell));
            }
        }
        return copy;
    }

    private void copyOutside(long at) {
        if (Packed.isOutside(at)) {
            Packed.reference(at, contents.copy(Packed.reference(at), Packed.length(at)));
            countOutside(Packed.reference(at), 1);
        }
    }

    /** Gives pages back, about so many; @return whether all are gone, the root not included */
    public boolean dismantle(int steps) {
        for (int i = 0; i < steps; i++) {
            long count = buckets.count();
            if (count == 0) {
                buckets.destroy();
                return true;
            }
            long last = buckets.get(count - 1);
            buckets.removeLast();
            if (last != 0) {
                freeBucket(last);
            }
        }
        return false;
    }

    private void freeBucket(long victim) {
        if (Memory.getInt(root() + OUTSIDE) != 0) {
            long bucket = pages.content(victim);
            for (int i = 0; i < Bucket.count(bucket); i++) {
                long cell = Bucket.cell(bucket, pages.capacity(victim), i);
                freeOutside(cell);
                if (values == PACKED) {
                    freeOutside(value(cell));
                }
            }
        }
        free(victim);
    }
}
