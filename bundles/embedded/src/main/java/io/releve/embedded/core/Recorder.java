package io.releve.embedded.core;

import io.releve.bytes.Numbers;
import io.releve.embedded.Commands;
import io.releve.embedded.Decoder;
import io.releve.embedded.Decoders;
import io.releve.embedded.Invocation;
import io.releve.embedded.Options;
import io.releve.embedded.Reply;
import io.releve.format.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Notes one command with the way its reply is to be read, instead of running it. */
final class Recorder extends Invocation implements Commands {
    private List<byte[]> words;
    private Decoder<?> decoder;

    /** Ready for a command. */
    Recorder begin() {
        words = null;
        decoder = null;
        return this;
    }

    /** The command that was noted. */
    Request request() {
        if (decoder == null) {
            throw new IllegalStateException("No command was called");
        }
        return new Request().words(words);
    }

    Decoder<?> decoder() {
        return decoder;
    }

    @Override
    public Invocation request(String command) {
        if (words != null) {
            throw new IllegalStateException("More than one command was called; queue them one by one");
        }
        words = new ArrayList<>();
        return add(command);
    }

    @Override
    public Reply call(String command, byte[]... arguments) {
        return request(command).addAll(arguments).reply();
    }

    @Override
    public Invocation add(byte[] word) {
        words.add(Objects.requireNonNull(word, "A word of a command is null").clone());
        return this;
    }

    @Override
    public Invocation add(String word) {
        words.add(word.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public Invocation add(long number) {
        return add(Long.toString(number));
    }

    @Override
    public Invocation add(double number) {
        return add(Numbers.text(number));
    }

    @Override
    public Invocation add(Options options) {
        options.addTo(this);
        return this;
    }

    @Override
    public <T> T as(Decoder<T> how) {
        decoder = how;
        return null;
    }

    @Override
    public long integer() {
        decoder = Decoders.INTEGER;
        return 0;
    }

    @Override
    public double decimal() {
        decoder = Decoders.DECIMAL;
        return 0;
    }

    @Override
    public boolean flag() {
        decoder = Decoders.FLAG;
        return false;
    }

    @Override
    public byte[] bytes() {
        return as(Decoders.BYTES);
    }

    @Override
    public String text() {
        return as(Decoders.TEXT);
    }
}
