package io.releve.lab;

/** One JSON object, written from front to back. */
final class Json {
    private final StringBuilder text = new StringBuilder("{");
    private boolean first = true;

    Json key(String key) {
        value(key);
        text.append(':');
        first = true;
        return this;
    }

    /** @param value a number, null or a text */
    Json field(String key, Object value) {
        return key(key).value(value);
    }

    Json value(Object value) {
        separate();
        if (value == null || value instanceof Number) {
            text.append(value);
            return this;
        }
        text.append('"');
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    /** @param bracket of an object or an array, closed with {@link #close} */
    Json open(char bracket) {
        separate();
        text.append(bracket);
        first = true;
        return this;
    }

    Json close(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    String text() {
        return text + "}";
    }
}
