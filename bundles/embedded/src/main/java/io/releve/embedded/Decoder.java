package io.releve.embedded;

/** Makes a Java value of a reply; {@link Decoders} has the usual ones. Errors never get here. */
@FunctionalInterface
public interface Decoder<T> {
    /** @throws ReleveException when the reply is of another shape */
    T decode(Reply reply);
}
