package io.releve.format.rdb;

import java.nio.charset.StandardCharsets;

/** A file put together by hand, one character a byte: in encodings that nobody writes any more. */
final class OldFile {
    private final StringBuilder file = new StringBuilder();
    private final int version;

    OldFile(int version) {
        this.version = version;
        file.append("REDIS%04d".formatted(version));
    }

    OldFile add(String bytes) {
        file.append(bytes);
        return this;
    }

    OldFile opcode(int opcode, String bytes) {
        return add((char) opcode + bytes);
    }

    OldFile key(int type, String name, String value) {
        return add((char) type + string(name) + value);
    }

    /** Adds the end. */
    byte[] end() {
        file.append('\u00ff');
        byte[] bytes = bytes();
        if (version >= 5) {
            file.append(little(Crc64.update(0, bytes, 0, bytes.length), 8));
        }
        return bytes();
    }

    /** Adds the end with 0 in place of the check. */
    byte[] endUnchecked() {
        file.append('\u00ff').append("\0".repeat(8));
        return bytes();
    }

    private byte[] bytes() {
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static String little(long value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append((char) (value >>> 8 * i & 0xff));
        }
        return text.toString();
    }

    static String number(long value) {
        return value < 64 ? Character.toString((char) value)
                : "\u0080" + new StringBuilder(little(value, 4)).reverse();
    }

    static String string(String text) {
        return number(text.length()) + text;
    }

    /** Of short words and small numbers. */
    static String ziplist(String... words) {
        StringBuilder body = new StringBuilder();
        int before = 0;
        int tail = 10;
        for (String word : words) {
            tail = 10 + body.length();
            String element = word.matches("-?[0-9]{1,4}") ? "\u00c0" + little(Integer.parseInt(word), 2)
                    : (char) word.length() + word;
            body.append((char) before).append(element);
            before = 1 + element.length();
        }
        return string(little(11 + body.length(), 4) + little(tail, 4) + little(words.length, 2) + body + "\u00ff");
    }

    static String intset(int width, long... members) {
        StringBuilder body = new StringBuilder(little(width, 4) + little(members.length, 4));
        for (long member : members) {
            body.append(little(member, width));
        }
        return string(body.toString());
    }

    static String zipmap(String... words) {
        StringBuilder body = new StringBuilder().append((char) (words.length / 2));
        for (int i = 0; i < words.length; i += 2) {
            body.append((char) words[i].length()).append(words[i]);
            body.append((char) words[i + 1].length()).append("\2" + words[i + 1] + "xx");
        }
        return string(body + "\u00ff");
    }

    /** Every type of before Redis 7 but streams. */
    OldFile everyType() {
        return key(0, "string", string("text"))
                .key(0, "number", "\u00c1" + little(-300, 2))
                .key(0, "compressed", "\u00c3" + number(6) + number(20) + "\1ab\u00e0\11\1")
                .key(1, "list", number(3) + string("a") + "\u00c0\14" + string(""))
                .key(2, "set", number(2) + string("a") + string("b"))
                .key(3, "zset", number(4) + string("a") + "\0031.5" + string("b") + "\u00fe" + string("c") + "\u00ff"
                        + string("d") + "\2-7")
                .key(4, "hash", number(2) + string("a") + string("1") + string("b") + string("2"))
                .key(9, "zipmap", zipmap("a", "1", "bb", "xyz"))
                .key(10, "list ziplist", ziplist("a", "12", "-300", "text"))
                .key(11, "intset", intset(2, -5, 1, 7))
                .key(11, "wide intset", intset(8, -5_000_000_000L, 1, 7_000_000_000L))
                .key(12, "zset ziplist", ziplist("a", "1", "b", "2.5", "c", "1e300"))
                .key(13, "hash ziplist", ziplist("a", "1", "b", "zwei"))
                .key(14, "quicklist", number(2) + ziplist("a", "1") + ziplist("b", "2"));
    }
}
