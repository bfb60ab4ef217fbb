package io.releve.format.aof;

import io.releve.bytes.Numbers;
import io.releve.bytes.QuotedWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A manifest as text: lines {@code file NAME seq NUMBER type b|h|i}, a name with unusual characters in double quotes;
 * lines that begin with {@code #} are comments; further pairs of words are passed over.
 */
final class ManifestText {
    private static final int LONGEST_LINE = 1024;
    private static final int LEAST_WORDS = 6;

    private AofFile base;
    private final List<AofFile> history = new ArrayList<>();
    private final List<AofFile> increments = new ArrayList<>();
    private final byte[] text;
    private int line;

    private ManifestText(byte[] text) {
        this.text = text;
    }

    static AofManifest parse(byte[] text) {
        return new ManifestText(text).parse();
    }

    private AofException wrong(String how) {
        return new AofException("Line " + line + " of the manifest " + how, line);
    }

    private AofManifest parse() {
        if (text.length == 0) {
            throw new AofException("The manifest is empty", 1);
        }
        for (int from = 0; from < text.length; ) {
            line++;
            int end = from;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (end - from >= LONGEST_LINE) {
                throw wrong("is longer than " + LONGEST_LINE + " bytes");
            }
            if (end == text.length) {
                throw wrong("has no end");
            }
            if (text[from] != '#') {
                add(QuotedWords.split(text, from, end));
            }
            from = end + 1;
        }
        return new AofManifest(base, history, increments);
    }

    private void add(List<byte[]> words) {
        if (words == null) {
            throw wrong("has quotes that do not match");
        }
        if (words.size() < LEAST_WORDS || words.size() % 2 != 0) {
            throw wrong("does not say file, seq and type");
        }
        String name = null;
        long sequence = 0;
        String type = null;
        for (int i = 0; i < words.size(); i += 2) {
            byte[] word = words.get(i + 1);
            switch (new String(words.get(i), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT)) {
                case "file" -> name = new String(word, StandardCharsets.UTF_8);
                case "seq" -> sequence = Numbers.isInteger(word, 0, word.length)
                        ? Numbers.integer(word, 0, word.length) : 0;
                case "type" -> type = new String(word, StandardCharsets.ISO_8859_1);
                default -> {
                    // Of a later version.
                }
            }
        }
        if (name == null || name.isEmpty() || sequence <= 0 || type == null || type.isEmpty()) {
            throw wrong("does not say file, seq and type");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw wrong("names a file in another folder");
        }
        add(name, sequence, type.charAt(0));
    }

    private void add(String name, long sequence, char type) {
        switch (type) {
            case 'b' -> {
                if (base != null) {
                    throw wrong("names a second base file");
                }
                base = new AofFile(name, sequence, AofFile.Kind.BASE);
            }
            case 'h' -> history.add(new AofFile(name, sequence, AofFile.Kind.HISTORY));
            case 'i' -> {
                if (!increments.isEmpty() && sequence <= increments.get(increments.size() - 1).sequence()) {
                    throw wrong("has a sequence number that is not greater than the one before");
                }
                increments.add(new AofFile(name, sequence, AofFile.Kind.INCREMENT));
            }
            default -> throw wrong("names a file of the unknown type " + type);
        }
    }

    static byte[] write(AofManifest manifest) {
        StringBuilder text = new StringBuilder();
        if (manifest.base() != null) {
            write(text, manifest.base());
        }
        manifest.history().forEach(file -> write(text, file));
        manifest.increments().forEach(file -> write(text, file));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(StringBuilder text, AofFile file) {
        text.append("file ");
        writeName(text, file.name());
        text.append(" seq ").append(file.sequence()).append(" type ").append(file.kind().letter()).append('\n');
    }

    private static void writeName(StringBuilder text, String name) {
        StringBuilder quoted = new StringBuilder();
        boolean plain = true;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            switch (b) {
                case '\\', '"' -> quoted.append('\\').append((char) b);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case 7 -> quoted.append("\\a");
                default -> {
                    if (b < ' ' || b > '~') {
                        quoted.append("\\x%02x".formatted(b));
                    } else {
                        quoted.append((char) b);
                        plain &= b != ' ' && b != '\'';
                        continue;
                    }
                }
            }
            plain = false;
        }
        text.append(plain ? quoted : "\"" + quoted + "\"");
    }
}
