package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** Lets all connections of a loop receive into one buffer: the bytes are copied out before the next read. */
final class SharedReceive implements RecvByteBufAllocator {
    private final LoopContext context;

    SharedReceive(LoopContext context) {
        this.context = context;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new SharedHandle();
    }

    private final class SharedHandle implements ExtendedHandle {
        private int attempted;
        private int last;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf shared = context.receive;
            return shared.refCnt() == 1 ? shared.clear().retain() : allocator.directBuffer(LoopContext.RECEIVE);
        }

        @Override
        public int guess() {
            return LoopContext.RECEIVE;
        }

        @Override
        public void reset(ChannelConfig config) {
            last = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            // one read an event, nothing to count
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return false;
        }

        @Override
        public void readComplete() {
            // nothing is adapted
        }
    }
}
