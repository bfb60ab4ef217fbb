package io.releve.command;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;

/** A request of its own: its words. */
final class WordList implements Arguments {
    private final Bytes[] words;

    private WordList(Bytes[] words) {
        this.words = words;
    }

    static WordList of(Object... words) {
        Bytes[] list = new Bytes[words.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = word(words[i]);
        }
        return new WordList(list);
    }

    static WordList copy(Arguments request) {
        Bytes[] copies = new Bytes[request.size()];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = request.get(i).copy();
        }
        return new WordList(copies);
    }

    private static Bytes word(Object word) {
        if (word instanceof Bytes bytes) {
            return bytes;
        }
        if (word instanceof byte[] array) {
            return new Bytes(array);
        }
        if (word instanceof ByteSource source) {
            return new Bytes(source.toByteArray());
        }
        return Bytes.of(word.toString());
    }

    @Override
    public int size() {
        return words.length;
    }

    @Override
    public Bytes get(int i) {
        return words[i];
    }
}
