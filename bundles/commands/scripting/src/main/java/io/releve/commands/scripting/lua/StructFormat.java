package io.releve.commands.scripting.lua;

import java.nio.ByteOrder;

/** A format of {@code struct}, read letter by letter (inf.puc-rio.br/~roberto/struct). */
final class StructFormat {
    private static final int MOST_INTEGER = 32;
    private static final int MOST_ALIGNMENT = 8;

    private final String text;
    private final String function;
    private int at;
    /** What the last letter asks for, with what it does not say itself filled in. */
    private char option;
    private int size;
    private boolean littleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private int alignment = 1;

    StructFormat(String text, String function) {
        this.function = function;
        this.text = text;
    }

    boolean next() {
        while (at < text.length()) {
            option = text.charAt(at++);
            switch (option) {
                case ' ' -> size = 0;
                case '>' -> littleEndian = false;
                case '<' -> littleEndian = true;
                case '!' -> {
                    alignment = number(MOST_ALIGNMENT);
                    if (alignment == 0 || (alignment & alignment - 1) != 0) {
                        throw LuaError.at("alignment " + alignment + " is not a power of 2");
                    }
                }
                default -> {
                    size = sizeOf();
                    return true;
                }
            }
        }
        return false;
    }

    private int sizeOf() {
        return switch (option) {
            case 'b', 'B', 'x' -> 1;
            case 'h', 'H' -> 2;
            case 'l', 'L', 'T', 'd', 'n' -> 8;
            case 'f' -> 4;
            case 's' -> 0;
            case 'c' -> number(1);
            case 'i', 'I' -> {
                int wanted = number(4);
                if (wanted > MOST_INTEGER) {
                    throw LuaError.at("integral size " + wanted + " is larger than limit of " + MOST_INTEGER);
                }
                yield wanted;
            }
            default -> throw LuaError.argument(1, function, "invalid format option '" + option + "'");
        };
    }

    private int number(int otherwise) {
        if (at >= text.length() || !isDigit(text.charAt(at))) {
            return otherwise;
        }
        long value = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
            if (value > Integer.MAX_VALUE) {
                throw LuaError.at("integral size overflow");
            }
        }
        return (int) value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    char option() {
        return option;
    }

    int size() {
        return size;
    }

    boolean littleEndian() {
        return littleEndian;
    }

    boolean isInteger() {
        return "bBhHlLTiI".indexOf(option) >= 0;
    }

    boolean isSigned() {
        return option >= 'a';
    }

    /** Bytes in front of the current item that lies at this position. */
    int padding(int position) {
        int step = Math.min(size, alignment);
        if (step <= 1 || option == 'c') {
            return 0;
        }
        return (step - (position & step - 1)) & step - 1;
    }
}
