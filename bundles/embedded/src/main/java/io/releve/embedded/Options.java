package io.releve.embedded;

/** Words that a command may have besides its arguments, such as {@link SetParams}. */
@FunctionalInterface
public interface Options {
    /** Adds the words in the order in which the command wants them. */
    void addTo(Invocation words);
}
