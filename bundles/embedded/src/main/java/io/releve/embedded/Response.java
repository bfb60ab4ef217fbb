package io.releve.embedded;

/** The result of a command in a pipeline or transaction, once it has run. */
public final class Response<T> {
    private final Decoder<T> decoder;
    private T value;
    private RuntimeException failure;
    private boolean done;

    /** One that is not there yet. */
    public Response(Decoder<T> decoder) {
        this.decoder = decoder;
    }

    /** Takes the reply. */
    public void set(Reply reply) {
        done = true;
        try {
            value = decoder.decode(reply.orThrow());
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** There will be none. */
    public void fail(RuntimeException why) {
        done = true;
        failure = why;
    }

    /**
     * The result.
     *
     * @throws ErrorReplyException when the command answered with an error
     * @throws IllegalStateException before the pipeline or transaction has run
     */
    public T get() {
        if (!done) {
            throw new IllegalStateException("The result is there after sync() or exec()");
        }
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    /** The result, or the exception that {@link #get} would throw. */
    public Object outcome() {
        return failure == null ? get() : failure;
    }
}
