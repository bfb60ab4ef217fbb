package io.releve.config;

import java.util.List;

/**
 * One line of the configuration file, or one option of the command line.
 *
 * @param source path of the file, or {@code the command line}
 * @param number line number from 1; on the command line the place of the option
 * @param text the line without surrounding blanks
 * @param words its words, quotes resolved
 */
public record Statement(String source, int number, String text, List<String> words) {
    /** A statement that cannot be accepted. The message is the reason, in one sentence for the user. */
    public static final class WrongException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Statement statement;

        public WrongException(Statement statement, String why) {
            super(why);
            this.statement = statement;
        }

        public Statement statement() {
            return statement;
        }
    }
}
