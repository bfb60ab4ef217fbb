package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.table.Table;

/** Walks over the table of a collection, each bucket copied to the heap before its cells are shown. */
final class TableWalk {
    /** Shows the cells of one bucket to whoever visits a collection. */
    interface Cells {
        /**
         * @param count number of cells, which lie in the visit's page from {@link Table#FIRST_CELL} on
         * @return false when the visitor has had enough
         */
        boolean show(Visit visit, int count);
    }

    private TableWalk() {
    }

    /** Shows all buckets, until the visitor has had enough. */
    static void all(Table table, long root, Visit visit, Cells cells) {
        long buckets = table.at(root, Roots.TABLE).buckets();
        boolean more = true;
        for (long i = 0; i < buckets && more; i++) {
            more = cells.show(visit, load(table, root, i, visit));
        }
    }

    /** One step of a scan: at least {@code count} cells, or all there are; @return the next cursor, 0 at the end */
    static long scan(Table table, long root, long cursor, int count, Visit visit, Cells cells) {
        int visited = 0;
        long next = cursor;
        do {
            long level = table.at(root, Roots.TABLE).level();
            long buckets = table.buckets();
            for (long i = next & level - 1; i < buckets; i += level) {
                int loaded = load(table, root, i, visit);
                cells.show(visit, loaded);
                visited += loaded;
            }
            next = table.at(root, Roots.TABLE).after(next);
        } while (next != 0 && visited < count);
        return next;
    }

    /** The visitor before may have moved the table elsewhere. */
    private static int load(Table table, long root, long bucket, Visit visit) {
        return table.at(root, Roots.TABLE).load(bucket, visit.page);
    }

    /** Reads the key of a cell into the visit's; @return the position of the cell's value */
    static int key(Visit visit, int at) {
        byte[] page = visit.page.array();
        int hash = Packed.isOutside(page, at) ? Table.HASH : 0;
        return visit.first.read(page, at, visit.key) + hash;
    }
}
