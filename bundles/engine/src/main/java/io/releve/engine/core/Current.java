package io.releve.engine.core;

/**
 * Who is current at the moment, if anybody. The same is so again and again: a reference is written only when it is another, since
 * most garbage collectors keep account of every one that is written, which takes longer than to compare. While the turn is held.
 */
final class Current<T> {
    private T last;
    private boolean is;

    /** Null when nobody is. */
    T get() {
        return is ? last : null;
    }

    /** @return who was before */
    T set(T now) {
        T before = get();
        is = now != null;
        if (is && now != last) {
            last = now;
        }
        return before;
    }
}
