package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.ListValue;

/**
 * Writes a list as nodes: their number, and for each the kind 2 and a listpack. A node holds as much as
 * {@code list-max-listpack-size} allows; it is told from the lengths of the elements alone, so that the nodes can be
 * counted beforehand, where their number cannot be filled in afterwards.
 */
final class ListWriter {
    /** Elements of this length and more are passed on without being copied. */
    private static final int LARGE = 1 << 20;
    private static final int PACKED_NODE = 2;
    /** Elements of a list whose nodes are counted beforehand in any case. */
    private static final int SHORT = 4096;

    private final RdbOutput output;
    private final ListpackWriter listpack;
    private final int mostElements;
    private final int mostBytes;
    private int nodes;
    private int elements;
    private int bytes;

    ListWriter(RdbOutput output, EncodingLimits limits, ListpackWriter listpack) {
        this.output = output;
        this.listpack = listpack;
        mostElements = limits.listEntries();
        mostBytes = limits.listBytes();
    }

    void write(ListValue list) {
        // a short list is visited twice rather than written with a long number
        boolean countedLater = output.isStored() && list.length() > SHORT;
        long place = 0;
        if (countedLater) {
            place = output.placeLength();
        } else {
            list.visit(0, true, (index, element) -> {
                fits(element.length());
                return true;
            });
            output.writeLength(nodes);
        }
        nodes = 0;
        listpack.clear();
        list.visit(0, true, (index, element) -> {
            add(element);
            return true;
        });
        writeNode();
        if (countedLater) {
            output.fillLength(place, nodes);
        }
    }

    private void add(Bytes element) {
        int length = element.length();
        if (!fits(length)) {
            writeNode();
        }
        if (length >= LARGE) {
            writeLarge(element);
        } else {
            listpack.add(element);
        }
    }

    /** Takes an element of this length into account; @return whether it still belongs into the same node */
    private boolean fits(int length) {
        int size = Math.min(length, LARGE) + ListpackWriter.OVERHEAD;
        boolean fits = nodes > 0 && elements < mostElements && bytes + size <= mostBytes;
        if (!fits) {
            nodes++;
            elements = 0;
            bytes = ListpackReader.HEADER + 1;
        }
        elements++;
        bytes += size;
        return fits;
    }

    private void writeNode() {
        if (listpack.count() > 0) {
            output.writeLength(PACKED_NODE);
            listpack.write(output);
            listpack.clear();
        }
    }

    /** A node of one large element. */
    private void writeLarge(Bytes element) {
        int length = element.length();
        byte[] head = new byte[ListpackReader.HEADER + ListpackWriter.OVERHEAD];
        int headEnd = ListpackWriter.writeTextHead(head, ListpackReader.HEADER, length);
        byte[] tail = new byte[ListpackWriter.OVERHEAD];
        int tailEnd = ListpackWriter.writeLengthBehind(tail, 0, headEnd - ListpackReader.HEADER + length);
        tail[tailEnd++] = (byte) ListpackReader.END;
        int total = Math.addExact(length, headEnd + tailEnd);
        ListpackWriter.writeHead(head, total, 1);
        output.writeLength(PACKED_NODE);
        output.writeLength(total);
        output.writeBytes(head, 0, headEnd);
        output.writeBytes(element.array(), element.offset(), length);
        output.writeBytes(tail, 0, tailEnd);
    }
}
