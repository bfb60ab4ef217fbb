package io.releve.log.ring;

import io.releve.bytes.Bytes;
import io.releve.log.ChangeLog.Reader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The end of the stream, off-heap, in blocks: at least as much as is asked for, and what a reader has not read yet. Bytes are
 * added with the turn; readers read without it. A block is used again only when it is old and every reader is behind it.
 */
final class Backlog {
    static final int BLOCK = 1 << 17;
    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    /** In order; changed by whoever has the turn, looked up by readers: with the lock. */
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final List<Place> readers = new CopyOnWriteArrayList<>();
    private final long most;
    private long least;
    private Block last;
    private volatile long end;
    private volatile long first;

    private static final class Block {
        private final ByteBuffer memory = ByteBuffer.allocateDirect(BLOCK);
        /** Position of its first byte. */
        private long start;

        long end() {
            return start + BLOCK;
        }
    }

    /**
     * @param least bytes that are remembered in any case
     * @param most bytes that are remembered for readers; who is further behind is lost
     */
    Backlog(long least, long most, long position) {
        this.least = least;
        this.most = most;
        end = position;
        first = position;
    }

    void least(long bytes) {
        least = bytes;
    }

    long least() {
        return least;
    }

    long first() {
        return first;
    }

    /** Bytes of memory it takes. */
    synchronized long memory() {
        return (long) blocks.size() * BLOCK;
    }

    void add(Bytes bytes) {
        int from = bytes.offset();
        int left = bytes.length();
        long at = end;
        while (left > 0) {
            if (last == null || at == last.end()) {
                last = next(at);
                if (last == null) {
                    at += left;
                    first = at;
                    break;
                }
            }
            int piece = (int) Math.min(left, last.end() - at);
            last.memory.put((int) (at - last.start), bytes.array(), from, piece);
            from += piece;
            left -= piece;
            at += piece;
        }
        end = at;
    }

    /** @return null when there is no memory: nothing is remembered then */
    private synchronized Block next(long start) {
        Block block = null;
        while (!blocks.isEmpty() && blocks.peekFirst().end() <= start - least) {
            Block oldest = blocks.peekFirst();
            boolean awaited = isAwaited(oldest);
            if (awaited && start - oldest.end() <= most) {
                break;
            }
            blocks.pollFirst();
            if (awaited) {
                // who reads it at this moment must not see it change
                lose(oldest.end());
            } else {
                block = oldest;
            }
        }
        if (block == null) {
            try {
                block = new Block();
            } catch (OutOfMemoryError e) {
                lose(Long.MAX_VALUE);
                blocks.clear();
                return null;
            }
        }
        block.start = start;
        blocks.addLast(block);
        first = Math.max(first, blocks.peekFirst().start);
        return block;
    }

    private boolean isAwaited(Block block) {
        for (Place reader : readers) {
            if (reader.position < block.end()) {
                return true;
            }
        }
        return false;
    }

    /** Readers that have not come so far are lost. */
    private void lose(long position) {
        for (Place reader : readers) {
            if (reader.position < position) {
                reader.lost = true;
                readers.remove(reader);
            }
        }
    }

    private synchronized Block find(long position) {
        for (Block block : blocks) {
            if (position >= block.start && position < block.end()) {
                return block;
            }
        }
        throw new IllegalStateException("Position " + position + " is not remembered");
    }

    /** The turn is held. */
    Reader reader(long from) {
        if (from < first || from > end) {
            throw new IllegalArgumentException("Position " + from + " is not among " + first + ".." + end);
        }
        Place place = new Place(from);
        readers.add(place);
        return place;
    }

    /** What readers have not read is gone; the turn is held. */
    void forget() {
        lose(Long.MAX_VALUE);
    }

    private final class Place implements Reader {
        private volatile long position;
        private volatile boolean lost;
        private Block block;
        private ByteBuffer view;

        Place(long position) {
            this.position = position;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long available() {
            return end - position;
        }

        @Override
        public ByteBuffer peek() {
            long from = position;
            long to = end;
            if (lost) {
                throw new IllegalStateException("What was to be read is gone");
            }
            if (from == to) {
                return EMPTY;
            }
            if (block == null) {
                block = find(from);
                view = block.memory.duplicate();
            }
            int offset = (int) (from - block.start);
            return view.limit((int) Math.min(BLOCK, to - block.start)).position(offset);
        }

        @Override
        public void skip(int bytes) {
            long next = position + bytes;
            if (block != null && next == block.end()) {
                // it may be used again as soon as the position is behind it
                block = null;
            }
            position = next;
        }

        @Override
        public boolean lost() {
            return lost;
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
