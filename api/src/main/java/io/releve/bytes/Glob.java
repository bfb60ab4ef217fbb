package io.releve.bytes;

/**
 * The patterns of KEYS, SCAN, PSUBSCRIBE and CONFIG GET: {@code *} any bytes, {@code ?} one byte, {@code [abc]},
 * {@code [a-c]} and {@code [^a]} one byte of a set, {@code \x} the byte x itself. Matching takes time proportional to
 * pattern times text: runs of stars do not multiply.
 */
public final class Glob {
    private final byte[] pattern;
    private final boolean ignoreCase;
    /** Length of what everything that matches begins with, where nothing else is asked of it; otherwise -1. */
    private final int prefix;

    public Glob(Bytes pattern) {
        this(pattern, false);
    }

    public Glob(Bytes pattern, boolean ignoreCase) {
        this.pattern = pattern.toByteArray();
        this.ignoreCase = ignoreCase;
        prefix = ignoreCase ? -1 : prefix();
    }

    private int prefix() {
        int last = pattern.length - 1;
        for (int i = 0; i < last; i++) {
            if ("*?[\\".indexOf(pattern[i]) >= 0) {
                return -1;
            }
        }
        return last >= 0 && pattern[last] == '*' ? last : -1;
    }

    /** Whether everything matches. */
    public boolean matchesAll() {
        return pattern.length == 1 && pattern[0] == '*';
    }

    /** Whether the pattern matches the whole text. */
    public boolean matches(Bytes text) {
        if (prefix >= 0) {
            return begins(text.array(), text.offset(), text.length());
        }
        return matches(text.array(), text.offset(), text.offset() + text.length());
    }

    private boolean begins(byte[] text, int from, int length) {
        boolean good = length >= prefix;
        for (int i = 0; good && i < prefix; i++) {
            good = text[from + i] == pattern[i];
        }
        return good;
    }

    private boolean matches(byte[] text, int from, int end) {
        int p = 0;
        int t = from;
        int starPattern = -1;
        int starText = 0;
        while (t < end) {
            if (p < pattern.length && pattern[p] == '*') {
                starPattern = ++p;
                starText = t;
                continue;
            }
            int next = p < pattern.length ? step(p, text[t] & 0xff) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (starPattern >= 0) {
                p = starPattern;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p >= pattern.length;
    }

    /** The pattern position after the element at {@code p} when it accepts {@code c}, or -1. */
    private int step(int p, int c) {
        switch (pattern[p]) {
            case '?':
                return p + 1;
            case '[':
                return stepSet(p + 1, c);
            case '\\':
                if (p + 1 < pattern.length) {
                    p++;
                }
                return same(pattern[p] & 0xff, c) ? p + 1 : -1;
            default:
                return same(pattern[p] & 0xff, c) ? p + 1 : -1;
        }
    }

    private int stepSet(int p, int c) {
        boolean negated = p < pattern.length && pattern[p] == '^';
        if (negated) {
            p++;
        }
        boolean found = false;
        while (p < pattern.length && pattern[p] != ']') {
            if (pattern[p] == '\\' && p + 1 < pattern.length) {
                p++;
                found |= same(pattern[p] & 0xff, c);
            } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
                found |= inRange(pattern[p] & 0xff, pattern[p + 2] & 0xff, c);
                p += 2;
            } else {
                found |= same(pattern[p] & 0xff, c);
            }
            p++;
        }
        if (found == negated) {
            return -1;
        }
        return p < pattern.length ? p + 1 : p;
    }

    private boolean inRange(int a, int b, int c) {
        int low = fold(Math.min(a, b));
        int high = fold(Math.max(a, b));
        int x = fold(c);
        return x >= Math.min(low, high) && x <= Math.max(low, high);
    }

    private boolean same(int a, int b) {
        return a == b || ignoreCase && fold(a) == fold(b);
    }

    private int fold(int c) {
        return ignoreCase && c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
