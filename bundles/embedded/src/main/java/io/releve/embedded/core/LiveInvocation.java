package io.releve.embedded.core;

import io.releve.bytes.Numbers;
import io.releve.embedded.Decoder;
import io.releve.embedded.Invocation;
import io.releve.embedded.Options;
import io.releve.embedded.Reply;
import io.releve.format.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The command that a connection is about to run. Byte arrays are looked at where they are, texts and numbers written into an
 * array that is used again: words allocate nothing.
 */
final class LiveInvocation extends Invocation {
    private static final int SCRATCH = 4096;

    private final EngineConnection connection;
    private final Request request = new Request();
    /** Whether the connection goes back after the command, since it is not somebody's own. */
    private boolean pooled;
    private byte[] scratch = new byte[SCRATCH];
    private int used;

    LiveInvocation(EngineConnection connection) {
        this.connection = connection;
    }

    LiveInvocation begin(String command, boolean goesBack) {
        pooled = goesBack;
        request.begin();
        if (scratch.length > SCRATCH) {
            scratch = new byte[SCRATCH];
        }
        used = 0;
        add(command);
        return this;
    }

    // Words

    @Override
    public Invocation add(byte[] word) {
        if (word == null) {
            throw abandon(new NullPointerException("A word of a command is null"));
        }
        request.word(word, 0, word.length);
        return this;
    }

    @Override
    public Invocation add(String word) {
        if (word == null) {
            return add((byte[]) null);
        }
        int length = word.length();
        if (length > SCRATCH / 2) {
            return add(word.getBytes(StandardCharsets.UTF_8));
        }
        byte[] target = room(length);
        int at = used;
        for (int i = 0; i < length; i++) {
            char c = word.charAt(i);
            if (c >= 0x80) {
                return add(word.getBytes(StandardCharsets.UTF_8));
            }
            target[at + i] = (byte) c;
        }
        return take(length);
    }

    @Override
    public Invocation add(long number) {
        byte[] target = room(Numbers.MAX_INTEGER_LENGTH);
        return take(Numbers.write(target, used, number) - used);
    }

    @Override
    public Invocation add(double number) {
        return add(Numbers.text(number));
    }

    @Override
    public Invocation add(Options options) {
        try {
            options.addTo(this);
            return this;
        } catch (RuntimeException e) {
            throw abandon(e);
        }
    }

    /** Room for so many bytes; words written before stay in the array they are in. */
    private byte[] room(int count) {
        if (scratch.length - used < count) {
            scratch = new byte[2 * SCRATCH];
            used = 0;
        }
        return scratch;
    }

    private Invocation take(int length) {
        request.word(scratch, used, length);
        used += length;
        return this;
    }

    /** The command will not run. */
    private RuntimeException abandon(RuntimeException cause) {
        release();
        return cause;
    }

    private void release() {
        if (pooled) {
            pooled = false;
            connection.giveBack();
        }
    }

    // Replies

    @Override
    public <T> T as(Decoder<T> decoder) {
        try {
            connection.run(request);
            return decoder.decode(anyAnswer().orThrow());
        } finally {
            release();
        }
    }

    /** As it came, errors too. */
    Reply raw() {
        try {
            connection.run(request);
            return anyAnswer();
        } finally {
            release();
        }
    }

    private Reply anyAnswer() {
        Reply answer = connection.answer(connection.output.array(), 0, connection.output.length());
        return answer == null ? Reply.nil() : answer;
    }

    @Override
    public long integer() {
        try {
            connection.run(request);
            byte[] bytes = connection.output.array();
            int end = simpleEnd(':', bytes);
            return end < 0 ? anyAnswer().orThrow().integer() : Numbers.integer(bytes, 1, end - 1);
        } finally {
            release();
        }
    }

    @Override
    public boolean flag() {
        try {
            connection.run(request);
            byte[] bytes = connection.output.array();
            return simpleEnd(':', bytes) < 0 ? anyAnswer().orThrow().flag() : bytes[1] != '0';
        } finally {
            release();
        }
    }

    @Override
    public byte[] bytes() {
        try {
            connection.run(request);
            byte[] bytes = connection.output.array();
            int end = simpleEnd('$', bytes);
            if (end < 0) {
                return anyAnswer().orThrow().bytes();
            }
            return bytes[1] == '-' ? null : Arrays.copyOfRange(bytes, end + 2, connection.output.length() - 2);
        } finally {
            release();
        }
    }

    @Override
    public String text() {
        try {
            connection.run(request);
            byte[] bytes = connection.output.array();
            int end = simpleEnd('$', bytes);
            if (end < 0) {
                return anyAnswer().orThrow().text();
            }
            return bytes[1] == '-' ? null
                    : new String(bytes, end + 2, connection.output.length() - end - 4, StandardCharsets.UTF_8);
        } finally {
            release();
        }
    }

    @Override
    public String status() {
        try {
            connection.run(request);
            byte[] bytes = connection.output.array();
            if (connection.output.length() == 5 && bytes[0] == '+' && bytes[1] == 'O' && bytes[2] == 'K') {
                return "OK";
            }
            return anyAnswer().orThrow().text();
        } finally {
            release();
        }
    }

    /** End of the line when there is exactly one answer, of this type; else -1. */
    private int simpleEnd(int type, byte[] bytes) {
        int length = connection.output.length();
        if (length == 0 || bytes[0] != type) {
            return -1;
        }
        int end = ReplyParser.lineEnd(bytes, 1);
        int last = end + 2;
        if (type == '$' && bytes[1] != '-') {
            last += (int) Numbers.integer(bytes, 1, end - 1) + 2;
        }
        return last == length ? end : -1;
    }
}
