package io.releve.embedded.core;

import io.releve.embedded.Subscription;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the engine sends a connection of its own accord: late answers, messages, and that it may go on. Any thread. */
final class Inbox {
    /** Bytes that leave when the log is acknowledged up to a position. */
    record Message(byte[] bytes, long position) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long unread;
    private boolean resumed;
    private volatile boolean closed;

    /** @return false when too much is unread already */
    boolean add(byte[] bytes, long position) {
        lock.lock();
        try {
            messages.add(new Message(bytes, position));
            unread += bytes.length;
            changed.signalAll();
            return unread <= Subscription.MOST_UNREAD;
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            resumed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return closed;
    }

    /** Before a request: what it may be resumed for is yet to come. */
    void expectResume() {
        resumed = false;
    }

    /** Waits for {@link #resume}; @return whether it came, or the inbox was closed */
    boolean awaitResume() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!resumed && !closed) {
                changed.await();
            }
            return resumed;
        } finally {
            lock.unlock();
        }
    }

    /** The answer of a request that waited: the last that came and is no push, taken out; null when there is none. */
    Message takeAnswer() {
        lock.lock();
        try {
            for (var i = messages.descendingIterator(); i.hasNext();) {
                Message message = i.next();
                if (message.bytes()[0] != '>') {
                    i.remove();
                    unread -= message.bytes().length;
                    return message;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The next message; null when none comes in time, or the inbox is closed and empty. */
    Message take(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            Message message = messages.poll();
            if (message != null) {
                unread -= message.bytes().length;
            }
            return message;
        } finally {
            lock.unlock();
        }
    }
}
