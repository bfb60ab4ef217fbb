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
 * between half of and all of {@value LinearHashing#TARGET} bytes of cells.
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
    public static final int ROOT = TableRoot.LENGTH;
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

    /** Pages that one change may take beside strings outside. */
    private static final int CHANGE = 1 << 16;

    private final PageAllocator pages;
    private final Contents contents;
    private final KeyHash hashing;
    private final Cells cells;
    private final TableRoot root;
    private final BucketList list;
    private final Buckets buckets;
    private final LinearHashing growth;
    private final byte[] comparison = new byte[MAX_INSIDE];
    private long hash;
    private long number;
    private long bucketPage;
    private int slot;

    /** @param values {@link #NONE}, {@link #FIXED} or {@link #PACKED} */
    public Table(PageAllocator pages, Contents contents, KeyHash hashing, int values) {
        this.pages = pages;
        this.contents = contents;
        this.hashing = hashing;
        cells = new Cells(values);
        root = new TableRoot(pages);
        list = new BucketList(pages);
        buckets = new Buckets(pages, contents, cells, root);
        growth = new LinearHashing(pages, hashing, cells, root, list, buckets);
    }

    /** Moves onto the table whose root lies at an offset in a page's content. */
    public Table at(long rootPage, int rootOffset) {
        root.at(rootPage, rootOffset);
        list.at(rootPage, rootOffset);
        return this;
    }

    /** Makes an empty table. */
    public void create() {
        root.clear();
        list.create();
        list.add(0);
    }

    public long size() {
        return root.size();
    }

    /** Bytes of pages, the root not included. */
    public long memory() {
        return root.memory() + list.memory();
    }

    /** The cell of a key, or 0. */
    public long find(Bytes key) {
        byte[] array = key.array();
        hash = hashing.hash(array, Memory.ARRAY + key.offset(), key.length());
        number = LinearHashing.numberOf(hash, list.count());
        bucketPage = list.get(number);
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

    private boolean isKey(long cell, Bytes key) {
        if (!Packed.isOutside(cell)) {
            return Packed.equal(cell, key.array(), key.offset(), key.length());
        }
        if (Packed.length(cell) != key.length() || Memory.getLong(cell + Packed.OUTSIDE_SIZE) != hash) {
            return false;
        }
        return contents.equal(Packed.reference(cell), key, comparison);
    }

    /** Where a cell's value is. */
    public long value(long cell) {
        return Cells.value(cell);
    }

    /** Adds a key to a table without values; @return whether it is new */
    public boolean add(Bytes key) {
        if (find(key) != 0) {
            return false;
        }
        long keyPages = prepare(key, 0);
        startCell(key, keyPages, 0);
        growth.grow();
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
        long keyPages = prepare(key, 0);
        Memory.putLong(startCell(key, keyPages, FIXED), value);
        growth.grow();
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
        long valuePages = buckets.outside(value);
        long keyPages = prepare(key, valuePages);
        Cells.writeValue(startCell(key, keyPages, Cells.valueSizeOf(value)), value, valuePages);
        growth.grow();
        return true;
    }

    /** Does what can fail; @return the pages of a key outside */
    private long prepare(Bytes key, long valuePages) {
        long keyPages = 0;
        try {
            keyPages = buckets.outside(key);
            pages.ensure(CHANGE);
        } catch (FullException e) {
            buckets.drop(keyPages);
            buckets.drop(valuePages);
            throw e;
        }
        buckets.countOutside(keyPages, 1);
        buckets.countOutside(valuePages, 1);
        return keyPages;
    }

    /** Makes a cell in the bucket just looked at; @return where its value is to be written */
    private long startCell(Bytes key, long keyPages, int valueSize) {
        long at = append(Cells.keySizeOf(key) + valueSize);
        root.addSize(1);
        return Cells.writeKey(at, key, hash, keyPages);
    }

    /** Room for a cell in the bucket just looked at. */
    private long append(int size) {
        if (bucketPage == 0) {
            bucketPage = buckets.allocate(Bucket.room(Bucket.HEADER + Bucket.SLOT + size));
            list.set(number, bucketPage);
        } else {
            int needed = Bucket.used(pages.content(bucketPage)) + Bucket.SLOT + size;
            if (needed > pages.capacity(bucketPage)) {
                resize(Bucket.room(needed));
            }
        }
        long bucket = pages.edit(bucketPage);
        root.addContent(size + Bucket.SLOT);
        long at = Bucket.append(bucket, pages.capacity(bucketPage), size, Bucket.fingerprint(hash));
        root.noteCount(Bucket.count(bucket));
        return at;
    }

    private void resize(int room) {
        bucketPage = buckets.resize(bucketPage, room);
        list.set(number, bucketPage);
    }

    private void replace(long cell, Bytes value) {
        long at = value(cell);
        int size = Cells.valueSizeOf(value);
        if (value.length() <= MAX_INSIDE && !Packed.isOutside(at) && Packed.sizeAt(at) == size) {
            long behind = at - pages.content(bucketPage);
            Cells.writeValue(pages.edit(bucketPage) + behind, value, 0);
            return;
        }
        long valuePages = buckets.outside(value);
        try {
            pages.ensure(CHANGE);
        } catch (FullException e) {
            buckets.drop(valuePages);
            throw e;
        }
        buckets.countOutside(valuePages, 1);
        buckets.freeOutside(at);
        int keySize = Cells.keySize(cell);
        byte[] keyBytes = comparison.length >= keySize ? comparison : new byte[keySize];
        Memory.copy(cell, keyBytes, 0, keySize);
        removeCell(cells.size(cell));
        long copy = append(keySize + size);
        Memory.copy(keyBytes, 0, copy, keySize);
        Cells.writeValue(copy + keySize, value, valuePages);
        growth.grow();
    }

    private void removeCell(int size) {
        Bucket.remove(pages.edit(bucketPage), pages.capacity(bucketPage), slot, size);
        root.addContent(-size - Bucket.SLOT);
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
        buckets.freeOutsideOf(cell);
        removeCell(cells.size(cell));
        root.addSize(-1);
        long bucket = pages.content(bucketPage);
        if (Bucket.count(bucket) == 0) {
            buckets.free(bucketPage);
            list.set(number, 0);
        } else if (8 * Bucket.used(bucket) < 5 * pages.capacity(bucketPage) && pages.hasRoom()) {
            int room = Bucket.room(Bucket.used(bucket));
            if (room < pages.capacity(bucketPage)) {
                resize(room);
            }
        }
        growth.shrink();
    }

    /** A cell chosen uniformly; there is one. */
    public long random(RandomGenerator generator) {
        long count = list.count();
        int largest = root.largest();
        while (true) {
            long chosen = list.get(generator.nextLong(count));
            int i = generator.nextInt(largest);
            if (chosen != 0 && i < Bucket.count(pages.content(chosen))) {
                return Bucket.cell(pages.content(chosen), pages.capacity(chosen), i);
            }
        }
    }

    /** Number of buckets: they are numbered from 0 on. */
    public long buckets() {
        return list.count();
    }

    /** Copies a bucket to the heap, the first cell at {@link #FIRST_CELL}; @return its number of cells */
    public int load(long bucketNumber, Scratch target) {
        long found = list.get(bucketNumber);
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
        return Long.highestOneBit(list.count());
    }

    /** The cursor after this one: counting in reversed bits keeps it meaningful while the table grows and shrinks. */
    public long after(long cursor) {
        return Long.reverse(Long.reverse(cursor | -level()) + 1);
    }

    /** Fills this new table with a copy of another; the pages were ensured. */
    public void copyOf(Table source) {
        list.removeLast();
        for (long i = 0; i < source.list.count(); i++) {
            long original = source.list.get(i);
            list.add(original == 0 ? 0 : buckets.copy(original));
        }
        root.addSize(source.size());
        root.addContent(source.root.content());
        root.noteCount(source.root.largest());
    }

    /** Gives pages back, about so many; @return whether all are gone, the root not included */
    public boolean dismantle(int steps) {
        for (int i = 0; i < steps; i++) {
            long count = list.count();
            if (count == 0) {
                list.destroy();
                return true;
            }
            long last = list.get(count - 1);
            list.removeLast();
            if (last != 0) {
                buckets.freeWithOutside(last);
            }
        }
        return false;
    }
}
