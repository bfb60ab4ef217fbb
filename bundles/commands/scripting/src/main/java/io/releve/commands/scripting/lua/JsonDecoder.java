package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON text as a value on the stack; errors say what was expected and what was found, and where. */
final class JsonDecoder {
    private static final int DEEPEST = 1100;
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(?:0[xX][0-9a-fA-F]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|(?i:inf(?:inity)?|nan))");
    private static final Pattern STRICT = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");
    private static final int LONGEST_NUMBER = 400;

    private final long state;
    private final LuaStack stack;
    private final JsonSettings settings;
    private final byte[] text;
    private int at;
    private int depth;

    JsonDecoder(long state, LuaStack stack, JsonSettings settings, byte[] text) {
        this.state = state;
        this.stack = stack;
        this.settings = settings;
        this.text = text;
    }

    void decode() {
        if (text.length >= 2 && (text[0] == 0 || text[1] == 0)) {
            throw LuaError.at("JSON parser does not support UTF-16 or UTF-32");
        }
        value();
        skip();
        if (at < text.length) {
            throw expected("the end");
        }
    }

    private void skip() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private int next() {
        skip();
        return at < text.length ? text[at] : -1;
    }

    /** What stands at the current place is something else. */
    private LuaError expected(String what) {
        int place = at + 1;
        return LuaError.at("Expected " + what + " but found " + found() + " at character " + place);
    }

    private static LuaError expectedValue(String found, int place) {
        return LuaError.at("Expected value but found " + found + " at character " + (place + 1));
    }

    private String found() {
        int c = next();
        return switch (c) {
            case -1 -> "T_END";
            case '{' -> "T_OBJ_BEGIN";
            case '}' -> "T_OBJ_END";
            case '[' -> "T_ARR_BEGIN";
            case ']' -> "T_ARR_END";
            case ':' -> "T_COLON";
            case ',' -> "T_COMMA";
            case '"' -> "T_STRING";
            case 't', 'f' -> isWord("true") || isWord("false") ? "T_BOOLEAN" : "invalid token";
            case 'n' -> isWord("null") ? "T_NULL" : "invalid token";
            default -> c == '-' || c >= '0' && c <= '9' ? "T_NUMBER" : "invalid token";
        };
    }

    private boolean isWord(String word) {
        if (text.length - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean word(String word) {
        if (!isWord(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void value() {
        int c = next();
        if (c == '"') {
            string();
        } else if (c == '{') {
            object();
        } else if (c == '[') {
            array();
        } else if (word("true")) {
            LUA.lua_pushboolean(state, 1);
        } else if (word("false")) {
            LUA.lua_pushboolean(state, 0);
        } else if (word("null")) {
            LUA.lua_pushlightuserdata(state, 0);
        } else if (!number(c)) {
            throw expected("value");
        }
    }

    private boolean number(int c) {
        boolean usual = c == '-' || c >= '0' && c <= '9';
        boolean unusual = settings.decodeInvalid && (c == '+' || c == 'i' || c == 'I' || c == 'n' || c == 'N');
        if (!usual && !unusual) {
            return false;
        }
        String rest = new String(text, at, Math.min(LONGEST_NUMBER, text.length - at), StandardCharsets.ISO_8859_1);
        Matcher matcher = (settings.decodeInvalid ? NUMBER : STRICT).matcher(rest);
        if (!matcher.lookingAt()) {
            if (!usual) {
                return false;
            }
            throw expectedValue("invalid number", at);
        }
        String number = matcher.group();
        LUA.lua_pushnumber(state, parse(number));
        at += number.length();
        return true;
    }

    private static double parse(String number) {
        String lower = number.toLowerCase(java.util.Locale.ROOT);
        boolean negative = lower.startsWith("-");
        String bare = negative || lower.startsWith("+") ? lower.substring(1) : lower;
        double value;
        if (bare.startsWith("inf")) {
            value = Double.POSITIVE_INFINITY;
        } else if (bare.equals("nan")) {
            value = Double.NaN;
        } else if (bare.startsWith("0x")) {
            value = new java.math.BigInteger(bare.substring(2), 16).doubleValue();
        } else {
            value = Double.parseDouble(bare);
        }
        return negative ? -value : value;
    }

    private void deeper() {
        if (++depth > settings.decodeDepth || depth > DEEPEST || LUA.lua_checkstack(state, 5) == 0) {
            throw LuaError.at("Found too many nested data structures (" + depth + ") at character " + at);
        }
    }

    private void object() {
        at++;
        deeper();
        LUA.lua_createtable(state, 0, 0);
        if (next() != '}') {
            while (true) {
                if (next() != '"') {
                    throw expected("object key string");
                }
                string();
                if (next() != ':') {
                    throw expected("colon");
                }
                at++;
                value();
                LUA.lua_rawset(state, -3);
                int c = next();
                if (c == '}') {
                    break;
                }
                if (c != ',') {
                    throw expected("comma or object end");
                }
                at++;
            }
        }
        at++;
        depth--;
    }

    private void array() {
        at++;
        deeper();
        LUA.lua_createtable(state, 0, 0);
        if (next() != ']') {
            for (int i = 1;; i++) {
                value();
                LUA.lua_rawseti(state, -2, i);
                int c = next();
                if (c == ']') {
                    break;
                }
                if (c != ',') {
                    throw expected("comma or array end");
                }
                at++;
            }
        }
        at++;
        depth--;
    }

    private void string() {
        at++;
        int from = at;
        while (at < text.length && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        if (at < text.length && text[at] == '"') {
            stack.push(state, text, from, at++ - from);
            return;
        }
        ByteSink out = new ByteSink();
        out.write(text, from, at - from);
        while (true) {
            if (at >= text.length) {
                throw expectedValue("unexpected end of string", text.length);
            }
            byte c = text[at];
            if (c == '"') {
                at++;
                break;
            }
            if (c == '\\') {
                escape(out);
            } else {
                out.write(c);
                at++;
            }
        }
        stack.push(state, out.toByteArray());
    }

    private void escape(ByteSink out) {
        int place = at;
        int c = at + 1 < text.length ? text[at + 1] : -1;
        at += 2;
        switch (c) {
            case '"', '\\', '/' -> out.write(c);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'u' -> unicode(out, place);
            default -> throw expectedValue("invalid escape code", place);
        }
    }

    private void unicode(ByteSink out, int place) {
        int first = hex(at);
        int point = first;
        at += 4;
        if (first >= 0xD800 && first < 0xE000) {
            int second = first < 0xDC00 && at + 1 < text.length && text[at] == '\\' && text[at + 1] == 'u' ? hex(at + 2) : -1;
            if (second < 0xDC00 || second >= 0xE000) {
                throw expectedValue("invalid unicode escape code", place);
            }
            at += 6;
            point = Character.toCodePoint((char) first, (char) second);
        }
        if (first < 0) {
            throw expectedValue("invalid unicode escape code", place);
        }
        out.bytes(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
    }

    private int hex(int from) {
        if (text.length - from < 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
