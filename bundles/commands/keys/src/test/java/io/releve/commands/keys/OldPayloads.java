package io.releve.commands.keys;

import io.releve.format.rdb.Crc64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** DUMP payloads in encodings that the installed server does not write: put together by hand. */
final class OldPayloads {
    private static final String[] WORDS = {"a", "12", "-1", "300", "-70000", "9000000", "5000000000", "x".repeat(63),
        "y".repeat(64), "z".repeat(300), "w".repeat(17_000), "0", "13", ""};

    private final Map<String, String> payloads = new LinkedHashMap<>();

    Map<String, String> all() {
        String list = string(ziplist(WORDS));
        put("list", 1, 6, number(3) + string("a") + string("12") + string(""));
        put("list ziplist", 10, 6, list);
        put("list quicklist", 14, 7, number(2) + list + list);
        put("new list quicklist 2", 18, 12, number(2) + number(1) + string("plain") + number(2)
                + string(listpack("a", "b")));
        put("list quicklist 2 with a plain node", 18, 10, number(2) + number(1) + string("plain") + number(2)
                + string(listpack("a", "b")));
        put("set", 2, 6, number(2) + string("a") + string("b"));
        put("set of compressed strings", 2, 6, number(1) + "\u00c3" + number(6) + number(20) + "\1ab\u00e0\11\1");
        put("set intset", 11, 6, string(little(2, 4) + little(3, 4) + little(-5, 2) + little(1, 2) + little(7, 2)));
        put("new set listpack", 20, 11, string(listpack("a", "b", "1")));
        put("zset", 3, 6, number(4) + string("a") + "\u0003" + "1.5" + string("b") + "\u00fe" + string("c") + "\u00ff"
                + string("d") + "\u0002" + "-7");
        put("zset 2", 5, 8, number(1) + string("a") + little(Double.doubleToLongBits(2.5), 8));
        put("zset ziplist", 12, 6, string(ziplist("a", "1", "b", "2.5", "c", "1e300")));
        put("hash", 4, 6, number(2) + string("a") + string("1") + string("b") + string("2"));
        put("hash zipmap", 9, 6, string("\2" + "\1a\1\0" + "1" + "\2bb\3\2" + "xyz\0\0" + "\u00ff"));
        put("hash ziplist", 13, 6, string(ziplist("a", "1", "b", "zwei")));
        put("stream", 15, 9, stream(false, 0));
        put("stream 2", 19, 10, stream(true, 0));
        put("new stream 3", 21, 11, stream(true, 8));
        for (int version = 6; version <= 12; version++) {
            put((version > 10 ? "new " : "") + "string of version " + version, 0, version, string("text"));
        }
        return payloads;
    }

    private void put(String name, int type, int version, String body) {
        payloads.put(name, seal((char) type + body, version));
    }

    /** Adds version and checksum. */
    static String seal(String body, int version) {
        String checked = body + little(version, 2);
        byte[] bytes = checked.getBytes(StandardCharsets.ISO_8859_1);
        return checked + little(Crc64.update(0, bytes, 0, bytes.length), 8);
    }

    private static String little(long value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append((char) (value >>> 8 * i & 0xff));
        }
        return text.toString();
    }

    private static String big(long value, int bytes) {
        return new StringBuilder(little(value, bytes)).reverse().toString();
    }

    /** A length. */
    private static String number(long value) {
        if (value < 64) {
            return Character.toString((char) value);
        }
        return value < 16_384 ? big(0x4000 | value, 2) : "\u0080" + big(value, 4);
    }

    private static String string(String text) {
        return number(text.length()) + text;
    }

    private static String ziplist(String... words) {
        StringBuilder body = new StringBuilder();
        int before = 0;
        int tail = 10;
        for (String word : words) {
            tail = 10 + body.length();
            String element = (before < 254 ? Character.toString((char) before) : "\u00fe" + little(before, 4))
                    + ziplistElement(word);
            before = element.length();
            body.append(element);
        }
        return little(11 + body.length(), 4) + little(tail, 4) + little(words.length, 2) + body + "\u00ff";
    }

    private static String ziplistElement(String word) {
        if (word.matches("-?[0-9]+")) {
            long value = Long.parseLong(word);
            if (value >= 0 && value <= 12) {
                return Character.toString((char) (0xf1 + value));
            }
            if (value == (byte) value) {
                return "\u00fe" + little(value, 1);
            }
            if (value == (short) value) {
                return "\u00c0" + little(value, 2);
            }
            if (value == value << 40 >> 40) {
                return "\u00f0" + little(value, 3);
            }
            return value == (int) value ? "\u00d0" + little(value, 4) : "\u00e0" + little(value, 8);
        }
        int length = word.length();
        return (length < 64 ? Character.toString((char) length)
                : length < 16_384 ? big(0x4000 | length, 2) : "\u0080" + big(length, 4)) + word;
    }

    /** Only short words and small numbers. */
    private static String listpack(Object... words) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object word : words) {
            if (word instanceof Integer value) {
                body.write(value);
                body.write(1);
            } else {
                String text = (String) word;
                body.write(0x80 | text.length());
                body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
                body.write(1 + text.length());
            }
        }
        return little(7 + body.size(), 4) + little(words.length, 2) + body.toString(StandardCharsets.ISO_8859_1)
                + "\u00ff";
    }

    /** Three entries, one of them deleted, and a group with a consumer that has one of them. */
    private static String stream(boolean counted, int activeBytes) {
        String node = listpack(2, 1, 1, "f", 0, 2, 0, 0, "v1", 4, 3, 0, 1, "v2", 4, 0, 5, 0, 1, "g", "v3", 6);
        String id = big(1000, 8) + big(0, 8);
        return number(1) + string(id) + string(node) + number(2) + number(1005) + number(0)
                + (counted ? number(1000) + number(0) + number(1000) + number(1) + number(3) : "")
                + number(1) + string("group") + number(1000) + number(0) + (counted ? number(1) : "")
                + number(1) + id + little(1_600_000_000_000L, 8) + number(7)
                + number(1) + string("consumer") + little(1_600_000_000_001L, 8)
                + little(1_600_000_000_002L, activeBytes)
                + number(1) + id;
    }
}
